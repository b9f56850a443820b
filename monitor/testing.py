"""Fakes with states, for tests here and elsewhere: one for each interface that the pipeline needs."""

import asyncio
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from monitor.model.alert import Notification, Outcome, Receiver, Result
from monitor.model.entry import Entry
from monitor.model.feed import Validators
from monitor.model.poll import (
    ArticleText,
    Failure,
    Fetched,
    FetchFailed,
    FetchOutcome,
    Outline,
    Parsed,
    ParseFailed,
    ParseOutcome,
    Request,
)


@dataclass
class FakeClock:
    """A clock that stands until it is moved; call it for the time."""

    time: datetime = datetime(2024, 6, 3, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time it shows."""
        return self.time

    def advance(self, span: timedelta) -> None:
        """Move the clock."""
        self.time += span


@dataclass
class FakeFetcher:
    """Servers that answer what `pages` holds: a document, or any outcome of a fetch. It remembers the requests.

    Addresses in `hangs` never answer.
    """

    pages: dict[str, bytes | FetchOutcome] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    hangs: set[str] = field(default_factory=set)

    async def fetch(self, request: Request) -> FetchOutcome:
        """Answer from `pages`; what is not there is unreachable."""
        self.requests.append(request)
        if request.url in self.hangs:
            await asyncio.Event().wait()
        page = self.pages.get(request.url, FetchFailed(failure=Failure.UNREACHABLE))
        if isinstance(page, bytes):
            return Fetched(body=page, content_type="text/plain", url=request.url, validators=Validators())
        return page

    def holding(self) -> AbstractContextManager[None]:
        """Any number of documents may be in hand."""
        return nullcontext()


@dataclass
class LineParser:
    """Reads a document of its own kind: an entry a line, `id | title | summary | published | link`, only `id` needed.

    It remembers the lines that it made entries of; lines of the version before are left out. With `suspect` all text
    reads as if in another encoding.
    """

    parsed: list[str] = field(default_factory=list)
    suspect: bool = False

    async def parse(self, fetched: Fetched, before: Parsed | None = None) -> ParseOutcome:
        """Make an entry of each line; a document that begins with `<` is not a feed."""
        text = fetched.body.decode(fetched.encoding or "utf-8")
        if text.startswith("<"):
            return ParseFailed(failure=Failure.NOT_A_FEED)
        known = before.outline.entries if before and before.outline else ()
        lines = [line for line in text.splitlines() if line]
        fresh = [line for line in lines if line.encode() not in known]
        self.parsed += fresh
        outline = Outline(head=b"", entries=tuple(line.encode() for line in lines), rest=fetched.body, length=len(text))
        return Parsed(entries=tuple(map(_entry, fresh)), outline=outline, suspect=self.suspect)


@dataclass
class LineReader:
    """Reads pages of its own kind: their text is all that they hold, unless that is a Failure's word.

    A page that says `paywall` is but a beginning. A robots.txt holds a line for each beginning of an address that it
    forbids.
    """

    paywall: str | None = None

    async def read(self, fetched: Fetched, title: str) -> ArticleText | ParseFailed:
        """Take the page for its text, without the line that is the title."""
        text = fetched.body.decode()
        if text in {each.value for each in Failure}:
            return ParseFailed(failure=Failure(text))
        lines = [line for line in text.splitlines() if line != title]
        return ArticleText(text="\n".join(lines), beginning_only=self.paywall in lines)

    async def allows(self, robots: bytes, url: str) -> bool | ParseFailed:
        """Look for the beginning of the address among the lines."""
        return not any(url.startswith(line) for line in robots.decode().splitlines())


@dataclass
class RecordingNotifier:
    """Receivers that remember what they got; `answers` gives one of them another outcome than SENT.

    A receiver in `hangs` never answers; `hanging` is set once one does so. A message with `refused` in it is refused
    for good, one of several alerts with more than `longest` characters is too long. `poison` gives messages of these
    titles another outcome. Each message that was tried stands in `tried`.
    """

    answers: dict[str, Outcome] = field(default_factory=dict)
    hangs: set[str] = field(default_factory=set)
    hanging: asyncio.Event = field(default_factory=asyncio.Event)
    sent: list[tuple[str, Notification]] = field(default_factory=list)
    tried: list[tuple[str, Notification]] = field(default_factory=list)
    poison: dict[str, Outcome] = field(default_factory=dict)
    refused: str | None = None
    longest: int | None = None

    async def notify(self, receiver: Receiver, notification: Notification) -> Outcome:
        """Take the message unless `answers` has something else for this receiver."""
        if receiver.name in self.hangs:
            self.hanging.set()
            await asyncio.Event().wait()
        self.tried.append((receiver.name, notification))
        outcome = self.poison.get(notification.title) or self.answers.get(receiver.name, Outcome(result=Result.SENT))
        if self.refused is not None and self.refused in f"{notification.title} {notification.body}":
            outcome = Outcome(result=Result.REJECTED, reason="HTTP 400")
        if notification.several and self.longest is not None and len(notification.body) > self.longest:
            outcome = Outcome(result=Result.TOO_LONG, reason="too long for this receiver")
        if outcome.result is Result.SENT:
            self.sent.append((receiver.name, notification))
        return outcome


def _entry(line: str) -> Entry:
    name, title, summary, published, link = ([part.strip() for part in line.split("|")] + [""] * 4)[:5]
    return Entry(
        id=name,
        title=title,
        summary=summary,
        link=link or f"https://paper.example/{name}",
        published=datetime.fromisoformat(published) if published else None,
    )
