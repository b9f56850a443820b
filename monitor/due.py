"""Which feeds are to be asked now. The store knows when each is due; hosts that asked for peace are left alone."""

from collections.abc import AsyncIterator, Container
from datetime import datetime, timedelta

from monitor.assembly import Works, host_of
from monitor.model.feed import Feed, FeedState
from monitor.pipeline import Desk
from monitor.schedule import most_starts

#: Feeds looked up as due at once.
DUE_LIMIT = 5000


async def due(
    works: Works, desk: Desk, *, asking: Container[str], now: datetime, tick: timedelta
) -> AsyncIterator[tuple[Feed, FeedState]]:
    """Yield the feeds to begin with at a tick, the longest due first, with what is remembered of them.

    Those that are being asked are left out, and of many no more are yielded than may start in one tick. Raises
    StoreUnavailable or StoreDamaged.
    """
    store, records = works.store, works.records
    names = await records.run(lambda: store.due(now=now, limit=DUE_LIMIT))
    waiting = [name for name in names if name in desk.feeds and name not in asking]
    waits = await records.run(lambda: store.host_waits(now=now)) if waiting else {}
    left = most_starts((feed.every for feed in desk.feeds.values()), tick=tick)
    while left and waiting:
        some, waiting = waiting[:left], waiting[left:]
        for name, state in (await records.run(store.states, some)).items():
            feed = desk.feeds[name]
            if name not in asking and host_of(feed, state, now=now) not in waits:
                yield feed, state
                left -= 1
