"""Keeps how the last polls went, and so whether our own network is out."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from monitor import bulletin, health
from monitor.model.alert import Notice
from monitor.model.feed import FeedState
from monitor.model.record import Milestone, PollRecord
from monitor.outage import Asked, excusable, is_out
from monitor.pipeline.desk import Desk
from monitor.pipeline.needs import PollStore
from monitor.pipeline.records import Records

log = structlog.get_logger()


class Network:
    """Our own network, as all polls together show it; its outage is told of once, also over restarts."""

    def __init__(
        self, *, store: PollStore, records: Records, clock: Callable[[], datetime], chance: Callable[[], float]
    ) -> None:
        self._store = store
        self._records = records
        self._clock = clock
        self._chance = chance
        #: By feed, the last one asked at the end.
        self._asked: dict[str, Asked] = {}
        self._out_since: datetime | None = None
        self._recalled = False
        self._judging = asyncio.Lock()

    async def is_out(self, host: str, state: FeedState, desk: Desk, *, failed: bool) -> bool:
        """Take how a poll went, `failed` if there was no answer at all, and return whether our own network is out.

        `state` is what was known of the feed before. Raises StoreUnavailable or StoreDamaged; then nothing was told.
        """
        now = self._clock()
        async with self._judging:
            if not self._recalled:
                self._out_since = await self._records.run(self._store.milestone, Milestone.OUTAGE)
                self._recalled = True
            self._asked.pop(state.feed, None)
            self._asked[state.feed] = Asked(host=host, at=now, failed=failed, state=state)
            since = self._out_since
            if failed == (since is not None):  # no answer begins an outage, and no failure ends one
                return failed
            out = is_out(self._asked.values(), hosts=len(desk.hosts), out=since is not None, now=now)
            if out and since is None:
                await self._begin(desk, now)
            elif since is not None and not out:
                await self._end(desk, since, now)
            return out

    async def _begin(self, desk: Desk, now: datetime) -> None:
        """Tell of the outage, and forgive what failed before it was noticed."""
        notice = bulletin.outage_began(since=now, timezone=desk.configuration.settings.timezone)
        await self._tell(notice, desk, now, since=now)
        log.warning("network out", hosts=len({each.host for each in self._asked.values() if each.failed}))
        excused = [
            health.excused(state, now=now, chance=self._chance()) for state in excusable(self._asked.values(), now=now)
        ]
        polls = [PollRecord(at=now, state=state, routes={}) for state in excused]
        await self._records.run(self._store.record_all, polls)

    async def _end(self, desk: Desk, since: datetime, now: datetime) -> None:
        notice = bulletin.outage_ended(since=since, now=now, timezone=desk.configuration.settings.timezone)
        await self._tell(notice, desk, now, since=None)
        log.info("network back", out_since=since.isoformat())

    async def _tell(self, notice: Notice, desk: Desk, now: datetime, *, since: datetime | None) -> None:
        milestone = (Milestone.OUTAGE, since)
        receivers = desk.configuration.health_receivers
        await self._records.run(lambda: self._store.notify(notice, receivers, now=now, milestone=milestone))
        self._out_since = since
