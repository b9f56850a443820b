"""Which deliveries go together in one message."""

from collections.abc import Sequence
from dataclasses import replace

from monitor.model.alert import Delivery, Receiver
from monitor.model.calm import Priority

#: Deliveries in one message, at most.
MOST = 100


def messages(due: Sequence[Delivery], receiver: Receiver) -> list[tuple[Delivery, ...]]:
    """Return deliveries that may go now, message by message, oldest first.

    What was in a message before, and may have arrived, stays in that message; what was held goes together, and has the
    message's id; the rest goes one by one.
    """
    together: dict[str, list[Delivery]] = {}
    held: list[Delivery] = []
    alone: list[tuple[Delivery, ...]] = []
    for delivery in due:
        if delivery.message_id is not None:
            together.setdefault(delivery.message_id, []).append(delivery)
        elif _was_held(delivery, receiver):
            held.append(delivery)
        else:
            alone.append((delivery,))
    bundles = [identified(held[start : start + MOST]) for start in range(0, len(held), MOST)]
    return sorted([*map(tuple, together.values()), *bundles, *alone], key=lambda message: message[0].number)


def identified(deliveries: Sequence[Delivery]) -> tuple[Delivery, ...]:
    """Return the deliveries as those of one message of their own."""
    first, last = deliveries[0].number, deliveries[-1].number
    name = str(first) if len(deliveries) == 1 else f"{first}-{last}"
    return tuple(replace(delivery, message_id=name) for delivery in deliveries)


def is_alone(message_id: str) -> bool:
    """Whether a message that is identified so holds one delivery alone."""
    return "-" not in message_id


def _was_held(delivery: Delivery, receiver: Receiver) -> bool:
    if delivery.priority is Priority.CRITICAL:
        return False
    return bool(receiver.digest) or (delivery.hold_reason is not None and delivery.hold_reason.bundles)
