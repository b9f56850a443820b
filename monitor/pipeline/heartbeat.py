"""Gives a sign of life (R77): asks for the user's address while everything goes its way, so that silence is noticed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog

from monitor.model.poll import Failure, FetchFailed, Request
from monitor.model.record import Milestone
from monitor.pipeline.desk import Desk
from monitor.pipeline.gates import Gates
from monitor.pipeline.needs import Fetcher, HeartbeatStore
from monitor.pipeline.records import Records
from monitor.pipeline.ways import ways

#: How long something may be due while nothing of its kind is done, and a feed while others are asked.
OVERDUE, FORGOTTEN = timedelta(minutes=15), timedelta(hours=6)
#: Feeds looked at, of those that are overdue.
LOOKED_AT = 1000
#: Statuses of an answer that took the sign, whatever else it says.
_TAKEN = range(200, 300)

log = structlog.get_logger()


class Heartbeat:
    """Asks for `settings.heartbeat` if the database can be written, and nothing that is due is left undone."""

    def __init__(
        self,
        *,
        store: HeartbeatStore,
        fetcher: Fetcher,
        gates: Gates,
        records: Records,
        clock: Callable[[], datetime],
    ) -> None:
        """`fetcher` is for this alone: the address is the user's choice, and may be private."""
        self._store = store
        self._fetcher = fetcher
        self._gates = gates
        self._records = records
        self._clock = clock
        self._began = clock()
        #: What the log was told last; "" when all was well.
        self._told = ""

    async def beat(self, desk: Desk) -> None:
        """Give a sign, or tell the log, once, why there is none. Raises StoreUnavailable or StoreDamaged."""
        address = desk.configuration.settings.heartbeat
        if address is None:
            return
        undone = await self._records.run(self._undone, desk, self._clock())
        if undone:
            self._tell("heartbeat withheld", undone)
            return
        came = await self._fetcher.fetch(Request(url=address.reveal()))
        fault = came.reason if isinstance(came, FetchFailed) and not _is_taken(came) else ""
        await self._records.run(self._note, fault)
        self._tell("heartbeat failed" if fault else "", fault)

    def _undone(self, desk: Desk, now: datetime) -> str:
        """Return what keeps this from being a whole cycle; "" if nothing does, which is written down."""
        before = now - OVERDUE
        if self._began <= before:
            if self._are_overdue(desk, before) and (self._store.last_polled() or before) <= before:
                return f"feeds are due, and none was asked for {OVERDUE}"
            receivers = [name for name, each in desk.receivers.items() if self._gates.is_open(each)]
            if neglected := self._store.neglected(receivers, since=before):
                return f"messages are due, and none was tried for {OVERDUE}: {', '.join(neglected)}"
        if self._began <= now - FORGOTTEN and self._are_overdue(desk, now - FORGOTTEN):
            return f"feeds are due, and were not asked for {FORGOTTEN}"
        self._store.set_milestone(Milestone.HEARTBEAT, now)
        return ""

    def _are_overdue(self, desk: Desk, before: datetime) -> bool:
        """Whether there are feeds that were due by then, and whose servers did not want to be left alone since."""
        due = [name for name in self._store.due(now=before, limit=LOOKED_AT) if name in desk.feeds]
        waits = self._store.host_waits(now=before) if due else {}
        states = self._store.states(due)
        urls = (ways(desk.feeds[name], state, now=before)[0].request.url for name, state in states.items())
        return any(urlsplit(url).hostname not in waits for url in urls)

    def _note(self, fault: str) -> None:
        """Remember since when the address does not answer."""
        if bool(fault) is (self._store.milestone(Milestone.UNHEARD) is None):
            self._store.set_milestone(Milestone.UNHEARD, self._clock() if fault else None)

    def _tell(self, event: str, reason: str) -> None:
        if event and event != self._told:
            log.warning(event, reason=reason)
        elif self._told and not event:
            log.info("heartbeat well again")
        self._told = event


def _is_taken(came: FetchFailed) -> bool:
    """Whether it is no failure here: the answer is of no use, and came."""
    return came.status in _TAKEN or came.failure is Failure.TOO_LARGE
