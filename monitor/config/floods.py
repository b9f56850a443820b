"""Binders for what is held as a flood, and what comes late."""

import re
from datetime import timedelta

from monitor.config.bind import Context, Record, scalar
from monitor.config.fault import Wrong, shown
from monitor.config.nodes import Node, Scalar
from monitor.config.values import count, duration
from monitor.model.configuration import FloodLimits

_span = duration(timedelta(seconds=1))

#: Per cent of it.
_WHOLE = 100


def flood(node: Node, context: Context) -> FloodLimits | None:
    """Take from when on new entries are a flood; `on` is the usual, `off` never."""
    if isinstance(node, Scalar) and node.text in {"on", "off"}:
        return FloodLimits() if node.text == "on" else None
    if isinstance(node, Scalar):
        hint = "write off, or {entries: 8, share: 60%, known: 50%, age: 48h, rate: 10}"
        raise Wrong(node.place, f"flood can not be {shown(node.text)}", hint)
    return FloodLimits(**FLOOD(node, context))


def late(node: Node, context: Context) -> timedelta | None:
    """Take how long an entry was missing that comes late; `off` is never."""
    return None if scalar(node).text == "off" else _span(node, context)


def _part(node: Node, _context: Context) -> float:
    text = scalar(node).text
    found = re.fullmatch(r"(\d{1,3}) ?%", text)
    if not found or not 1 <= int(found[1]) <= _WHOLE:
        raise Wrong(node.place, f"{shown(text)} is no part of a whole", "write it in per cent: 60%")
    return int(found[1]) / _WHOLE


FLOOD = Record(what="flood", keys={"entries": count, "share": _part, "known": _part, "age": _span, "rate": count})
