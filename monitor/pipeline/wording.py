"""What a receiver is told, in the words that it wants."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

import structlog

from monitor import render
from monitor.errors import TemplateInvalid
from monitor.model.alert import Alert, Delivery, Earlier, Notice, Notification, Receiver
from monitor.model.calm import HoldReason

#: Why several come in one message, for its reader.
_WHY = {
    HoldReason.QUIET: "This came during quiet hours.",
    HoldReason.DIGEST: "This came since the last digest.",
    HoldReason.BURST: "This came in a burst.",
    HoldReason.LATE: "This was published long ago and came late.",
}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a delivery tells."""

    delivery: Delivery
    what: Alert | Notice
    #: The alert that it comes under.
    earlier: Earlier | None = None


def notification(receiver: Receiver, telling: Sequence[Told], *, timezone: tzinfo) -> Notification:
    """Return the one message of some deliveries."""
    if len(telling) > 1:
        return _together(receiver, telling, timezone=timezone)
    [first] = telling
    if isinstance(first.what, Alert):
        return told(receiver, first.what, timezone=timezone, earlier=first.earlier)
    return _under(render.notice(first.what), receiver, first.earlier, timezone)


def _together(receiver: Receiver, telling: Sequence[Told], *, timezone: tzinfo) -> Notification:
    """Return the message of several deliveries: by the receiver's template, or, should that fail, in our words."""
    delivery, what = telling[0].delivery, [each.what for each in telling]
    threads = [(each.what, each.earlier) for each in telling if each.earlier]
    earlier = {what.number: under.alert for what, under in threads if isinstance(what, Alert)}
    why = _WHY.get(delivery.hold_reason, "") if delivery.hold_reason else ""
    made = render.digest(what, message_id=delivery.message_id or "", timezone=timezone, why=why, earlier=earlier)
    made = replace(made, follows=_receipts(under for _, under in threads))
    template = receiver.template
    alerts = any(isinstance(each, Alert) for each in what)
    if template is None or not alerts or not (template.digest or template.digest_title):
        return made
    try:
        return render.worded_digest(what, template, ours=made, timezone=timezone, why=why, earlier=earlier)
    except TemplateInvalid as invalid:
        log.warning("template failed", receiver=receiver.name, delivery=delivery.number, reason=str(invalid))
        return made


def told(receiver: Receiver, alert: Alert, *, timezone: tzinfo, earlier: Earlier | None = None) -> Notification:
    """Return the message of an alert for a receiver: by its template, or, should that fail, in our words."""
    made = _worded(receiver, alert, timezone, earlier.alert if earlier else None)
    return _under(made, receiver, earlier, timezone)


def _under(made: Notification, receiver: Receiver, earlier: Earlier | None, timezone: tzinfo) -> Notification:
    """Return a message under an earlier one.

    Mail programs put those under one another that refer to one another and have the same subject. Under a message of
    several alerts, whose subject says little, it has its own all the same.
    """
    if earlier is None:
        return made
    subject = f"Re: {_worded(receiver, earlier.alert, timezone).title}" if earlier.alone else ""
    return replace(made, follows=_receipts([earlier]), subject=subject)


def _worded(receiver: Receiver, alert: Alert, timezone: tzinfo, earlier: Alert | None = None) -> Notification:
    if receiver.template is None or not (receiver.template.title or receiver.template.body):
        return render.alert(alert, timezone=timezone, earlier=earlier)
    try:
        return render.worded(alert, receiver.template, timezone=timezone, earlier=earlier)
    except TemplateInvalid as invalid:
        log.warning("template failed", receiver=receiver.name, alert=alert.number, reason=str(invalid))
        return render.alert(alert, timezone=timezone, earlier=earlier)


def _receipts(earlier: Iterable[Earlier]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.receipt for each in earlier if each.receipt))
