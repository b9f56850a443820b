"""What a site says on many of its pages: telling it from what an entry says itself. Pure."""

from monitor.text.boilerplate.ledger import PROVEN, Known, Ledger
from monitor.text.boilerplate.own import Repeated, repeated, text_without_boilerplate, without_boilerplate
from monitor.text.boilerplate.passages import FEED_FIELDS, PAGE_FIELDS, Page, host, page

__all__ = [
    "FEED_FIELDS",
    "PAGE_FIELDS",
    "PROVEN",
    "Known",
    "Ledger",
    "Page",
    "Repeated",
    "host",
    "page",
    "repeated",
    "text_without_boilerplate",
    "without_boilerplate",
]
