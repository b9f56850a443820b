"""What a receiver is told, in the words that it wants."""

from collections.abc import Sequence
from datetime import tzinfo

import structlog

from monitor import render
from monitor.errors import TemplateInvalid
from monitor.model.alert import Alert, Delivery, Notice, Notification, Receiver
from monitor.model.calm import HoldReason

Told = Alert | Notice

#: Why several come in one message, for its reader.
_WHY = {
    HoldReason.QUIET: "This came during quiet hours.",
    HoldReason.DIGEST: "This came since the last digest.",
    HoldReason.BURST: "This came in a burst.",
}

log = structlog.get_logger()


def notification(receiver: Receiver, taken: Sequence[tuple[Delivery, Told]], *, timezone: tzinfo) -> Notification:
    """Return the one message of some deliveries, with what they tell."""
    delivery, message = taken[0]
    if len(taken) > 1:
        why = _WHY.get(delivery.hold_reason, "") if delivery.hold_reason else ""
        name = delivery.message_id or ""
        return render.digest([each for _, each in taken], message_id=name, timezone=timezone, why=why)
    if isinstance(message, Notice):
        return render.notice(message)
    return told(receiver, message, timezone=timezone)


def told(receiver: Receiver, alert: Alert, *, timezone: tzinfo) -> Notification:
    """Return the message of an alert for a receiver: by its template, or, should that fail, in our words."""
    if receiver.template is None:
        return render.alert(alert, timezone=timezone)
    try:
        return render.worded(alert, receiver.template, timezone=timezone)
    except TemplateInvalid as invalid:
        log.warning("template failed", receiver=receiver.name, alert=alert.number, reason=str(invalid))
        return render.alert(alert, timezone=timezone)
