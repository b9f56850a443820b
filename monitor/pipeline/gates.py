"""The gates of all receivers; who fails for long is told through the others (R47)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from monitor import bulletin
from monitor.model.alert import Notice, Receiver
from monitor.model.calm import HoldReason
from monitor.model.configuration import Retry
from monitor.model.record import Milestone, failing
from monitor.pipeline.desk import Desk
from monitor.pipeline.gate import Gate
from monitor.pipeline.needs import OutboxStore
from monitor.pipeline.records import Records

#: How long a receiver fails before it is told.
PATIENCE = timedelta(minutes=15)
#: Deliveries that are said to wait for a receiver, at most.
HELD = 1000

log = structlog.get_logger()


class Gates:
    """A gate for each receiver that something was due for."""

    def __init__(self, *, store: OutboxStore, records: Records, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._records = records
        self._clock = clock
        self._all: dict[str, Gate] = {}
        #: Since when each receiver fails that was told of.
        self._told: dict[str, datetime] = {}

    async def of(self, receiver: Receiver) -> Gate:
        """Return the gate of a receiver; a new one if it changed. Raises StoreUnavailable or StoreDamaged."""
        known = self._all.get(receiver.name)
        if known is None or known.receiver != receiver:
            known = self._all[receiver.name] = await self._records.run(self._known, receiver)
        return known

    def is_open(self, receiver: Receiver) -> bool:
        """Whether something may go to a receiver now, as far as is known."""
        known = self._all.get(receiver.name)
        return known is None or known.receiver != receiver or known.is_open(now=self._clock())

    def rest(self, receiver: Receiver) -> timedelta | None:
        """How long what is due and was left waiting has to wait for the receiver's rate; None if nothing was."""
        gate = self._all[receiver.name]
        rest = gate.rest(now=self._clock()) or timedelta(0)
        return rest + timedelta(milliseconds=10) if gate.keeps_waiting else None  # not to come just before it opens

    async def look(self, desk: Desk) -> None:
        """Tell of receivers that fail for long, and of those that do no more, each once; hold or give up what waits.

        Raises StoreUnavailable or StoreDamaged; what was not kept is told the next time.
        """
        requeued = await self._records.run(self._store.milestone, Milestone.REQUEUED)
        for name, gate in self._all.items():
            if name in desk.receivers:
                await self._tell(gate, desk)
            if requeued is not None:
                gate.ask(since=requeued)
            if gate.probe is not None:
                await self._records.run(self._hold, gate, gate.probe, desk.configuration.settings.retry)

    async def _tell(self, gate: Gate, desk: Desk) -> None:
        now, zone, name = self._clock(), desk.configuration.settings.timezone, gate.receiver.name
        since, told = gate.failing_since, self._told.get(name)
        if gate.is_well and told is not None:
            await self._keep(bulletin.receiver_well(name, since=told, now=now, timezone=zone), desk, name, None)
        elif since is not None and told is None and now - since >= PATIENCE:
            owed = (await self._records.run(self._store.owed)).get(name, 0)
            notice = bulletin.receiver_fails(name, since=since, reason=gate.reason, owed=owed, timezone=zone)
            await self._keep(notice, desk, name, since)

    def _hold(self, gate: Gate, probe: datetime, retry: Retry) -> None:
        """Say of what is due why it waits; what has waited too long is given up without having been tried."""
        now, name = self._clock(), gate.receiver.name
        error = f"{gate.reason} (given up: {name} took nothing)"
        count = self._store.expire(name, queued_before=now - retry.give_up, error=error)
        if count:
            log.warning("deliveries dead", receiver=name, reason=error, deliveries=count)
        waits = [
            replace(each, held_until=probe, hold_reason=HoldReason.BREAKER)
            for each in self._store.due_deliveries(now=now, receivers=[name], limit=HELD)
            if each.hold_reason in {None, HoldReason.BREAKER} and each.held_until != probe
        ]
        if waits:
            self._store.hold(waits)

    async def _keep(self, notice: Notice, desk: Desk, receiver: str, since: datetime | None) -> None:
        others = [name for name in desk.configuration.health_receivers if name != receiver]
        now, milestone = self._clock(), (failing(receiver), since)
        await self._records.run(lambda: self._store.notify(notice, others, now=now, milestone=milestone))
        log.warning("receiver told", receiver=receiver, fails=since is not None, through=others)
        if since is None:
            del self._told[receiver]
        else:
            self._told[receiver] = since

    def _known(self, receiver: Receiver) -> Gate:
        """Return a new gate with what the store knows."""
        failed, told = self._store.oldest_failed(receiver.name), self._store.milestone(failing(receiver.name))
        if told is not None:
            self._told[receiver.name] = told
        if failed is None:
            return Gate(receiver)
        return Gate(receiver, failed, max(failed.queued, self._store.last_sent(receiver.name) or failed.queued))
