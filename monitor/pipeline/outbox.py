"""Deliver what is due: send, then mark. A receiver's rows go out one after another, receivers side by side."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from monitor import render
from monitor.model.alert import Alert, Delivery, DeliveryState, Notice, Notification, Outcome, Receiver, Result
from monitor.model.configuration import Retry
from monitor.pipeline.desk import Desk
from monitor.pipeline.gate import Gate
from monitor.pipeline.needs import Notifier, OutboxStore
from monitor.pipeline.records import Records
from monitor.pipeline.wording import told
from monitor.schedule import next_attempt

#: Why a delivery is dead when its receiver is not to be found.
GONE = "no receiver of this name in the configuration"

#: Rows taken from the store at once for one receiver.
BATCH = 50

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to deliver, and where the delivery stands after it."""

    delivery: Delivery
    outcome: Outcome


class Outbox:
    """Delivers."""

    def __init__(
        self,
        *,
        store: OutboxStore,
        notifier: Notifier,
        records: Records,
        clock: Callable[[], datetime],
        chance: Callable[[], float],
    ) -> None:
        self._store = store
        self._notifier = notifier
        self._records = records
        self._clock = clock
        self._chance = chance
        #: How to write what was tried but is not written yet, by number: it must not be sent again before it is.
        self._unwritten: dict[int, Callable[[], None]] = {}
        #: Receivers whose dead letters were told of and that have taken nothing since.
        self._told: set[str] = set()
        self._gates: dict[str, Gate] = {}

    async def deliver(self, receiver: Receiver, desk: Desk) -> AsyncIterator[Attempt]:
        """Try every delivery that is due for this receiver, oldest first and as long as its gate is open; tell of each.

        Raises StoreUnavailable or StoreDamaged; then what was sent is remembered, and written before anything else.
        """
        tried: set[int] = set()
        while True:
            await self._write_unwritten()
            due = await self._records.run(self._due, receiver.name)
            batch = [delivery for delivery in due if delivery.number not in tried]
            if not batch:
                return
            for delivery in batch:
                if not self.gate(receiver).is_open(now=self._clock()):
                    return
                tried.add(delivery.number)
                yield await self._try(receiver, delivery, desk)

    def gate(self, receiver: Receiver) -> Gate:
        """Return what says when this receiver may be sent its next message."""
        known = self._gates.get(receiver.name)
        if known is None or known.receiver != receiver:
            known = self._gates[receiver.name] = Gate(receiver)
        return known

    async def abandon(self, desk: Desk) -> None:
        """Make dead what has waited too long for receivers that the configuration no longer names."""
        before = self._clock() - desk.configuration.settings.retry.give_up
        count = await self._records.run(
            lambda: self._store.abandon(besides=list(desk.receivers), queued_before=before, error=GONE)
        )
        if count:
            log.warning("deliveries dead", reason=GONE, deliveries=count)

    async def _try(self, receiver: Receiver, delivery: Delivery, desk: Desk) -> Attempt:
        try:
            outcome = await self._send(receiver, delivery, desk.configuration.settings.timezone)
        except asyncio.CancelledError:
            await self._settle(delivery, Outcome(result=Result.UNKNOWN, reason="stopped while it was sent"), desk)
            raise
        self.gate(receiver).sent(outcome, now=self._clock())
        return await self._settle(delivery, outcome, desk)

    async def _settle(self, delivery: Delivery, outcome: Outcome, desk: Desk) -> Attempt:
        retry = desk.configuration.settings.retry
        after = settled(delivery, outcome, now=self._clock(), retry=retry, chance=self._chance())
        self._unwritten[after.number] = self._writing(after, desk)
        await self._write_unwritten()
        event = log.info if outcome.result is Result.SENT else log.warning
        event(
            f"delivery {after.state}",
            receiver=after.receiver,
            delivery=after.number,
            alert=after.alert,
            attempts=after.attempts,
            **({"reason": outcome.reason} if outcome.reason else {}),
        )
        return Attempt(delivery=after, outcome=outcome)

    async def _send(self, receiver: Receiver, delivery: Delivery, timezone: ZoneInfo) -> Outcome:
        message = await self._records.run(self._store.message, delivery)
        try:
            return await self._notifier.notify(receiver, _rendered(receiver, message, timezone))
        except Exception:  # the edge of one job: a message that can not be made never blocks those behind it
            log.exception("delivery crashed", receiver=receiver.name, delivery=delivery.number)
            return Outcome(result=Result.FAILED, reason="internal error: see the log")

    def _writing(self, delivery: Delivery, desk: Desk) -> Callable[[], None]:
        """Return how to write where a delivery stands.

        A dead letter is reported through the others of `settings.health`, once until its own takes something again.
        """
        if delivery.state is DeliveryState.SENT:
            self._told.discard(delivery.receiver)
        others = [name for name in desk.configuration.health_receivers if name != delivery.receiver]
        dead = delivery.state is DeliveryState.DEAD and delivery.alert is not None
        if not dead or delivery.receiver in self._told or not others:
            return partial(self._store.settle, delivery)
        self._told.add(delivery.receiver)
        notice = Notice(
            title=f"Alerts to {delivery.receiver} are not delivered",
            body=f"Alert {delivery.alert} could not be delivered to {delivery.receiver}: {delivery.error}.\n"
            "It is kept as a dead letter, and so is what follows while this lasts.\n"
            "See them: rss-monitor deliveries --state dead\nSend them again: rss-monitor deliveries requeue",
        )
        return partial(self._store.give_up, delivery, notice, others, now=self._clock())

    def _due(self, receiver: str) -> tuple[Delivery, ...]:
        return self._store.due_deliveries(now=self._clock(), receivers=[receiver], limit=BATCH)

    async def _write_unwritten(self) -> None:
        for number, write in list(self._unwritten.items()):
            await self._records.run(write)
            self._unwritten.pop(number, None)


def settled(delivery: Delivery, outcome: Outcome, *, now: datetime, retry: Retry, chance: float) -> Delivery:
    """Return where a delivery stands after an attempt. Pure; `chance` in [0, 1) spreads the next one."""
    attempts = delivery.attempts + 1
    if outcome.result is Result.SENT:
        return replace(delivery, state=DeliveryState.SENT, attempts=attempts, next_attempt=None, error="")
    late = now - delivery.queued >= retry.give_up
    if outcome.result is Result.REJECTED or late:
        error = outcome.reason + (f" (given up after {attempts} attempts)" if late else "")
        return replace(delivery, state=DeliveryState.DEAD, attempts=attempts, next_attempt=None, error=error)
    when = next_attempt(now=now, attempts=attempts, retry=retry, chance=chance, asked=outcome.retry_after)
    if outcome.result is Result.UNKNOWN:
        when, state = max(when, now + retry.unknown), DeliveryState.UNKNOWN
    else:
        state = DeliveryState.PENDING
    return replace(delivery, state=state, attempts=attempts, next_attempt=when, error=outcome.reason)


def _rendered(receiver: Receiver, message: Alert | Notice, timezone: ZoneInfo) -> Notification:
    if isinstance(message, Notice):
        return render.notice(message)
    return told(receiver, message, timezone=timezone)
