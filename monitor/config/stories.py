"""Binders for stories: whether they are grouped, and what follows when others carry one."""

from datetime import timedelta
from itertools import pairwise

from monitor.config import nodes
from monitor.config.bind import Context, pairs, scalar
from monitor.config.calm import priority
from monitor.config.fault import Wrong, shown
from monitor.config.nodes import Node, Scalar
from monitor.config.values import duration
from monitor.model.calm import Priority
from monitor.model.configuration import Stories

_FEWEST = 2
_HOUR = timedelta(hours=1)
#: No messages of who else carries a story.
OFF = timedelta(0)


def stories(node: Node, _context: Context) -> Stories:
    """Take what becomes of entries that carry one report."""
    text = scalar(node).text
    if text not in {each.value for each in Stories}:
        raise Wrong(node.place, f"stories can not be {shown(text)}", "write group or off")
    return Stories(text)


def also_in(node: Node, context: Context) -> timedelta | None:
    """Take the least time between two messages of who else carries a story; OFF sends none."""
    return OFF if isinstance(node, Scalar) and node.text == "off" else duration(_HOUR)(node, context)


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
