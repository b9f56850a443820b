"""Deliver what is due: send, then mark. A receiver's rows go out one after another, receivers side by side."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from monitor import bulletin
from monitor.group import messages
from monitor.model.alert import Alert, Delivery, DeliveryState, Notice, Outcome, Receiver, Result
from monitor.model.record import gone
from monitor.pipeline.calm import Calm
from monitor.pipeline.desk import Desk
from monitor.pipeline.gate import Gate
from monitor.pipeline.gates import Gates
from monitor.pipeline.needs import Notifier, OutboxStore
from monitor.pipeline.records import Records
from monitor.pipeline.settle import settled
from monitor.pipeline.wording import Told, notification

#: Why a delivery is dead when its receiver is not to be found.
GONE = "no receiver of this name in the configuration"

#: Messages sent before is looked again whether the rest may go.
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
        self._calm = Calm(store=store, records=records, clock=clock)
        self.gates = Gates(store=store, records=records, clock=clock)
        #: How to write what was tried but is not written yet, by its first number: it must not be sent again before.
        self._unwritten: dict[int, Callable[[], None]] = {}
        #: Receivers whose dead letters were told of and that have taken nothing since.
        self._told: set[str] = set()

    async def deliver(self, receiver: Receiver, desk: Desk) -> AsyncIterator[Attempt]:
        """Try every delivery that is due for this receiver and may go now, oldest first, and tell of each.

        When its gate shuts, the rest is held until it opens.

        Raises StoreUnavailable or StoreDamaged; then what was sent is remembered, and written before anything else.
        """
        tried: set[tuple[int, str | None]] = set()
        gate = await self.gates.of(receiver)
        while True:
            await self._write_unwritten()
            gate.keeps_waiting = False
            free, room = await self._calm.free(receiver, desk)
            due = messages([each for each in free if (each.number, each.message_id) not in tried], receiver)
            ready = gate.admitted(due, now=self._clock())[: min(room, BATCH)]
            if not ready:
                return
            for message in ready:
                if not gate.is_open(now=self._clock()):
                    await self._wait(
                        gate, [each for later in due if later[0].number >= message[0].number for each in later]
                    )
                    return
                tried.update((each.number, each.message_id) for each in message)
                attempts = await self._try(gate, message, desk)
                for attempt in attempts:
                    if attempt.outcome.result is not Result.TOO_LONG:
                        yield attempt
                if any(attempt.delivery.next_attempt is not None for attempt in attempts):
                    break  # it, or its parts, come before what stands behind it

    async def _wait(self, gate: Gate, left: Sequence[Delivery]) -> None:
        """Have what is too much for the receiver's rate wait until it may go, in one message."""
        now = self._clock()
        rest = gate.rest(now=now)
        gate.keeps_waiting = rest is not None
        if rest is not None:
            await self._calm.bundle(left, until=now + rest)

    async def reconsider(self, desk: Desk) -> None:
        """Decide anew of all that is held, as the configuration may be another than before."""
        await self._calm.reconsider(desk)

    async def abandon(self, desk: Desk) -> None:
        """Tell, once, of receivers that are owed and are gone; make dead what has waited too long for them."""
        await self._records.run(self._tell_of_orphans, desk)
        before = self._clock() - desk.configuration.settings.retry.give_up
        count = await self._records.run(
            lambda: self._store.abandon(besides=list(desk.receivers), queued_before=before, error=GONE)
        )
        if count:
            log.warning("deliveries dead", reason=GONE, deliveries=count)

    def _tell_of_orphans(self, desk: Desk) -> None:
        for name, owed in self._store.owed().items():
            if name not in desk.receivers and self._store.milestone(gone(name)) is None:
                notice, told, now = bulletin.orphaned(name, owed), desk.configuration.health_receivers, self._clock()
                self._store.notify(notice, told, now=now, milestone=(gone(name), now))
                log.warning("receiver gone", receiver=name, deliveries=owed)
        for name in desk.receivers:
            if self._store.milestone(gone(name)) is not None:
                self._store.set_milestone(gone(name), None)

    async def _try(self, gate: Gate, message: Sequence[Delivery], desk: Desk) -> list[Attempt]:
        taken = await self._records.run(self._store.take, message)
        deliveries = [delivery for delivery, _ in taken]
        if not taken:  # silenced meanwhile
            return []
        try:
            told = await self._records.run(self._in_threads, gate.receiver, taken)
            outcome = await self._send(gate.receiver, told, desk.configuration.settings.timezone)
        except asyncio.CancelledError:
            outcome = Outcome(result=Result.UNKNOWN, reason="stopped while it was sent")
            await self._settle(gate, deliveries, outcome, desk)
            raise
        return await self._settle(gate, deliveries, outcome, desk)

    async def _settle(self, gate: Gate, message: Sequence[Delivery], outcome: Outcome, desk: Desk) -> list[Attempt]:
        now, retry = self._clock(), desk.configuration.settings.retry
        after = settled(message, outcome, now=now, retry=retry, chance=self._chance())
        gate.note(after, outcome, now=now, retry=retry, chance=self._chance())
        self._unwritten[after[0].number] = self._writing(after, desk)
        await self._write_unwritten()
        first = after[0]
        event = log.info if outcome.result is Result.SENT else log.warning
        event(
            f"delivery {first.state}",
            receiver=first.receiver,
            delivery=first.number,
            alert=first.alert,
            attempts=first.attempts,
            **({"together": len(after)} if len(after) > 1 else {}),
            **({"reason": outcome.reason} if outcome.reason else {}),
        )
        return [Attempt(delivery=each, outcome=outcome) for each in after]

    def _in_threads(self, receiver: Receiver, taken: Sequence[tuple[Delivery, Alert | Notice]]) -> list[Told]:
        """Return what is told, with the alert that each comes under."""
        told = []
        for delivery, what in taken:
            under = what.about if isinstance(what, Notice) else what.number if what.follows else None
            earlier = None if under is None else self._store.earlier(receiver.name, under)
            told.append(Told(delivery=delivery, what=what, earlier=earlier))
        return told

    async def _send(self, receiver: Receiver, told: Sequence[Told], timezone: ZoneInfo) -> Outcome:
        try:
            return await self._notifier.notify(receiver, notification(receiver, told, timezone=timezone))
        except Exception:  # the edge of one job: a message that can not be made never blocks those behind it
            log.exception("delivery crashed", receiver=receiver.name, delivery=told[0].delivery.number)
            result = Result.FAILED if len(told) == 1 else Result.REJECTED
            return Outcome(result=result, reason="internal error: see the log")

    def _writing(self, after: Sequence[Delivery], desk: Desk) -> Callable[[], None]:
        """Return how to write where the deliveries in a message stand.

        A dead letter is reported through the others of `settings.health`, once until its own takes something again.
        """
        delivery = after[0]
        if delivery.state is DeliveryState.SENT:
            self._told.discard(delivery.receiver)
        others = [name for name in desk.configuration.health_receivers if name != delivery.receiver]
        if delivery.state is not DeliveryState.DEAD or delivery.receiver in self._told or not others:
            return partial(self._store.settle, after)
        self._told.add(delivery.receiver)
        what = "A message of rss-monitor about itself" if delivery.alert is None else f"Alert {delivery.alert}"
        notice = Notice(
            title=f"Alerts to {delivery.receiver} are not delivered",
            body=f"{what} could not be delivered to {delivery.receiver}: {delivery.error}.\n"
            "It is kept as a dead letter, and so is what follows while this lasts.\n"
            "See them: rss-monitor deliveries --state dead\nSend them again: rss-monitor deliveries requeue",
        )
        return partial(self._store.give_up, delivery, notice, others, now=self._clock())

    async def _write_unwritten(self) -> None:
        for number, write in list(self._unwritten.items()):
            await self._records.run(write)
            self._unwritten.pop(number, None)
