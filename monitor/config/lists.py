"""Lists of feeds in OPML that the configuration names; what is wrong with one is told with its own file and line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from monitor.config import values
from monitor.config.addresses import masked
from monitor.config.bind import Context
from monitor.config.fault import Place, Wrong, shown
from monitor.config.feeds import Draft
from monitor.config.nodes import Node
from monitor.config.secrets import contents
from monitor.model.feed import Address
from monitor.model.secret import Secret
from monitor.opml import LARGEST, Unreadable, read

#: What the user can do about a list that another program writes.
_REMEDY = "mend it there; or rss-monitor opml import writes what is good in it as YAML"


def file(node: Node, context: Context) -> tuple[Path, Place]:
    """Take the path of a list."""
    return values.path(node, context), node.place


def drafts(given: Mapping[str, Any], context: Context) -> list[Draft]:
    """Return the feeds of the list `given["opml"]` with what else is given for all of them; raises `Wrong`.

    What can be mended without loss is. A feed that can not be read is noted, and so is a list that was cut off, as
    while it is being written.
    """
    path, place = given["opml"]
    for_all = {key: value for key, value in given.items() if key not in {"opml", "tags"}}
    found = read(contents(path, place, most=LARGEST))
    if isinstance(found, Unreadable):
        raise Wrong(Place(file=str(path), line=1, column=1), found.reason, found.hint)
    for refused in found.refused:
        message = f"{shown(refused.name) if refused.name else 'this feed'} can not be read: {refused.reason}"
        context.note(Place(file=str(path), line=refused.line, column=1), message, _REMEDY)
    if found.cut_off:
        context.note(Place(file=str(path), line=1, column=1), "the list is cut off: its end is missing", _REMEDY)
    elif not found.feeds and not found.refused:
        raise Wrong(Place(file=str(path), line=1, column=1), "there is no feed in this list", "export it again")
    return [
        Draft(
            place=Place(file=str(path), line=feed.line, column=1),
            url=Address(url=Secret(feed.url), shown=masked(feed.url)),
            name=feed.name,
            listed=True,
            tags=(*feed.tags, *given.get("tags", ())),
            further=for_all,
        )
        for feed in found.feeds
    ]
