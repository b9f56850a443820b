"""One pass now: poll, match, deliver what is due, end. For cron, for trying things, and for the demo."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor import rounds
from monitor.assembly import Works, host_of
from monitor.model.alert import Receiver
from monitor.model.article import ArticleState, Purpose
from monitor.model.feed import FeedHealth
from monitor.pipeline import ArticleReport, Attempt, Desk, PollReport, drop_old_evidence

#: How long a pass waits, at most, until a receiver may be sent its next message; else that is left to a later pass.
PATIENCE = timedelta(minutes=1)
#: Pages that an archive is asked for in a pass, at most.
SNAPSHOTS = 5
#: How long a pass reads articles, at most; what is left is read by later ones.
READING = {Purpose.MATCH: timedelta(minutes=1), Purpose.LEARN: timedelta(seconds=5)}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A feed that was not asked, because its server wants to be left alone until then."""

    feed: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """Deliveries that wait for a later pass."""

    receiver: str
    deliveries: int
    #: Those of them that are held for quiet hours, a digest or a burst.
    held: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """Articles that wait for a later pass."""

    articles: int


Event = PollReport | Skipped | ArticleReport | Attempt | Unread | Owed


def is_good(event: Event) -> bool:
    """Whether nothing failed and nothing is owed here."""
    match event:
        case PollReport():
            return event.state.health is FeedHealth.WELL
        case Attempt():
            return event.outcome.reason == ""
        case Owed():
            return event.deliveries == event.held
        case ArticleReport() | Unread():  # what the feeds say was matched, and alerted
            return True
        case Skipped():
            return False


async def run(
    works: Works, desk: Desk, *, feeds: Sequence[str], force: bool, clock: Callable[[], datetime]
) -> AsyncIterator[Event]:
    """Poll these feeds, due or not, then deliver; tell of everything as it happens.

    Raises StoreUnavailable when a poll could not be kept; nothing is delivered then.
    """
    async for polled in _poll(works, desk, feeds=feeds, force=force, clock=clock):
        yield polled
    await works.vigil.look(desk)
    await rounds.report(works, desk, at_once=True)
    await works.outbox.reconsider(desk)
    async for attempt in _deliver(works, desk):
        yield attempt
    async for event in _read(works, desk):
        yield event
    await _finish(works, desk, feeds, now=clock())
    held = Counter(each.receiver for each in await works.records.run(lambda: works.store.held_deliveries(now=clock())))
    for receiver, deliveries in sorted((await works.records.run(works.store.owed)).items()):
        yield Owed(receiver, deliveries, held[receiver])


async def _poll(
    works: Works, desk: Desk, *, feeds: Sequence[str], force: bool, clock: Callable[[], datetime]
) -> AsyncIterator[Event]:
    states = await works.records.run(works.store.states)
    waits = {} if force else await works.records.run(lambda: works.store.host_waits(now=clock()))
    polls = []
    for name in feeds:
        host = host_of(desk.feeds[name], states[name], now=clock())
        if host in waits:
            yield Skipped(name, waits[host])
        else:
            polls.append(asyncio.ensure_future(works.poller.poll(desk.feeds[name], states[name], desk)))
    try:
        for done in asyncio.as_completed(polls):
            yield await done
    finally:
        for poll in polls:
            poll.cancel()
        await asyncio.gather(*polls, return_exceptions=True)


async def _read(works: Works, desk: Desk) -> AsyncIterator[Event]:
    """Read articles after all else, and deliver what is found in them only."""
    found = False
    for purpose, within in READING.items():
        async for report in works.articles.drain(desk, purpose=purpose, within=within):
            found = found or bool(report.alerts)
            yield report
    if found:
        async for attempt in _deliver(works, desk):
            yield attempt
    waiting = await works.records.run(works.store.articles_of_feeds)
    if left := sum(each.get(ArticleState.WAITING, 0) for each in waiting.values()):
        yield Unread(left)


async def _finish(works: Works, desk: Desk, polled: Sequence[str], *, now: datetime) -> None:
    """Do what a service does beside."""
    await works.outbox.gates.look(desk)
    await works.outbox.abandon(desk)
    await works.records.run(lambda: [works.store.forget(name) for name in polled])
    await drop_old_evidence(works.store, works.records, desk, now=now)
    taken = 0
    while taken < SNAPSHOTS and await works.snapshots.take(desk):
        taken += 1
    if set(polled) == desk.feeds.keys():
        await works.heartbeat.beat(desk)


async def _deliver(works: Works, desk: Desk) -> AsyncIterator[Attempt]:
    """All receivers side by side."""
    attempts: asyncio.Queue[Attempt | None] = asyncio.Queue()

    async def one(receiver: Receiver) -> None:
        try:
            rest: timedelta | None = timedelta(0)
            while rest is not None and rest <= PATIENCE:
                await asyncio.sleep(rest / timedelta(seconds=1))
                async for attempt in works.outbox.deliver(receiver, desk):
                    attempts.put_nowait(attempt)
                rest = works.outbox.gates.rest(receiver)
        finally:
            attempts.put_nowait(None)

    tasks = [asyncio.ensure_future(one(receiver)) for receiver in desk.receivers.values()]
    running = len(tasks)
    while running:
        attempt = await attempts.get()
        if attempt is None:
            running -= 1
        else:
            yield attempt
    for task in tasks:
        await task


__all__ = ["Event", "Owed", "Skipped", "is_good", "run"]
