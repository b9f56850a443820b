"""What a poll costs: CPU time for each way that it can go, beside what one would write without us.

    python -m bench poll [--feeds N] [--rounds N]

Ours is the whole way: name lookup, guard, fetch, parse in a child process, identify, match, and one transaction, safe
on the disk. Beside it stands a script of aiohttp and feedparser that remembers ETags and ids while it runs. Papers are
served over loopback HTTP, a connection a poll, as between hosts that are asked minutes apart. Counted is user and
system time of this process and of our parse child, which says with each answer what it has spent; the server is another
process, and not counted. Entries, requests and their order are the same every time.
"""

import argparse
import asyncio
import os
import socket
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
from aiohttp.abc import ResolveResult

from bench.contenders.plain import Script
from bench.paper import CHANGED, ENTRIES, NEW, NOT_MODIFIED, SAME, TERM, document, served
from monitor import chance, child, clock
from monitor.child import Children
from monitor.cli.logs import LogFormat, configure
from monitor.fetch import Fetcher
from monitor.fetch.guard import IPAddress
from monitor.fetch.resolver import look_up
from monitor.model.alert import Receiver
from monitor.model.configuration import Configuration, Settings
from monitor.model.feed import Feed, FeedHealth, FeedState
from monitor.model.poll import Fetched, Parsed, ParseOutcome
from monitor.model.secret import Secret
from monitor.model.watchlist import Watchlist
from monitor.parse.document import parse_document
from monitor.parse.outline import unchanged
from monitor.parse.parser import limit_memory
from monitor.pipeline import Desk, Poller, Records
from monitor.store import Store

CASES = {
    NOT_MODIFIED: "304",
    SAME: "200, the same bytes",
    CHANGED: "200, other bytes, nothing new",
    NEW: f"200, one new entry of {ENTRIES}",
}
#: How the polls of a day are made up.
MIX = {NOT_MODIFIED: 0.8, CHANGED: 0.15, NEW: 0.05}
LOOPBACK = "127.0.0.1"
TERMS = 1000
#: Polls under way at once.
AT_ONCE = 20
#: How many times as often is asked what answers with a 304: it costs little.
QUICK = 10

#: Asks a feed and returns how many entries are new.
Poll = Callable[[Feed], Awaitable[int]]


@dataclass(frozen=True)
class Cost:
    """What a poll cost on average, in seconds."""

    own: float
    child: float
    wall: float

    @property
    def cpu(self) -> float:
        return self.own + self.child


async def cost_of(poll: Poll, feeds: Sequence[Feed], rounds: int, spent: Callable[[], float] = float) -> Cost:
    """Ask each feed so often, after its first two versions; `spent` is the CPU time of child processes."""
    for _ in range(2):  # the second ends the silence since the first one's entries, which is news of its own
        await several(poll, feeds)
    before = time.process_time(), spent(), time.monotonic()
    new = await several(poll, [*feeds] * rounds)
    after = time.process_time(), spent(), time.monotonic()
    count = rounds * len(feeds)
    assert new == (count if NEW in feeds[0].name else 0), new
    return Cost(*((end - start) / count for start, end in zip(before, after, strict=True)))


async def several(poll: Poll, feeds: Iterable[Feed]) -> int:
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(feed: Feed) -> int:
        async with turns:
            return await poll(feed)

    return sum(await asyncio.gather(*map(one, feeds)))


@dataclass
class CountingParser:
    """As monitor.parse.Parser; with its answer each child says what it has spent."""

    spent: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.children = Children(2, parse_and_count, prepare=partial(limit_memory, 1 << 30))

    async def parse(self, fetched: Fetched, before: Parsed | None = None) -> ParseOutcome:
        outline = before.outline if before else None
        if before and outline and unchanged(fetched, outline):
            return before
        known = frozenset(outline.entries if outline else ())
        outcome, process, spent = await self.children.call((fetched, known), seconds=60)
        self.spent[process] = spent
        return outcome


def parse_and_count(job: tuple[Fetched, frozenset[bytes]]) -> tuple[ParseOutcome, int, float]:
    return parse_document(*job), os.getpid(), time.process_time()


