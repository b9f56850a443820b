"""The tables, and how our kinds of data stand in them. A change here needs a new step in `migrations`."""

from monitor.store.tables.alerts import alert, delivery, document, evidence, held_evidence, notice, silence, snapshot
from monitor.store.tables.base import metadata
from monitor.store.tables.entries import article, decision, entry, sketch, sketch_key, story
from monitor.store.tables.feeds import alias, feed, host, ledger, milestone, spared, subscription

__all__ = [
    "alert",
    "alias",
    "article",
    "decision",
    "delivery",
    "document",
    "entry",
    "evidence",
    "feed",
    "held_evidence",
    "host",
    "ledger",
    "metadata",
    "milestone",
    "notice",
    "silence",
    "sketch",
    "sketch_key",
    "snapshot",
    "spared",
    "story",
    "subscription",
]
