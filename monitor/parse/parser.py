"""Parsing in child processes that can be stopped."""

import contextlib
import resource
from collections.abc import Collection
from functools import partial

from monitor.child import Children
from monitor.errors import ChildFailed
from monitor.model.poll import Failure, Fetched, Parsed, ParseFailed, ParseOutcome
from monitor.parse.document import parse_document
from monitor.parse.outline import unchanged


class Parser:
    """Makes entries of documents, a few at a time; one that takes too long or too much memory is stopped (R54)."""

    def __init__(self, *, children: int = 2, seconds: float = 5.0, memory: int = 1 << 30) -> None:
        """Give each child process `seconds` of wall clock a document, and `memory` bytes of address space."""
        self._children = Children(children, _work, prepare=partial(limit_memory, memory))
        self._seconds = seconds

    async def parse(self, fetched: Fetched, before: Parsed | None = None) -> ParseOutcome:
        """Return what the document holds, without entries that the outline of `before` knows; failures are values.

        `before` itself is returned where nothing but dates before the first entry has changed since.
        """
        outline = before.outline if before else None
        if before and outline and unchanged(fetched, outline):
            return before
        try:
            known = frozenset(outline.entries if outline else ())
            return await self._children.call((fetched, known), seconds=self._seconds)
        except (ChildFailed, MemoryError) as fault:
            return killed(fault)

    def close(self) -> None:
        """End the child processes for good."""
        self._children.close()


def killed(fault: ChildFailed | MemoryError) -> ParseFailed:
    """Return what became of a document whose child process was stopped, or lives on without memory for it."""
    detail = "out of memory" if isinstance(fault, MemoryError) else str(fault)
    return ParseFailed(failure=Failure.PARSE_KILLED, detail=detail)


def limit_memory(size: int) -> None:  # pragma: no cover - runs in the child process
    """Let this process use no more than `size` bytes of address space, where the system can limit it."""
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit but does not take it
        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _work(job: tuple[Fetched, Collection[bytes]]) -> ParseOutcome:  # pragma: no cover - runs in the child process
    return parse_document(*job)
