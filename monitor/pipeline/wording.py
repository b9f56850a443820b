"""An alert in the words that a receiver wants."""

from datetime import tzinfo

import structlog

from monitor import render
from monitor.errors import TemplateInvalid
from monitor.model.alert import Alert, Notification, Receiver

log = structlog.get_logger()


def told(receiver: Receiver, alert: Alert, *, timezone: tzinfo) -> Notification:
    """Return the message of an alert for a receiver: by its template, or, should that fail, in our words."""
    if receiver.template is None:
        return render.alert(alert, timezone=timezone)
    try:
        return render.worded(alert, receiver.template, timezone=timezone)
    except TemplateInvalid as invalid:
        log.warning("template failed", receiver=receiver.name, alert=alert.number, reason=str(invalid))
        return render.alert(alert, timezone=timezone)
