"""Sends each receiver a test once a week, the way of all alerts (R77)."""

from collections.abc import Callable
from datetime import datetime

import structlog

from monitor import bulletin, proof
from monitor.model.configuration import Proof
from monitor.pipeline.desk import Desk
from monitor.pipeline.needs import ProofStore
from monitor.pipeline.records import Records

log = structlog.get_logger()


class Proofs:
    """Keeps a test for each receiver that it is time for; when that was is kept in the store."""

    def __init__(self, *, store: ProofStore, records: Records, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._records = records
        self._clock = clock

    async def tell(self, desk: Desk) -> None:
        """Keep the tests that are due; a receiver that is new has its first in a week. Raises as the store does."""
        proved = await self._records.run(self._tell, desk, self._clock())
        if proved:
            log.info("tests sent", receivers=proved)

    def _tell(self, desk: Desk, now: datetime) -> list[str]:
        settings = desk.configuration.settings
        zone, known = settings.timezone, self._store.proofs()
        wanted = desk.receivers.keys() if settings.proof is Proof.WEEKLY else set()
        times: dict[str, datetime | None] = {name: now for name in wanted if name not in known}
        times |= {name: None for name in known if name not in wanted}
        due = [name for name in wanted if name in known and proof.following(known[name], timezone=zone) <= now]
        at = proof.slot(now, timezone=zone)
        notices = {
            name: bulletin.proof(
                name,
                sent=self._store.alerts_sent(name, since=now - proof.WEEK),
                next_one=proof.following(at, timezone=zone),
                timezone=zone,
            )
            for name in due
        }
        if times or due:
            self._store.prove(times | dict.fromkeys(due, at), notices, now=now)
        return due
