"""What a site says on many of its pages: telling it from what an entry says itself. Pure."""

from monitor.text.boilerplate.ledger import PROVEN, Known, Ledger
from monitor.text.boilerplate.own import (
    Repeated,
    around,
    is_spared,
    repeated,
    text_without_boilerplate,
    without_boilerplate,
)
from monitor.text.boilerplate.passages import FEED_FIELDS, MASK, PAGE_FIELDS, Page, host, masked, near, page

__all__ = [
    "FEED_FIELDS",
    "MASK",
    "PAGE_FIELDS",
    "PROVEN",
    "Known",
    "Ledger",
    "Page",
    "Repeated",
    "around",
    "host",
    "is_spared",
    "masked",
    "near",
    "page",
    "repeated",
    "text_without_boilerplate",
    "without_boilerplate",
]
