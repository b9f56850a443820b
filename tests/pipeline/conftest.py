"""A pipeline on a real store with fakes around it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from monitor.model.alert import Receiver
from monitor.model.configuration import Configuration, Coverage, FirstRun, Proof, Settings
from monitor.model.feed import Feed
from monitor.model.rate import Rate
from monitor.model.secret import Secret
from monitor.model.watchlist import Watchlist
from monitor.pipeline import (
    ArticleReport,
    Articles,
    Attempt,
    CoverageReport,
    Desk,
    Outbox,
    Poller,
    PollReport,
    Proofs,
    Records,
    TroubleReport,
)
from monitor.store import Store
from monitor.testing import FakeClock, FakeFetcher, LineParser, LineReader, RecordingNotifier

URL = "https://paper.example/feed"


@dataclass
class Newsroom:
    """One feed, watchlists and receivers, and everything that works on them."""

    data: Path
    receivers: tuple[str, ...] = ("desk",)
    watchlists: tuple[Watchlist, ...] = (Watchlist(name="draft", any=("mobilized",)),)
    first_run: FirstRun = FirstRun()
    rate: Rate | None = None
    #: What all receivers have beside their names.
    kind: Receiver = field(default_factory=lambda: Receiver(name="", url=Secret("json://x")))
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    #: Names under `settings.health`.
    health: tuple[str, ...] | None = None
    coverage: Coverage = Coverage.WEEKLY
    proof: Proof = Proof.WEEKLY
    evidence: timedelta | None = timedelta(days=90)
    archive: str | None = None
    clock: FakeClock = field(default_factory=FakeClock)
    chance: Callable[[], float] = field(default_factory=lambda: Random(1).random)
    fetcher: FakeFetcher = field(default_factory=FakeFetcher)
    parser: LineParser = field(default_factory=LineParser)
    reader: LineReader = field(default_factory=LineReader)
    notifier: RecordingNotifier = field(default_factory=RecordingNotifier)

    def __post_init__(self) -> None:
        self.feed = Feed(name="paper", url=Secret(URL), shown_url=URL)
        self.feeds: tuple[Feed, ...] = (self.feed,)
        self.open()

    def open(self) -> None:
        """Begin, as after a start."""
        self.store = Store.open(self.data, now=self.clock())
        self.store.sync(self.feeds, now=self.clock())
        self.records = Records()
        self.poller = Poller(
            store=self.store,
            fetcher=self.fetcher,
            parser=self.parser,
            records=self.records,
            clock=self.clock,
            chance=self.chance,
        )
        self.articles = Articles(
            store=self.store,
            fetcher=self.fetcher,
            reader=self.reader,
            records=self.records,
            clock=self.clock,
            chance=self.chance,
        )
        self.outbox = Outbox(
            store=self.store, notifier=self.notifier, records=self.records, clock=self.clock, chance=self.chance
        )
        self.trouble_report = TroubleReport(store=self.store, records=self.records, clock=self.clock)
        self.coverage_report = CoverageReport(store=self.store, records=self.records, clock=self.clock)
        self.proofs = Proofs(store=self.store, records=self.records, clock=self.clock)

    def restart(self) -> None:
        """Forget whatever is not in the store."""
        self.close()
        self.open()

    @property
    def desk(self) -> Desk:
        return Desk.of(
            Configuration(
                settings=Settings(
                    data=self.data,
                    timezone=self.timezone,
                    first_run=self.first_run,
                    health=self.health,
                    coverage=self.coverage,
                    proof=self.proof,
                    evidence=self.evidence,
                    archive=self.archive,
                ),
                feeds=self.feeds,
                watchlists=self.watchlists,
                receivers=tuple(replace(self.kind, name=name, rate=self.rate) for name in self.receivers),
            )
        )

    async def poll(self, *lines: str) -> PollReport:
        """Publish these entries, newest first, and poll."""
        self.fetcher.pages[URL] = "\n".join(lines).encode()
        return await self.poll_as_is()

    async def read(self) -> list[ArticleReport]:
        """Read the articles that are due, one after another."""
        reports = []
        while wanted := await self.articles.next(besides=()):
            reports.append(await self.articles.read(wanted, self.desk))
        return reports

    async def poll_as_is(self, feed: Feed | None = None) -> PollReport:
        feed = feed or self.feed
        return await self.poller.poll(feed, self.store.states()[feed.name], self.desk)

    async def deliver(self) -> list[Attempt]:
        desk = self.desk
        await self.trouble_report.tell(desk, at_once=True)
        return [
            attempt for receiver in desk.receivers.values() async for attempt in self.outbox.deliver(receiver, desk)
        ]

    def titles(self) -> list[str]:
        """The titles of what the receivers got."""
        return [notification.title for _, notification in self.notifier.sent]

    def close(self) -> None:
        self.records.close()
        self.store.close()


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    room = Newsroom(tmp_path / "data")
    yield room
    room.close()
