"""From the bytes of a file to its feeds: well-formed lists exactly, all others as well as can be."""

import re
from dataclasses import replace
from operator import attrgetter

from monitor.opml.address import fault, mended, same
from monitor.opml.decode import decoded
from monitor.opml.feedlist import FeedList, ListedFeed, Mend, Merged, Refused, Repairs, Unreadable
from monitor.opml.names import host
from monitor.opml.outlines import Outlines
from monitor.opml.strict import IllFormed, read_strictly
from monitor.opml.tolerant import read_tolerantly, without_comments

#: Bytes of a file, at most: room for some twenty thousand feeds.
LARGEST = 4 * 1024 * 1024

_ROOT = re.compile(r"<([A-Za-z][\w:.-]{0,40})")
_FEEDS = frozenset({"rss", "feed", "rdf"})


def read(raw: bytes) -> FeedList | Unreadable:
    """Read a list of feeds (OPML 1 or 2) and say what was mended, merged and refused; raises nothing.

    Feeds whose addresses differ only in http or https, `www.` or a slash at the end are one: its name is the first
    one's, its tags are those of all, and its address begins with https if any does.
    """
    if len(raw) > LARGEST:
        return Unreadable(reason=f"larger than {LARGEST // 1024**2} MB", hint="is it the right file?")
    repairs = Repairs()
    text = decoded(raw, repairs)
    outlines = Outlines(repairs)
    try:
        read_strictly(text, outlines)
    except IllFormed as wrong:
        outlines = Outlines(repairs)
        before = repairs.all()
        read_tolerantly(text, outlines)
        repairs.note(f"{Mend.OTHER}: {wrong}", wrong.line, count=repairs.all() == before)
    if not outlines.is_list:
        return _unreadable(text)
    outlines.finish()
    return _merged(outlines)


def _unreadable(text: str) -> Unreadable:
    found = _ROOT.search(without_comments(text))
    root = found[1].rpartition(":")[2].lower() if found else ""
    if root in _FEEDS:
        hint = "write its address under feeds: as it is; OPML is a list of feeds"
        return Unreadable(reason="this is a feed, not a list of feeds", hint=hint)
    if not text.strip():
        return Unreadable(reason="the file is empty", hint="export the list again")
    what = "a web page" if root == "html" else "something else"
    return Unreadable(reason=f"this is no OPML, but {what}", hint="export the feeds of your reader as OPML")


def _merged(outlines: Outlines) -> FeedList:
    feeds: dict[str, ListedFeed] = {}
    tags: dict[str, dict[str, None]] = {}
    merged, refused = [], outlines.refused
    for outline in outlines.found:
        url = mended(outline.url, outline.line, outlines.repairs)
        if wrong := fault(url):
            refused.append(Refused(name=outline.name, line=outline.line, reason=wrong))
            continue
        feed = ListedFeed(url=url, name=outline.name or host(url), line=outline.line)
        key = same(url)
        first = feeds.setdefault(key, feed)
        tags.setdefault(key, {}).update(dict.fromkeys(outline.tags))
        if first is not feed:
            merged.append(Merged(name=feed.name, line=feed.line, first=first.line))
            feeds[key] = replace(first, url=max(first.url, url, key=_is_https))
    return FeedList(
        feeds=tuple(replace(feed, tags=tuple(tags[key])) for key, feed in feeds.items()),
        merged=tuple(merged),
        repaired=outlines.repairs.all(),
        refused=tuple(sorted(refused, key=attrgetter("line"))),
    )


def _is_https(url: str) -> bool:
    return url[:6].lower() == "https:"
