"""Tells how all feeds do, once a day or a week."""

from collections.abc import Callable
from datetime import datetime

import structlog

from monitor import bulletin, coverage
from monitor.model.record import Milestone
from monitor.pipeline.desk import Desk
from monitor.pipeline.needs import CoverageStore
from monitor.pipeline.records import Records

log = structlog.get_logger()


class CoverageReport:
    """Reports on all feeds when it is time, once, also over restarts."""

    def __init__(self, *, store: CoverageStore, records: Records, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._records = records
        self._clock = clock
        #: Up to when was reported; None until it is looked up.
        self._last: datetime | None = None

    async def tell(self, desk: Desk) -> None:
        """Keep a report if one is due. Raises StoreUnavailable or StoreDamaged."""
        settings, now = desk.configuration.settings, self._clock()
        last = self._last if self._last is not None else await self._records.run(self._begin, now)
        self._last = last
        if coverage.due(settings.coverage, last=last, now=now, timezone=settings.timezone):
            title = await self._records.run(self._report, desk, last, now)
            self._last = now
            log.info("coverage", feeds=title)

    def _begin(self, now: datetime) -> datetime:
        """Return up to when was reported; a new installation begins now."""
        last = self._store.milestone(Milestone.COVERAGE)
        if last is None:
            self._store.set_milestone(Milestone.COVERAGE, now)
        return last or now

    def _report(self, desk: Desk, last: datetime, now: datetime) -> str:
        notice = bulletin.coverage(
            list(self._store.states().values()),
            self._store.activity(since=last),
            since=last,
            outage=self._store.milestone(Milestone.OUTAGE),
            unheard=self._store.milestone(Milestone.UNHEARD) if desk.configuration.settings.heartbeat else None,
            timezone=desk.configuration.settings.timezone,
        )
        receivers = desk.configuration.health_receivers
        self._store.notify(notice, receivers, now=now, milestone=(Milestone.COVERAGE, now))
        return notice.title
