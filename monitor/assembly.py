"""Puts the parts together: the adapters that a pass needs, opened and closed in order."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor import chance
from monitor.deliver import Sender
from monitor.fetch import Fetcher, Limits
from monitor.model.configuration import Configuration
from monitor.model.feed import Feed, FeedState
from monitor.parse import ArticleReader, Parser
from monitor.pipeline import (
    AlsoIn,
    Articles,
    CoverageReport,
    Heartbeat,
    Outbox,
    Poller,
    Proofs,
    Pushes,
    Records,
    Snapshots,
    TroubleReport,
    Vigil,
)
from monitor.pipeline.ways import ways
from monitor.store import InstanceLock, Store
from monitor.websub import WebSub

#: Addresses that are the user's own choice may be anywhere.
ANYWHERE = ("0.0.0.0/0", "::/0")
#: Of signs of life, and of an archive, which takes its time: how long between two requests at least, and limits.
HEARTBEAT = (timedelta(0), Limits(body=100_000, time=timedelta(seconds=10)))
ARCHIVE = (timedelta(seconds=20), Limits(time=timedelta(minutes=2)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Works:
    """All parts, open; the store is used in `records` only."""

    store: Store
    records: Records
    fetcher: Fetcher
    sender: Sender
    poller: Poller
    articles: Articles
    outbox: Outbox
    coverage: CoverageReport
    troubles: TroubleReport
    websub: WebSub
    heartbeat: Heartbeat
    vigil: Vigil
    proofs: Proofs
    also: AlsoIn
    snapshots: Snapshots


@asynccontextmanager
async def works(configuration: Configuration, *, sender: Sender, clock: Callable[[], datetime]) -> AsyncIterator[Works]:
    """Open everything for one instance of the service.

    Raises AlreadyRunning, StoreUnavailable, StoreDamaged or SchemaTooNew.
    """
    settings = configuration.settings
    async with AsyncExitStack() as stack:
        stack.enter_context(InstanceLock(settings.data))
        store = Store.open(settings.data, now=clock())
        stack.callback(store.close)
        store.check()
        store.sync(configuration.feeds, now=clock())
        records = Records()
        stack.callback(records.close)
        fetcher = await stack.enter_async_context(
            Fetcher(host_interval=settings.host_interval, allow_private=settings.allow_private, clock=clock)
        )
        parser = Parser()
        stack.callback(parser.close)
        reader = ArticleReader()
        stack.callback(reader.close)
        poller = Poller(store=store, fetcher=fetcher, parser=parser, records=records, clock=clock, chance=chance.draw)
        pushes = Pushes(store=store, parser=parser, records=records, clock=clock)
        heart, archive = [
            await stack.enter_async_context(
                Fetcher(host_interval=interval, allow_private=ANYWHERE, limits=limits, clock=clock)
            )
            for interval, limits in (HEARTBEAT, ARCHIVE)
        ]
        outbox = Outbox(store=store, notifier=sender, records=records, clock=clock, chance=chance.draw)
        yield Works(
            store=store,
            records=records,
            fetcher=fetcher,
            sender=sender,
            poller=poller,
            articles=Articles(
                store=store, fetcher=fetcher, reader=reader, records=records, clock=clock, chance=chance.draw
            ),
            outbox=outbox,
            coverage=CoverageReport(store=store, records=records, clock=clock),
            troubles=TroubleReport(store=store, records=records, clock=clock),
            websub=WebSub(store=store, hubs=fetcher, pushes=pushes, records=records, clock=clock, chance=chance.draw),
            vigil=Vigil(store=store, fetcher=fetcher, reader=reader, records=records, clock=clock),
            heartbeat=Heartbeat(store=store, fetcher=heart, gates=outbox.gates, records=records, clock=clock),
            proofs=Proofs(store=store, records=records, clock=clock),
            also=AlsoIn(store=store, records=records, clock=clock),
            snapshots=Snapshots(store=store, fetcher=archive, records=records, clock=clock),
        )


def host_of(feed: Feed, state: FeedState, *, now: datetime) -> str:
    """Return the host that a poll of this feed would ask first."""
    return urlsplit(ways(feed, state, now=now)[0].request.url).hostname or ""
