"""When parsing or the store is slow, feeds wait at their servers, not as documents in our memory."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from monitor.fetch import Fetcher
from monitor.fetch.fetcher import Limits
from monitor.model.feed import Feed
from monitor.model.poll import Fetched, Parsed, ParseOutcome, Request
from monitor.model.secret import Secret
from monitor.pipeline import Poller, PollReport
from monitor.testing import LineParser
from tests.fetch.loopback import Site, always, reply, site
from tests.pipeline.conftest import Newsroom

LIMITS = Limits(at_once=2, documents=3)
#: One more may be under way when the last of those in hand arrives.
MOST = LIMITS.documents + LIMITS.at_once - 1
FEEDS = 12


@dataclass
class SlowParser:
    """Reads nothing until it is let."""

    free: asyncio.Event = field(default_factory=asyncio.Event)
    parser: LineParser = field(default_factory=LineParser)

    async def parse(self, fetched: Fetched, before: Parsed | None = None) -> ParseOutcome:
        await self.free.wait()
        return await self.parser.parse(fetched, before)


async def bounded(newsroom: Newsroom, parser: SlowParser, let_go: Callable[[], None]) -> list[PollReport]:
    """Poll many feeds at once; when no more are asked for, have the rest of the program go on."""
    async with site(always(reply(body=b"1 | first"))) as server, site(always(reply())) as other:
        newsroom.feeds = tuple(
            Feed(name=str(number), url=Secret(server.url(f"/{number}")), shown_url=server.url(f"/{number}"))
            for number in range(FEEDS)
        )
        newsroom.store.sync(newsroom.feeds, now=newsroom.clock())
        states = newsroom.store.states()
        async with fetching(LIMITS) as fetcher, fetching(Limits()) as free:
            poller = Poller(
                store=newsroom.store,
                fetcher=fetcher,
                parser=parser,
                records=newsroom.records,
                clock=newsroom.clock,
                chance=newsroom.chance,
            )
            polls = [
                asyncio.ensure_future(poller.poll(feed, states[feed.name], newsroom.desk)) for feed in newsroom.feeds
            ]
            await reached(server, meanwhile=lambda: free.fetch(Request(url=other.url())))
            waiting = len(server.asked)
            let_go()
            reports = await asyncio.gather(*polls)
    assert LIMITS.documents <= waiting <= MOST
    return reports


def fetching(limits: Limits) -> Fetcher:
    return Fetcher(host_interval=timedelta(0), allow_private=["127.0.0.1"], limits=limits)


async def reached(server: Site, *, meanwhile: Callable[[], Awaitable[object]]) -> None:
    """Wait until as many feeds were asked for as may be, and for long enough that the others would have been too."""
    while len(server.asked) < LIMITS.documents:
        await meanwhile()
    for _ in range(2 * FEEDS):
        await meanwhile()


async def test_a_slow_parser_makes_feeds_wait(newsroom: Newsroom) -> None:
    """No more documents are asked for than may be in memory; when the parser goes on, every feed is read."""
    parser = SlowParser()
    reports = await bounded(newsroom, parser, parser.free.set)
    assert [report.new for report in reports] == [1] * FEEDS


async def test_a_slow_store_makes_feeds_wait(newsroom: Newsroom) -> None:
    """As with the parser: a disk that takes its time does not fill the memory."""
    parser, disk = SlowParser(), threading.Event()
    parser.free.set()
    busy = asyncio.ensure_future(newsroom.records.run(disk.wait))
    try:
        reports = await bounded(newsroom, parser, disk.set)
    finally:
        disk.set()
        await busy
    assert [report.new for report in reports] == [1] * FEEDS
