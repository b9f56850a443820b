"""Feeds: their names, and what they have from the settings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from monitor.config.addresses import HOLE, USER
from monitor.config.bind import Context
from monitor.config.fault import Place, shown
from monitor.model.feed import Address, Feed
from monitor.opml import Names, same

_PREFIX = re.compile(rf"^\w+://(?:{USER})?(?:www\.)?")
#: Last parts of a path that say nothing of the feed.
_TAIL = re.compile(r"/(?:(?:rss|feed|atom|index)(?:\.\w+)?)?/*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A feed that may still lack a name, and what it has from the settings."""

    place: Place
    url: Address
    name: str | None
    tags: tuple[str, ...] = ()
    #: What else is said of it, by the names of the model's fields.
    further: Mapping[str, Any]
    #: Whether it stands in a list of feeds: if the file names it too, it is no second one.
    listed: bool = False


def named(drafts: Sequence[Draft], context: Context) -> tuple[Feed, ...]:
    """Give every feed a name of its own; names and addresses that stand twice are noted, but in lists."""
    own = [draft for draft in drafts if not draft.listed]
    places: dict[str, Place] = {}
    for draft in own:
        _unique(_same(draft.url.url.reveal()), draft.place, places, context, what="this feed")
    names: dict[str, Place] = {}
    for draft in own:
        if draft.name is not None:
            _unique(draft.name, draft.place, names, context, what=f"a feed named {shown(draft.name)}")
    feeds = []
    titles = Names(names)
    for draft in _joined(drafts):
        _one_login(draft, context)
        if draft.listed:
            name = titles.free(draft.name or "", draft.url.url.reveal())
        else:
            name = draft.name or next(label for label in _labels(draft.url.shown) if label not in names)
        names.setdefault(name, draft.place)
        tags, about = frozenset(draft.tags), {**context.for_feeds, **draft.further}
        feeds.append(Feed(name=name, url=draft.url.url, shown_url=draft.url.shown, tags=tags, **about))
    return tuple(feeds)


def _one_login(draft: Draft, context: Context) -> None:
    names = {name.lower() for name, _ in draft.further.get("headers", ())}
    said = ("@" in urlsplit(draft.url.url.reveal()).netloc, "auth" in draft.further, "authorization" in names)
    if sum(said) > 1:
        hint = "keep one of: auth, the header Authorization, the user in the address"
        context.note(draft.place, "this feed says twice who you are", hint)


def _joined(drafts: Sequence[Draft]) -> list[Draft]:
    """Put the feeds of lists behind the others; one that is there already gives that its tags, and no more."""
    found = [draft for draft in drafts if not draft.listed]
    places: dict[str, int] = {}
    for number, draft in enumerate(found):
        places.setdefault(same(draft.url.url.reveal()), number)
    for draft in drafts:
        if not draft.listed:
            continue
        number = places.setdefault(same(draft.url.url.reveal()), len(found))
        if number == len(found):
            found.append(draft)
        else:
            found[number] = replace(found[number], tags=(*found[number].tags, *draft.tags))
    return found


def _unique(key: str, place: Place, seen: dict[str, Place], context: Context, *, what: str) -> None:
    first = seen.setdefault(key, place)
    if first is not place:
        context.note(place, f"{what} stands here a second time", f"it is in line {first.line} already")


def _same(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/", fragment="").geturl()


def _labels(written: str) -> Iterator[str]:
    """Yield names for a feed, the readable first: host, host and path, all of it, then numbered."""
    whole = HOLE.sub(r"\1", _PREFIX.sub("", written))
    host, slash, rest = whole.partition("/")
    whole = host.lower() + slash + rest
    yield host.lower()
    yield _TAIL.sub("", whole.partition("?")[0])
    yield whole
    number = 2
    while True:
        yield f"{whole}-{number}"
        number += 1
