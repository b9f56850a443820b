"""Whether a delivery goes now, or until when it is held and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from monitor.group.wall import next_slot, quiet_until
from monitor.model.alert import Delivery, Receiver
from monitor.model.calm import Burst, Hold, HoldReason, Priority, Slot

#: When a receiver without digests gets what came late.
_LATE = (Slot(at=time(9)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a receiver got before."""

    #: Until when the deliveries in its last digest were held.
    last_digest: datetime | None = None
    #: When messages went to it within its `burst`, oldest first.
    recent: Sequence[datetime] = ()


def hold(delivery: Delivery, receiver: Receiver, past: Past, *, now: datetime, zone: ZoneInfo) -> Hold | None:
    """Return until when this delivery does not go; None if it may go now.

    It waits for one digest at most, the first after it was made, or, of an entry that came late, for the morning: later
    only quiet hours or a burst hold it. A critical one is never held.
    """
    if delivery.priority is Priority.CRITICAL:
        return None
    slot = _slot(delivery, receiver, past, now=now, zone=zone)
    until = quiet_until(receiver.quiet, at=max(slot, now), zone=zone)
    if until > now and slot > now:
        return Hold(reason=HoldReason.DIGEST if receiver.digest else HoldReason.LATE, until=until)
    if until > now:
        return Hold(reason=HoldReason.QUIET, until=until)
    free = _free(receiver.burst, past.recent)
    return Hold(reason=HoldReason.BURST, until=free) if free is not None and free > now else None


def _slot(delivery: Delivery, receiver: Receiver, past: Past, *, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the time of the digest that the delivery belongs to; one that is over if it belongs to none any more."""
    held = delivery.hold_reason is not None and delivery.hold_reason.bundles
    waited = held and delivery.held_until is not None and delivery.created < delivery.held_until <= now
    slots = receiver.digest or (_LATE if delivery.hold_reason is HoldReason.LATE else ())
    if not slots or waited or delivery.message_id is not None:
        return delivery.created
    after = max(delivery.created, past.last_digest or delivery.created)
    return next_slot(slots, after=after, zone=zone)


def _free(burst: Burst | None, recent: Sequence[datetime]) -> datetime | None:
    """Return from when on one more message is not too many; None if it never was."""
    return recent[-burst.messages] + burst.within if burst and len(recent) >= burst.messages else None
