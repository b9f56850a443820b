"""What goes to a receiver when, and together with what. Pure: time is an argument."""

from monitor.group.hold import Past, hold
from monitor.group.message import identified, is_alone, messages
from monitor.group.silence import silenced_by
from monitor.group.wall import always, instant, next_slot, quiet_until

__all__ = [
    "Past",
    "always",
    "hold",
    "identified",
    "instant",
    "is_alone",
    "messages",
    "next_slot",
    "quiet_until",
    "silenced_by",
]
