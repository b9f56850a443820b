"""Messages: an alert, a notice or a digest as title and body, made to fit a receiver, written as its channel shows it.

Feed text is made harmless here (R45).
"""

from monitor.render.also import grown
from monitor.render.bundle import digest
from monitor.render.fitting import cut, fit
from monitor.render.message import TITLE_LIMIT, alert, moment, notice
from monitor.render.neutral import harmless, harmless_link
from monitor.render.template import worded, worded_digest

__all__ = [
    "TITLE_LIMIT",
    "alert",
    "cut",
    "digest",
    "fit",
    "grown",
    "harmless",
    "harmless_link",
    "moment",
    "notice",
    "worded",
    "worded_digest",
]
