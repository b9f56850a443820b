"""A newsroom that hubs can reach: real store, real fetching and parsing, a clock that is moved by hand."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from monitor.fetch import Fetcher
from monitor.model.alert import Receiver
from monitor.model.configuration import Configuration, FirstRun, Settings
from monitor.model.feed import Feed
from monitor.model.poll import Fetched, Parsed, ParseOutcome
from monitor.model.secret import Secret
from monitor.model.subscription import Push, Subscription
from monitor.model.watchlist import Watchlist
from monitor.parse.document import parse_document
from monitor.pipeline import Desk, Poller, PollReport, Pushes, Records, needs
from monitor.store import Store
from monitor.testing import FakeClock
from monitor.websub import CallbackServer, WebSub
from tests.websub.hub import Hub, Page

FEED = "/feed"


class Parser:
    """The real one, in this process."""

    async def parse(self, fetched: Fetched, before: Parsed | None = None) -> ParseOutcome:
        outline = before.outline if before else None
        return parse_document(fetched, frozenset(outline.entries if outline else ()))


def rss(*titles: str, head: str = "") -> bytes:
    """An RSS document with a link in its head and entries of these titles."""
    items = "".join(f"<item><guid>{title}</guid><title>{title}</title></item>" for title in titles)
    return (
        "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'>"
        f"<channel><title>Paper</title>{head}{items}</channel></rss>"
    ).encode()


@dataclass
class Room:
    hub: Hub
    store: Store
    fetcher: Fetcher
    settings: Settings
    records: Records = field(default_factory=Records)
    clock: FakeClock = field(default_factory=FakeClock)
    chance: Callable[[], float] = field(default_factory=lambda: Random(1).random)
    feeds: dict[str, Feed] = field(default_factory=dict)
    first_run: FirstRun = FirstRun()

    def __post_init__(self) -> None:
        self.poller = Poller(
            store=self.store,
            fetcher=self.fetcher,
            parser=Parser(),
            records=self.records,
            clock=self.clock,
            chance=self.chance,
        )
        self.websub = self.new_websub()
        self.arrived: list[str] = []
        self.callback = CallbackServer(self.websub, arrived=self.arrived.append)

    def new_websub(self, parser: needs.Parser | None = None) -> WebSub:
        parser = parser or Parser()
        pushes = Pushes(store=self.store, parser=parser, records=self.records, clock=self.clock)
        return WebSub(
            store=self.store,
            hubs=self.fetcher,
            pushes=pushes,
            records=self.records,
            clock=self.clock,
            chance=self.chance,
        )

    @property
    def desk(self) -> Desk:
        return Desk.of(
            Configuration(
                settings=replace(self.settings, first_run=self.first_run),
                feeds=tuple(self.feeds.values()),
                watchlists=(Watchlist(name="draft", any=("mobilized",)),),
                receivers=(Receiver(name="desk", url=Secret("json://x")),),
            )
        )

    async def configure(self, *names: str, public_url: str | None = "") -> None:
        """Use feeds of these names, all at one address; `public_url` is that of the callback server unless given."""
        urls = {name: f"{self.hub.url(FEED)}#{name}" for name in names}
        self.feeds = {name: Feed(name=name, url=Secret(url), shown_url=url) for name, url in urls.items()}
        self.store.sync(list(self.feeds.values()), now=self.clock())
        await self.callback.listen(self.settings)
        public_url = f"http://127.0.0.1:{self.callback.port}" if public_url == "" else public_url
        self.settings = replace(self.settings, public_url=public_url)
        await self.websub.configure(self.settings, self.feeds)

    async def poll(self, name: str = "paper") -> PollReport:
        report = await self.poller.poll(self.feeds[name], self.store.states()[name], self.desk)
        await self.websub.heard(report)
        return report

    async def subscribe(self, **changes: str) -> dict[str, str]:
        """Poll, ask the hub and have it verify; the form that it got."""
        await self.poll()
        await self.websub.tick()
        form = await self.hub.asked()
        answer = await self.hub.verify(form, **changes)
        assert (answer.status, answer.text) == (200, "c-h-a-l")
        return form

    async def read(self, name: str = "paper") -> tuple[int, ...]:
        """Read one document that was pushed."""
        return await self.websub.read(self.store.states()[name], self.desk)

    def publish(self, *titles: str, topic: str = "", hub: str | list[str] = "") -> None:
        """Serve an RSS feed that names its hubs and itself."""
        hubs = hub if isinstance(hub, list) else [hub or self.hub.url("/hub")]
        links = (*(("hub", each) for each in hubs), ("self", topic or self.hub.url(FEED)))
        head = "".join(f"<atom:link rel='{rel}' href='{href}'/>" for rel, href in links)
        self.hub.pages[FEED] = Page(rss(*titles, head=head))

    def subscription(self, name: str = "paper") -> Subscription:
        [found] = [each for each in self.store.subscriptions() if each.feed == name]
        return found

    def push(self, name: str = "paper") -> Push:
        return self.subscription(name).push(self.clock())

    def next_poll(self, name: str = "paper") -> timedelta:
        """How long until the feed is polled."""
        at = self.store.states()[name].next_poll
        assert at is not None
        return at - self.clock()

    def titles(self) -> list[str]:
        return [record.entry.entry.title for record in self.store.entries()]


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    clock = FakeClock()
    store = Store.open(tmp_path / "data", now=clock())
    settings = Settings(data=tmp_path, timezone=ZoneInfo("UTC"), public_url="http://x.example", listen="127.0.0.1:0")
    fetcher = Fetcher(host_interval=timedelta(0), allow_private=["127.0.0.1"])
    async with Hub() as hub, fetcher:
        room = Room(hub, store, fetcher, settings, clock=clock)
        room.publish("Quiet day")
        await room.configure("paper")
        yield room
        await room.callback.close()
        await room.websub.close()
        room.records.close()
        store.close()
