"""What is looked after every minute or hour beside polls and deliveries: reports, tests, signs of life, old things."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from monitor.assembly import Works
from monitor.pipeline import Desk, drop_old_evidence

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

Round = Callable[[Desk], Awaitable[None]]


async def report(works: Works, desk: Desk, *, at_once: bool = False) -> None:
    """Keep the reports that are due; those of feeds in trouble `at_once`, without waiting for others."""
    await works.troubles.tell(desk, at_once=at_once)
    await works.coverage.tell(desk)
    await works.proofs.tell(desk)
    await works.also.tell(desk)


class Rounds:
    """The rounds of a service; each raises StoreUnavailable or StoreDamaged."""

    def __init__(self, works: Works, *, clock: Callable[[], datetime]) -> None:
        self._works = works
        self._clock = clock
        self._began = clock()

    def every_minute(self) -> dict[str, Round]:
        """Return what is done each minute, by name; none waits for another."""
        return {
            "report": partial(report, self._works),
            "look at receivers": self._works.outbox.gates.look,
            "look at pages": self._works.vigil.look,
            "give sign of life": self._beat,
            "take snapshots": self._take_snapshots,
        }

    async def tidy(self, desk: Desk) -> None:
        """Drop what is no longer needed, of a 24th of all feeds."""
        await self._works.outbox.abandon(desk)
        for name in sorted(desk.feeds)[self._clock().hour :: 24]:
            while await self._works.records.run(self._works.store.forget, name):
                pass
        await drop_old_evidence(self._works.store, self._works.records, desk, now=self._clock())

    async def _beat(self, desk: Desk) -> None:
        if self._clock() - self._began >= MINUTE:  # one that dies soon after each start gives no sign of life
            await self._works.heartbeat.beat(desk)

    async def _take_snapshots(self, desk: Desk) -> None:
        while await self._works.snapshots.take(desk):
            pass
