"""Parsing in child processes that can be stopped."""

import contextlib
import resource

from monitor.child import Children
from monitor.errors import ChildFailed
from monitor.model.poll import Failure, Fetched, ParseFailed, ParseOutcome
from monitor.parse.document import parse_document

#: Bytes of memory that one child may use.
MEMORY = 1 << 30


class Parser:
    """Makes entries of documents, a few at a time; one that takes too long or too much memory is killed (R54)."""

    def __init__(self, *, children: int = 2, seconds: float = 5.0) -> None:
        self._children = Children(children, parse_document, prepare=limit_memory)
        self._seconds = seconds

    async def parse(self, fetched: Fetched) -> ParseOutcome:
        """Return what the document holds; every failure is a value."""
        try:
            return await self._children.call(fetched, seconds=self._seconds)
        except ChildFailed as fault:
            return ParseFailed(failure=Failure.PARSE_KILLED, detail=str(fault))

    def close(self) -> None:
        """End the child processes for good."""
        self._children.close()


def limit_memory() -> None:
    """Let this process use no more than MEMORY, where the system can."""
    # macOS knows the limit but does not take it.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
