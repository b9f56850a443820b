"""The process that `bench.crash` kills: makes pass after pass on real parts, as asked on standard input.

Each line asks for a pass, as JSON: `feeds` to poll, and `point`, at which the process shall kill itself (0: none, null:
as it is). Points are the moments before and after each commit and each send, counted from then on. A pass
that was lived through is answered with a line. The program knows nothing of points: they are put around its parts.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from monitor import chance, clock, once
from monitor.assembly import Works, works
from monitor.cli.logs import LogFormat, configure
from monitor.config import Loaded, load
from monitor.deliver import Sender
from monitor.model.alert import Alert, Delivery, Earlier, Notice, Notification, Outcome, Receiver
from monitor.model.feed import FeedState
from monitor.model.record import AlertRecord, EntryRecord, Kept, PollRecord, Site
from monitor.parse import Parser
from monitor.pipeline import Desk, Outbox, Poller
from monitor.store import Store


class Points:
    """Counts the moments before and after commits and sends; at one of them the process ends."""

    def __init__(self) -> None:
        self._left = 0

    def arm(self, point: int) -> None:
        self._left = point

    @contextmanager
    def around(self, parts: int = 1) -> Iterator[None]:
        """Put as many points before and after as if the parts came one by one: whether they do is chance."""
        for _ in range(parts):
            self._reach()
        yield
        for _ in range(parts):
            self._reach()

    def _reach(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class MarkedStore:
    """A store with points around its commits."""

    store: Store
    points: Points

    def states(self, names: Collection[str]) -> Mapping[str, FeedState]:
        return self.store.states(names)

    def known(self, feed: str, aliases: Collection[bytes]) -> set[bytes]:
        return self.store.known(feed, aliases)

    def ledgers(self, sites: Collection[Site]) -> Mapping[Site, bytes]:
        return self.store.ledgers(sites)

    def spared(self, feed: str) -> Mapping[str, datetime]:
        return self.store.spared(feed)

    def alerts(self, *, entry: int) -> Iterator[AlertRecord]:
        return self.store.alerts(entry=entry)

    def holders(self, feed: str, aliases: Collection[bytes]) -> dict[bytes, EntryRecord]:
        return self.store.holders(feed, aliases)

    def record_all(self, polls: Sequence[PollRecord]) -> list[Kept]:
        with self.points.around(len(polls)):
            return self.store.record_all(polls)

    def due_deliveries(self, *, now: datetime, receivers: Collection[str], limit: int) -> tuple[Delivery, ...]:
        return self.store.due_deliveries(now=now, receivers=receivers, limit=limit)

    def held_deliveries(self, *, now: datetime) -> tuple[Delivery, ...]:
        return self.store.held_deliveries(now=now)

    def recent_messages(self, receiver: str, *, since: datetime) -> tuple[datetime, ...]:
        return self.store.recent_messages(receiver, since=since)

    def last_digest(self, receiver: str) -> datetime | None:
        return self.store.last_digest(receiver)

    def set_milestone(self, name: str, at: datetime | None) -> None:
        self.store.set_milestone(name, at)

    def hold(self, deliveries: Sequence[Delivery]) -> None:
        with self.points.around():
            self.store.hold(deliveries)

    def take(self, deliveries: Sequence[Delivery]) -> tuple[tuple[Delivery, Alert | Notice], ...]:
        return self.store.take(deliveries)

    def earlier(self, receiver: str, alert: int) -> Earlier | None:
        return self.store.earlier(receiver, alert)

    def settle(self, deliveries: Sequence[Delivery]) -> None:
        with self.points.around():
            self.store.settle(deliveries)

    def give_up(self, delivery: Delivery, notice: Notice, receivers: Sequence[str], *, now: datetime) -> None:
        with self.points.around():
            self.store.give_up(delivery, notice, receivers, now=now)

    def abandon(self, *, besides: Collection[str], queued_before: datetime, error: str) -> int:
        with self.points.around():
            return self.store.abandon(besides=besides, queued_before=queued_before, error=error)

    def expire(self, receiver: str, *, queued_before: datetime, error: str) -> int:
        with self.points.around():
            return self.store.expire(receiver, queued_before=queued_before, error=error)

    def oldest_failed(self, receiver: str) -> Delivery | None:
        return self.store.oldest_failed(receiver)

    def last_sent(self, receiver: str) -> datetime | None:
        return self.store.last_sent(receiver)

    def milestone(self, name: str) -> datetime | None:
        return self.store.milestone(name)

    def notify(
        self,
        notice: Notice,
        receivers: Sequence[str],
        *,
        now: datetime,
        milestone: tuple[str, datetime | None] | None = None,
    ) -> None:
        with self.points.around():
            self.store.notify(notice, receivers, now=now, milestone=milestone)

    def owed(self) -> Mapping[str, int]:
        return self.store.owed()


@dataclass(frozen=True)
class MarkedSender:
    """A sender with points around its sends."""

    sender: Sender
    points: Points

    async def notify(self, receiver: Receiver, notification: Notification) -> Outcome:
        with self.points.around():
            return await self.sender.notify(receiver, notification)


def marked(parts: Works, parser: Parser, points: Points) -> Works:
    """Return these parts with points around commits and sends."""
    store = MarkedStore(parts.store, points)
    notifier = MarkedSender(parts.sender, points)
    return replace(
        parts,
        poller=Poller(
            store=store,
            fetcher=parts.fetcher,
            parser=parser,
            records=parts.records,
            clock=clock.now,
            chance=chance.draw,
        ),
        outbox=Outbox(store=store, notifier=notifier, records=parts.records, clock=clock.now, chance=chance.draw),
    )


async def serve(path: Path) -> None:
    """Open everything, make a pass and close everything, as `rss-monitor poll` does, for each line that asks."""
    found = load(path, environ={})
    assert isinstance(found, Loaded), found
    desk, sender, parser, points = Desk.of(found.configuration), Sender(), Parser(), Points()
    print("ready", flush=True)
    try:
        while line := sys.stdin.readline():
            asked = json.loads(line)
            if asked["point"] is not None:
                points.arm(asked["point"])
            async with works(found.configuration, sender=sender, clock=clock.now) as parts:
                whole = marked(parts, parser, points)
                async for _ in once.run(whole, desk, feeds=asked["feeds"], force=True, clock=clock.now):
                    pass
            print("done", flush=True)
    finally:
        parser.close()
        await sender.close()


def main() -> None:
    configure(LogFormat.TEXT, verbose=False, quiet=True)
    asyncio.run(serve(Path(sys.argv[1])))
