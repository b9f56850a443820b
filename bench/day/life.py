"""The parts of the service at work, through a day of virtual time."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.day.faults import ENDLESS, NOWHERE, Fault
from bench.day.tidings import Tidings
from bench.day.travel import ReplayServer, Travel, TravellingLoop
from bench.replay import STAMP, START
from monitor.assembly import Works, works
from monitor.config import Loaded, load
from monitor.deliver import Sender
from monitor.due import due
from monitor.model.feed import Feed, FeedState, Trouble
from monitor.pipeline import Desk

#: How often is asked what is due.
TICK = timedelta(seconds=20)
#: Seconds of real time after which is looked again whether anything is at work.
GLANCE = 0.005


@dataclass(frozen=True)
class Change:
    """A feed's trouble began, became another, or ended."""

    feed: str
    past: timedelta
    after: Trouble | None
    reason: str

    def __str__(self) -> str:
        minutes = int(self.past.total_seconds() // 60)
        why = f" ({self.reason})" if self.reason else ""
        return f"{minutes // 60}:{minutes % 60:02} {self.after or 'well again'}{why}"


@dataclass
class Figures:
    """What a day came to."""

    polls: int = 0
    seconds: float = 0.0
    changes: list[Change] = field(default_factory=list)
    #: How much later than planned a feed was asked, at most.
    late: dict[str, timedelta] = field(default_factory=dict)
    states: dict[str, FeedState] = field(default_factory=dict)
    end: datetime | None = None

    def story(self, feed: str) -> str:
        """Say what troubles a feed had, and when."""
        return ", ".join(str(each) for each in self.changes if each.feed == feed)


class Day:
    """The service's parts at work."""

    def __init__(self, parts: Works, desk: Desk, travel: Travel, tidings: Tidings) -> None:
        self._parts = parts
        self._desk = desk
        self._travel = travel
        self._tidings = tidings
        self._polling: dict[str, asyncio.Task[None]] = {}
        self.figures = Figures()

    async def tick(self, endless: set[str]) -> None:
        """Begin what is due, and let it come to its end, but for feeds whose answers are `endless`."""
        now = self._travel.now()
        async for feed, state in due(self._parts, self._desk, asking=self._polling, now=now, tick=TICK):
            self._polling[feed.name] = asyncio.ensure_future(self._poll(feed, state))
        await self._settle(endless)
        await self._parts.troubles.tell(self._desk)
        await self._parts.coverage.tell(self._desk)
        for receiver in self._desk.receivers.values():
            async for _ in self._parts.outbox.deliver(receiver, self._desk):
                pass
        self._tidings.note(self._travel.past)
        self._travel.advance(TICK)

    async def end(self) -> Figures:
        """Give up what is still asked, and return what the day came to."""
        for task in self._polling.values():
            task.cancel()
        await asyncio.gather(*self._polling.values(), return_exceptions=True)
        self.figures.states = self._parts.store.states()
        return self.figures

    async def _poll(self, feed: Feed, state: FeedState) -> None:
        late, figures = self._travel.now() - (state.next_poll or self._travel.now()), self.figures
        figures.late[feed.name] = max(late, figures.late.get(feed.name, late))
        report = await self._parts.poller.poll(feed, state, self._desk)
        figures.polls += 1
        if report.state.trouble is not state.trouble:
            figures.changes.append(Change(feed.name, self._travel.past, report.state.trouble, report.state.reason))

    async def _settle(self, endless: set[str]) -> None:
        """Wait until whatever is asked waits for its host's turn, or for time to pass."""
        while True:
            for name in [name for name, task in self._polling.items() if task.done()]:
                self._polling.pop(name).result()
            at_work = [task for name, task in self._polling.items() if name not in endless]
            if len(at_work) <= self._parts.fetcher.waiting:
                return
            await asyncio.wait(at_work, timeout=GLANCE, return_when=asyncio.FIRST_COMPLETED)


async def live(
    path: Path, day: timedelta, broken: Mapping[str, Fault], server: ReplayServer, tidings: Tidings
) -> Figures:
    """Run the service's parts through the day."""
    loaded, loop = load(path, environ={}), asyncio.get_running_loop()
    assert isinstance(loaded, Loaded), loaded
    assert isinstance(loop, TravellingLoop)
    travel = Travel(datetime.strptime(START, STAMP).replace(tzinfo=UTC), loop, server)
    desk, sender, began = Desk.of(loaded.configuration), Sender(), time.monotonic()
    try:
        async with works(loaded.configuration, sender=sender, clock=travel.now) as parts:
            life = Day(parts, desk, travel, tidings)
            lasting = None
            while travel.past < day:
                lasts = [each for each in broken.values() if each.lasts(travel.past, day)]
                if lasts != lasting:
                    server.tell(faults=[each.told() for each in lasts if each.spec not in NOWHERE])
                    lasting = lasts
                await life.tick({each.feed for each in lasts if each.kind in ENDLESS})
            figures = await life.end()
    finally:
        await sender.close()
    figures.seconds = time.monotonic() - began
    figures.end = travel.now()
    return figures