@dataclass
class Ours:
    """Everything that a poll of ours needs."""

    desk: Desk
    store: Store
    fetcher: Fetcher
    records: Records = field(default_factory=Records)
    parser: CountingParser = field(default_factory=CountingParser)

    def __post_init__(self) -> None:
        self.store.sync(list(self.desk.feeds.values()), now=clock.now())
        self.states: dict[str, FeedState] = self.store.states()
        self.poller = Poller(
            store=self.store,
            fetcher=self.fetcher,
            parser=self.parser,
            records=self.records,
            clock=clock.now,
            chance=chance.draw,
        )

    async def poll(self, feed: Feed) -> int:
        first = not self.states[feed.name].baselined
        report = await self.poller.poll(feed, self.states[feed.name], self.desk)
        assert report.state.health is FeedHealth.WELL, report
        assert not first or report.new == ENTRIES, report
        self.states[feed.name] = report.state
        return report.new

    def spent(self) -> float:
        return sum(self.parser.spent.values())

    def close(self) -> None:
        self.parser.children.close()
        self.records.close()
        self.store.close()


@asynccontextmanager
async def ours(feeds: Sequence[Feed], data: Path) -> AsyncIterator[Ours]:
    configuration = Configuration(
        settings=Settings(data=data, timezone=ZoneInfo("UTC")),
        feeds=tuple(feeds),
        watchlists=(watched(),),
        receivers=(Receiver(name="desk", url=Secret("json://desk.example")),),
    )
    async with Fetcher(host_interval=timedelta(0), allow_private=[LOOPBACK], lookup=look_up_loopback) as fetcher:
        parts = Ours(Desk.of(configuration), Store.open(data, now=clock.now()), fetcher)
        yield parts
        parts.close()


def watched() -> Watchlist:
    """Return a watchlist of as many terms as a newsroom has in all."""
    return Watchlist(name="draft", any=(TERM, *(f"word{number} phrase" for number in range(TERMS - 1))))


async def look_up_loopback(host: str) -> list[IPAddress]:  # noqa: ARG001 - a Lookup
    """Ask the system as always, but about another name."""
    return await look_up(LOOPBACK)


class Loopback(aiohttp.ThreadedResolver):
    """aiohttp's own lookup, of another name."""

    async def resolve(
        self,
        host: str,  # noqa: ARG002 - as in the base class
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,
    ) -> list[ResolveResult]:
        return await super().resolve(LOOPBACK, port, family)


async def script_poll(script: Script, feed: Feed) -> int:
    return await script.poll(feed.url.reveal())


async def report(count: int, rounds: int, port: int, data: Path) -> None:
    """Print the table."""
    feeds = {
        path: [
            Feed(name=f"{path} {host}", url=Secret(url), shown_url=url)
            for host in (f"paper-{number}.example" for number in range(count))
            for url in [f"http://{host}:{port}{path}"]
        ]
        for path in CASES
    }
    weighted: defaultdict[str, float] = defaultdict(float)
    here = aiohttp.ClientSession(connector=aiohttp.TCPConnector(resolver=Loopback()))
    async with ours([feed for some in feeds.values() for feed in some], data) as parts, here as session:
        for path, some in feeds.items():
            times = rounds * (QUICK if path == NOT_MODIFIED else 1)
            our = await cost_of(parts.poll, some, times, parts.spent)
            its = await cost_of(partial(script_poll, Script(session)), some, times)
            row = f"{CASES[path]:30} {our.cpu * 1e3:7.2f} {our.own * 1e3:8.2f} {our.child * 1e3:9.2f}"
            print(f"{row} {its.cpu * 1e3:10.2f} {our.cpu / its.cpu:8.2f} x {1 / our.wall:8.0f} {1 / its.wall:8.0f}")
            for name, cost in (("all", our.cpu), ("parent", our.own), ("child", our.child), ("script", its.cpu)):
                weighted[name] += MIX.get(path, 0) * cost * 1e3
    figures = " {all:7.2f} {parent:8.2f} {child:9.2f} {script:10.2f}".format(**weighted)
    print(f"{'weighted: 80, 15 and 5 of 100':30}{figures} {weighted['all'] / weighted['script']:8.2f} x")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=50, help="papers (default 50)")
    parser.add_argument("--rounds", type=int, default=2, help="polls of each, after the first (default 2)")
    options = parser.parse_args(arguments)
    configure(LogFormat.TEXT, verbose=False, quiet=True)
    child.warm([__name__])
    size = len(document("paper-0.example", newest=1000, built=1000)) / 1000
    print(f"{options.feeds} feeds of {ENTRIES} entries, {size:.0f} KB; {TERMS:,} terms; {AT_ONCE} polls at once")
    print("CPU in ms a poll (parent: network, store, matching; child: parsing) and polls a second of wall clock;")
    print("beside them a script of aiohttp and feedparser, without a store, that asks for the same")
    print(f"{'':30}  CPU ms = parent  + child     script      ratio  polls/s   script")
    with tempfile.TemporaryDirectory() as folder, served() as server:
        asyncio.run(report(options.feeds, options.rounds, server.port, Path(folder)))
    return 0
