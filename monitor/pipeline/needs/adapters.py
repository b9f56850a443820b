"""Who fetches, reads and notifies."""

from contextlib import AbstractContextManager
from typing import Protocol

from monitor.model.alert import Notification, Outcome, Receiver
from monitor.model.poll import ArticleText, Fetched, FetchOutcome, Parsed, ParseFailed, ParseOutcome, Request


class Fetcher(Protocol):
    """Asks for a feed, politely and safely."""

    async def fetch(self, request: Request) -> FetchOutcome:
        """Return the answer; every failure is a value."""
        ...

    def holding(self) -> AbstractContextManager[None]:
        """Have a document in hand; with too many of them, no other is asked for. Whoever holds one must not fetch."""
        ...


class Parser(Protocol):
    """Makes entries of a document."""

    async def parse(self, fetched: Fetched, before: Parsed | None = None) -> ParseOutcome:
        """Return what the document holds; every failure is a value.

        Entries that the outline of `before` knows may be left out, if there is an outline; `before` itself says that
        they are all that there is.
        """
        ...


class PageReader(Protocol):
    """Finds the text of pages, and reads robots.txt."""

    async def read(self, fetched: Fetched, title: str) -> ArticleText | ParseFailed:
        """Return the text of a page, without the title of its entry; every failure is a value."""
        ...

    async def allows(self, robots: bytes, url: str) -> bool | ParseFailed:
        """Whether a robots.txt lets us read an address; every failure is a value."""
        ...


class Notifier(Protocol):
    """Sends one message to one receiver."""

    async def notify(self, receiver: Receiver, notification: Notification) -> Outcome:
        """Return what became of it; never raises for a receiver's fault."""
        ...
