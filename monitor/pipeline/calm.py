"""What of the outbox may go now; the rest is held, with its reason and its time."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from monitor.group import Past, hold
from monitor.model.alert import Delivery, Receiver
from monitor.model.calm import Hold, HoldReason, Priority
from monitor.pipeline.desk import Desk
from monitor.pipeline.needs import OutboxStore
from monitor.pipeline.records import Records

#: Deliveries looked at at once.
LOOKED_AT = 1000

log = structlog.get_logger()


class Calm:
    """Holds deliveries for quiet hours, digests and bursts. All it knows is in the store."""

    def __init__(self, *, store: OutboxStore, records: Records, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._records = records
        self._clock = clock

    async def free(self, receiver: Receiver, desk: Desk) -> tuple[list[Delivery], int]:
        """Return the receiver's deliveries that may go now, oldest first, and how many messages may be made of them.

        What is due and may not go is held. Raises StoreUnavailable or StoreDamaged.
        """
        now, zone = self._clock(), desk.configuration.settings.timezone
        while True:
            due, past = await self._records.run(self._look, receiver, now)
            holds = [hold(each, receiver, past, now=now, zone=zone) for each in due]
            held = [_held(each, why) for each, why in zip(due, holds, strict=True) if why is not None]
            if held:
                await self._keep(held)
            if len(held) < LOOKED_AT:
                break
        free = [each for each, why in zip(due, holds, strict=True) if why is None]
        return free, max(1, receiver.burst.messages - len(past.recent)) if receiver.burst else LOOKED_AT

    async def bundle(self, deliveries: Sequence[Delivery], *, until: datetime) -> None:
        """Hold what is too much for a receiver now, to go in one message; critical ones wait by themselves."""
        why = Hold(reason=HoldReason.BURST, until=until)
        held = [_held(each, why) for each in deliveries if each.priority is not Priority.CRITICAL]
        if held:
            await self._keep(held)

    async def reconsider(self, desk: Desk) -> None:
        """Decide anew of what is held: it goes as soon as the configuration lets it. Raises as `free` does."""
        now, zone = self._clock(), desk.configuration.settings.timezone
        changed = []
        pasts: dict[str, Past] = {}
        for each in await self._records.run(lambda: self._store.held_deliveries(now=now)):
            receiver = desk.receivers.get(each.receiver)
            if receiver is None:  # it waits as all that is for one who is gone
                continue
            if receiver.name not in pasts:
                pasts[receiver.name] = await self._records.run(self._past, receiver, now)
            why = hold(each, receiver, pasts[receiver.name], now=now, zone=zone)
            after = (
                _held(each, why)
                if why
                else replace(each, held_until=now, next_attempt=now, queued=min(each.queued, now))
            )
            if after != each:
                changed.append(after)
        if changed:
            await self._keep(changed)

    async def _keep(self, held: Sequence[Delivery]) -> None:
        await self._records.run(self._store.hold, held)
        first = held[0]
        until = first.held_until.isoformat() if first.held_until else ""
        log.info("deliveries held", receiver=first.receiver, reason=first.hold_reason, until=until, held=len(held))

    def _look(self, receiver: Receiver, now: datetime) -> tuple[tuple[Delivery, ...], Past]:
        due = self._store.due_deliveries(now=now, receivers=[receiver.name], limit=LOOKED_AT)
        return due, self._past(receiver, now) if due else Past()

    def _past(self, receiver: Receiver, now: datetime) -> Past:
        since = now - receiver.burst.within if receiver.burst else now
        return Past(
            last_digest=self._store.last_digest(receiver.name) if receiver.digest else None,
            recent=self._store.recent_messages(receiver.name, since=since) if receiver.burst else (),
        )


def _held(delivery: Delivery, why: Hold) -> Delivery:
    """Return the delivery held; for what was never tried, giving up counts from when it may go."""
    untried = delivery.attempts == 0 and why.reason in {HoldReason.QUIET, HoldReason.DIGEST, HoldReason.LATE}
    queued = why.until if untried else delivery.queued
    return replace(delivery, held_until=why.until, hold_reason=why.reason, next_attempt=why.until, queued=queued)
