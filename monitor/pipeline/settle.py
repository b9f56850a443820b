"""Where deliveries stand after an attempt. Pure; time and chance are arguments."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from monitor.group import identified
from monitor.model.alert import Delivery, DeliveryState, Outcome, Result
from monitor.model.configuration import Retry
from monitor.schedule import next_attempt


def settled(
    message: Sequence[Delivery], outcome: Outcome, *, now: datetime, retry: Retry, chance: float
) -> tuple[Delivery, ...]:
    """Return where the deliveries in one message stand after an attempt; `chance` in [0, 1) spreads the next one.

    One that holds several and is refused goes on in halves, so that what is refused is found and keeps nobody back;
    one that would be given up goes once more one by one.
    """
    late = any(_is_late(each, now, retry) for each in message)
    if len(message) > 1 and (outcome.result in {Result.REJECTED, Result.TOO_LONG} or (late and not _is_sent(outcome))):
        size = 1 if late else (len(message) + 1) // 2
        parts = (identified(message[start : start + size]) for start in range(0, len(message), size))
        tried = outcome.result is not Result.TOO_LONG
        return tuple(_anew(each, outcome, now, attempts=tried) for each in chain.from_iterable(parts))
    return tuple(_settled(each, outcome, now=now, retry=retry, chance=chance) for each in message)


def _anew(delivery: Delivery, outcome: Outcome, now: datetime, *, attempts: int) -> Delivery:
    attempts += delivery.attempts
    state = DeliveryState.PENDING
    return replace(delivery, state=state, attempts=attempts, attempted=now, next_attempt=now, error=outcome.reason)


def _settled(delivery: Delivery, outcome: Outcome, *, now: datetime, retry: Retry, chance: float) -> Delivery:
    attempts = delivery.attempts + 1
    after = replace(delivery, attempts=attempts, attempted=now, next_attempt=None, error=outcome.reason)
    if outcome.result is not Result.FAILED:
        after = replace(after, message_id=delivery.message_id or identified([delivery])[0].message_id)
    if _is_sent(outcome):
        return replace(after, state=DeliveryState.SENT, error="", receipt=outcome.receipt or None)
    if outcome.result is Result.REJECTED or _is_late(delivery, now, retry):
        late = f" (given up after {attempts} attempts)" if _is_late(delivery, now, retry) else ""
        return replace(after, state=DeliveryState.DEAD, error=outcome.reason + late)
    when = next_attempt(now=now, attempts=attempts, retry=retry, chance=chance, asked=outcome.retry_after)
    if outcome.result is Result.UNKNOWN:
        return replace(after, state=DeliveryState.UNKNOWN, next_attempt=max(when, now + retry.unknown))
    return replace(after, state=DeliveryState.PENDING, next_attempt=when)


def _is_sent(outcome: Outcome) -> bool:
    return outcome.result is Result.SENT


def _is_late(delivery: Delivery, now: datetime, retry: Retry) -> bool:
    return now - delivery.queued >= retry.give_up
