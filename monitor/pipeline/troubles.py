"""Tells which feeds broke and which are well again, those of a few minutes together."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from monitor import bulletin, trouble
from monitor.model.record import Milestone
from monitor.pipeline.desk import Desk
from monitor.pipeline.needs import TroubleStore
from monitor.pipeline.records import Records

log = structlog.get_logger()

#: How long the first waits for others.
TOGETHER = timedelta(minutes=5)


class TroubleReport:
    """Reports on feeds in trouble; what waits to be told is kept in the store, so that no restart loses it."""

    def __init__(self, *, store: TroubleStore, records: Records, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._records = records
        self._clock = clock

    async def tell(self, desk: Desk, *, at_once: bool = False) -> None:
        """Keep a report if the first of what is to be told has waited long enough, or `at_once`.

        Raises StoreUnavailable or StoreDamaged.
        """
        await self._records.run(self._tell, desk, self._clock(), timedelta(0) if at_once else TOGETHER)

    def _tell(self, desk: Desk, now: datetime, wait: timedelta) -> None:
        states = [each for each in self._store.untold() if each.feed in desk.feeds and trouble.is_untold(each)]
        since = self._store.milestone(Milestone.UNTOLD)
        if (since is None) is bool(states):
            since = now if states else None
            self._store.set_milestone(Milestone.UNTOLD, since)
        if since is not None and now - since >= wait:
            addresses = {each.feed: desk.feeds[each.feed].shown_url for each in states}
            timezone = desk.configuration.settings.timezone
            notices = bulletin.troubles(states, addresses, now=now, timezone=timezone)
            self._store.tell(states, notices, desk.configuration.health_receivers, now=now)
            log.info("troubles told", feeds=[each.feed for each in states])
