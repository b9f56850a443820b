"""Reading pages of strangers in a child process that can be stopped."""

from functools import partial

from monitor.child import Children
from monitor.discover.page import Link, links
from monitor.errors import ChildFailed
from monitor.model.poll import Fetched
from monitor.parse.parser import limit_memory


class PageReader:
    """Finds links in pages; one that takes too long or too much memory is stopped."""

    def __init__(self, *, seconds: float = 5.0, memory: int = 1 << 30) -> None:
        """Give the child process `seconds` of wall clock a page, and `memory` bytes of address space."""
        self._children = Children(1, links, prepare=partial(limit_memory, memory))
        self._seconds = seconds

    async def links(self, page: Fetched) -> tuple[Link, ...]:
        """Return where feeds may be by what the page says; nothing if it can not be read."""
        try:
            return await self._children.call(page, seconds=self._seconds)
        except (ChildFailed, MemoryError):  # the latter is the child's, which lives on
            return ()

    def close(self) -> None:
        """End the child process for good."""
        self._children.close()
