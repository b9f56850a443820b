"""Writes lists of feeds as OPML 2.0."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from monitor.opml.feedlist import ListedFeed

#: What XML does not allow, even escaped (XML 1.0 §2.2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(feeds: Iterable[ListedFeed], *, title: str) -> str:
    """Return a list in which a feed stands in the folder of its first tag, its further tags being categories.

    Tags that a category can not hold (with a comma or a slash) are folders in each other. Folders stand where their
    first feed does.
    """
    folders: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for feed in feeds:
        plain = [tag for tag in feed.tags if not set(",/") & set(tag)]
        folder = tuple(tag for tag in feed.tags if tag not in plain) or tuple(plain[:1])
        folders[folder].append(_outline(feed, [tag for tag in plain if tag not in folder]))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head>\n    <title>{_escaped(title)}</title>\n  </head>",
        "  <body>",
        *(line for folder, outlines in folders.items() for line in _nested(folder, outlines)),
        "  </body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"


def _nested(folder: tuple[str, ...], outlines: list[str]) -> Iterator[str]:
    for depth, tag in enumerate(folder):
        yield f"{'  ' * (depth + 2)}<outline text={_value(tag)} title={_value(tag)}>"
    for outline in outlines:
        yield "  " * (len(folder) + 2) + outline
    for depth in reversed(range(len(folder))):
        yield f"{'  ' * (depth + 2)}</outline>"


def _outline(feed: ListedFeed, categories: list[str]) -> str:
    name = _value(feed.name)
    category = f" category={_value(','.join(categories))}" if categories else ""
    return f'<outline type="rss" text={name} title={name} xmlUrl={_value(feed.url)}{category}/>'


def _value(text: str) -> str:
    return quoteattr(_NOT_XML.sub("", text))


def _escaped(text: str) -> str:
    return escape(_NOT_XML.sub("", text))
