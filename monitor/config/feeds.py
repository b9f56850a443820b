"""Feeds: their names, and what they have from the settings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from monitor.config.addresses import HOLE, USER, taken
from monitor.config.bind import Context
from monitor.config.fault import Place, shown
from monitor.model.feed import Address, Feed
from monitor.model.secret import Secret

_PREFIX = re.compile(rf"^\w+://(?:{USER})?(?:www\.)?")
#: Last parts of a path that say nothing of the feed.
_TAIL = re.compile(r"/(?:(?:rss|feed|atom|index)(?:\.\w+)?)?/*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A feed that may still lack a name and an interval."""

    place: Place
    url: Address
    name: str | None
    tags: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    every: timedelta | None = None
    mirrors: tuple[Address, ...] = ()
    #: As in `monitor.config.addresses.proxy`; None is that of the settings.
    proxy: Address | None = None
    headers: tuple[tuple[str, Secret], ...] = ()
    auth: Secret | None = None


def named(drafts: Sequence[Draft], context: Context) -> tuple[Feed, ...]:
    """Give every feed a name of its own; names and addresses that stand twice are noted."""
    places: dict[str, Place] = {}
    for draft in drafts:
        _unique(_same(draft.url.url.reveal()), draft.place, places, context, what="this feed")
    names: dict[str, Place] = {}
    for draft in drafts:
        if draft.name is not None:
            _unique(draft.name, draft.place, names, context, what=f"a feed named {shown(draft.name)}")
    feeds = []
    for draft in drafts:
        _one_login(draft, context)
        name = draft.name or next(label for label in _labels(draft.url.shown) if label not in names)
        names.setdefault(name, draft.place)
        feed = Feed(
            name=name,
            url=draft.url.url,
            shown_url=draft.url.shown,
            tags=frozenset(draft.tags),
            language=draft.language,
            every=draft.every or context.every,
            mirrors=draft.mirrors,
            proxy=taken(draft.proxy or context.proxy),
            headers=draft.headers,
            auth=draft.auth,
        )
        feeds.append(feed)
    return tuple(feeds)


def _one_login(draft: Draft, context: Context) -> None:
    names = {name.lower() for name, _ in draft.headers}
    said = ("@" in urlsplit(draft.url.url.reveal()).netloc, draft.auth is not None, "authorization" in names)
    if sum(said) > 1:
        hint = "keep one of: auth, the header Authorization, the user in the address"
        context.note(draft.place, "this feed says twice who you are", hint)


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
