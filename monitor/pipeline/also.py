"""Tells receivers who else carries what they were told, now and then and all at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from monitor import render
from monitor.model.record import Milestone
from monitor.pipeline.desk import Desk
from monitor.pipeline.needs import StoryStore
from monitor.pipeline.records import Records

#: A story that has not grown for so long has done so.
_CALM = timedelta(hours=1)

log = structlog.get_logger()


class AlsoIn:
    """Keeps such messages; each story is in one of them at most."""

    def __init__(self, *, store: StoryStore, records: Records, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._records = records
        self._clock = clock

    async def tell(self, desk: Desk) -> None:
        """Keep the messages that are due. Raises StoreUnavailable or StoreDamaged."""
        every = desk.configuration.settings.also_in
        if every is not None and (told := await self._records.run(self._tell, every, self._clock())):
            log.info("told who else", receivers=told)

    def _tell(self, every: timedelta, now: datetime) -> list[str]:
        last = self._store.milestone(Milestone.ALSO_IN)
        if last is not None and now - last < every:
            return []
        grown = self._store.grown(calm_since=now - _CALM)
        if grown.stories:
            notices = {receiver: render.grown(its) for receiver, its in grown.told.items()}
            self._store.tell_grown(grown.stories, notices, now=now)
        return sorted(grown.told)
