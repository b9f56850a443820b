"""Binders for what is held or grouped so that alerts stay few: floods, late entries, stories."""

import re
from datetime import timedelta
from itertools import pairwise

from monitor.config import nodes
from monitor.config.bind import OFF, Bind, Context, Record, limits, pairs, scalar
from monitor.config.calm import priority
from monitor.config.fault import Wrong, shown
from monitor.config.nodes import Node, Scalar
from monitor.config.values import choice, count, duration
from monitor.model.calm import Priority
from monitor.model.configuration import FloodLimits, Stories

#: Per cent of it.
_WHOLE = 100
_FEWEST = 2
_span = duration(timedelta(seconds=1))


def _or_off(least: timedelta) -> Bind[timedelta]:
    """Take a duration, or `off`."""
    span = duration(least)

    def bind(node: Node, context: Context) -> timedelta | None:
        return OFF if isinstance(node, Scalar) and node.text == "off" else span(node, context)

    return bind


def _part(node: Node, _context: Context) -> float:
    text = scalar(node).text
    found = re.fullmatch(r"(\d{1,3}) ?%", text)
    if not found or not 1 <= int(found[1]) <= _WHOLE:
        raise Wrong(node.place, f"{shown(text)} is no part of a whole", "write it in per cent: 60%")
    return int(found[1]) / _WHOLE


FLOOD = Record(what="flood", keys={"entries": count, "share": _part, "known": _part, "age": _span, "rate": count})
#: From when on new entries are a flood.
flood = limits(FloodLimits, FLOOD, "write off, or {entries: 8, share: 60%, known: 50%, age: 48h, rate: 10}")
#: How long an entry was missing that comes late.
late = _or_off(timedelta(seconds=1))
stories = choice(Stories, "stories can not be {}")
#: The least time between two messages of who else carries a story.
also_in = _or_off(timedelta(hours=1))


def corroborated(node: Node, context: Context) -> tuple[tuple[int, Priority], ...] | None:
    """Take from how many sources on a story is how urgent, fewest first."""
    if not isinstance(node, nodes.Mapping):
        raise Wrong(node.place, "numbers of sources and priorities belong here", "write {3: high}")
    found = {}
    for key, value in pairs(node, context):
        if not key.text.isascii() or not key.text.isdigit() or int(key.text) < _FEWEST:
            context.note(key.place, f"{shown(key.text)} is no number of sources", "write a number from 2 on")
        elif (urgent := context.attempt(priority, value)) is not None:
            found[int(key.text)] = urgent
    levels = tuple(sorted(found.items()))
    if any(before.reaches(after) for (_, before), (_, after) in pairwise(levels)):
        raise Wrong(node.place, "more sources make it no more urgent here", "let the priority rise with the number")
    return levels
