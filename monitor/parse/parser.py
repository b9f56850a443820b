"""Parsing in child processes that can be stopped."""

import contextlib
import resource
from functools import partial

from monitor.child import Children
from monitor.errors import ChildFailed
from monitor.model.poll import Failure, Fetched, ParseFailed, ParseOutcome
from monitor.parse.document import parse_document


class Parser:
    """Makes entries of documents, a few at a time; one that takes too long or too much memory is stopped (R54)."""

    def __init__(self, *, children: int = 2, seconds: float = 5.0, memory: int = 1 << 30) -> None:
        """Give each child process `seconds` of wall clock a document, and `memory` bytes of address space."""
        self._children = Children(children, parse_document, prepare=partial(limit_memory, memory))
        self._seconds = seconds

    async def parse(self, fetched: Fetched) -> ParseOutcome:
        """Return what the document holds; every failure is a value."""
        try:
            return await self._children.call(fetched, seconds=self._seconds)
        except ChildFailed as fault:
            return ParseFailed(failure=Failure.PARSE_KILLED, detail=str(fault))
        except MemoryError:  # the child's, which lives on
            return ParseFailed(failure=Failure.PARSE_KILLED, detail="out of memory")

    def close(self) -> None:
        """End the child processes for good."""
        self._children.close()


def limit_memory(size: int) -> None:  # pragma: no cover - runs in the child process
    """Let this process use no more than `size` bytes of address space, where the system can limit it."""
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit but does not take it
        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))
