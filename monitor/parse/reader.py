"""Reading pages and robots.txt in a child process that can be stopped."""

from functools import partial
from typing import TypeVar

from monitor.child import Child
from monitor.errors import ChildFailed
from monitor.model.poll import ArticleText, Fetched, ParseFailed
from monitor.parse.parser import killed, limit_memory

Job = tuple[Fetched, str] | tuple[bytes, str]
Read = TypeVar("Read")

#: Seconds without a page after which the child ends; the next page starts another.
_IDLE = 300.0


class ArticleReader:
    """Finds the text of pages, one at a time; a page that takes too long or too much memory is stopped."""

    def __init__(self, *, seconds: float = 10.0, memory: int = 1 << 30) -> None:
        """Give the child process `seconds` of wall clock a page, and `memory` bytes of address space."""
        self._child: Child[Job, ArticleText | ParseFailed | bool] = Child(
            _work, prepare=partial(limit_memory, memory), idle=_IDLE
        )
        self._seconds = seconds

    async def read(self, fetched: Fetched, title: str) -> ArticleText | ParseFailed:
        """Return the text of a page, without the title of its entry; failures are values."""
        found = await self._ask((fetched, title))
        if isinstance(found, bool):
            raise TypeError("a page is not allowed or forbidden")
        return found

    async def allows(self, robots: bytes, url: str) -> bool | ParseFailed:
        """Whether a robots.txt lets us read an address; failures are values."""
        found = await self._ask((robots, url))
        if isinstance(found, ArticleText):
            raise TypeError("a robots.txt has no text")
        return found

    def close(self) -> None:
        """End the child process for good."""
        self._child.close()

    async def _ask(self, job: Job) -> ArticleText | ParseFailed | bool:
        try:
            return await self._child.call(job, seconds=self._seconds)
        except (ChildFailed, MemoryError) as fault:
            return killed(fault)


def _work(job: Job) -> ArticleText | ParseFailed | bool:  # pragma: no cover - runs in the child process
    from monitor.parse.article import read_article  # noqa: PLC0415 - 30 MB that only this process needs
    from monitor.parse.robots import allows  # noqa: PLC0415 - likewise

    subject, about = job
    return allows(subject, about) if isinstance(subject, bytes) else read_article(subject, about)
