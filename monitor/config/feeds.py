"""Feeds: their addresses, what is shown of them, and their names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from monitor.config.bind import Context, scalar
from monitor.config.fault import Place, Wrong, shown
from monitor.config.nodes import Node
from monitor.config.secrets import filled
from monitor.model.feed import Feed
from monitor.model.secret import Secret

_HOLE = re.compile(r"\$\{(?:file:)?([^}]*)\}")
#: What stands before the host: a name, and a password or token (RFC 3986 §3.2.1).
_USER = r"(?P<name>(?:\$\{[^}]*\}|[^/?#@:$])*:)?(?P<word>(?:\$\{[^}]*\}|[^/?#])*)@"
_USERINFO = re.compile(r"(?<=//)" + _USER)
_PREFIX = re.compile(rf"^\w+://(?:{_USER})?(?:www\.)?")
#: Last parts of a path that say nothing of the feed.
_TAIL = re.compile(r"/(?:(?:rss|feed|atom|index)(?:\.\w+)?)?/*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a feed is: the URL itself, and as the user wrote it, passwords masked."""

    url: Secret
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A feed that may still lack a name and an interval."""

    place: Place
    url: Address
    name: str | None
    tags: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    every: timedelta | None = None


def address(node: Node, context: Context) -> Address:
    """Take an http or https URL (RFC 9110 §4.2)."""
    url = filled(node, context)
    written = scalar(node).text
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and parts.port != 0 and not re.search(r"\s", url)
    except ValueError:
        raise Wrong(node.place, "this address has a wrong host or port", _LIKE) from None
    if not parts.netloc:
        hint = f"write https://{written}" if _is_bare(written) else _LIKE
        raise Wrong(node.place, "this is no address of a feed: it does not begin with https:// or http://", hint)
    if parts.scheme not in {"http", "https"}:
        raise Wrong(node.place, f"feeds can not be read with {_scheme(written)}", "only http:// and https:// work")
    if not usable:
        raise Wrong(node.place, "this address has no host, or a space in it", _LIKE)
    return Address(url=Secret(url), shown=_masked(written))


_LIKE = "write it as your browser shows it: https://host/path"


def _is_bare(written: str) -> bool:
    return re.fullmatch(r"[\w-]+(\.[\w-]+)+(/[\w./-]*)?", written) is not None


def _scheme(written: str) -> str:
    return f"{written.partition('://')[0]}://" if "${" not in written.partition("://")[0] else "this protocol"


def _masked(written: str) -> str:
    """Replace a password, or a user name that may be a token, by `***`; `${NAME}` may stand."""

    def mask(found: re.Match[str]) -> str:
        return (found["name"] or "") + (found["word"] if _HOLE.fullmatch(found["word"]) else "***") + "@"

    return _USERINFO.sub(mask, written, count=1)


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
        name = draft.name or next(label for label in _labels(draft.url.shown) if label not in names)
        names.setdefault(name, draft.place)
        feed = Feed(
            name=name,
            url=draft.url.url,
            shown_url=draft.url.shown,
            tags=frozenset(draft.tags),
            language=draft.language,
            every=draft.every or context.every,
        )
        feeds.append(feed)
    return tuple(feeds)


def _unique(key: str, place: Place, seen: dict[str, Place], context: Context, *, what: str) -> None:
    first = seen.setdefault(key, place)
    if first is not place:
        context.note(place, f"{what} stands here a second time", f"it is in line {first.line} already")


def _same(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/", fragment="").geturl()


def _labels(written: str) -> Iterator[str]:
    """Yield names for a feed, the readable first: host, host and path, all of it, then numbered."""
    whole = _HOLE.sub(r"\1", _PREFIX.sub("", written))
    host, slash, rest = whole.partition("/")
    whole = host.lower() + slash + rest
    yield host.lower()
    yield _TAIL.sub("", whole.partition("?")[0])
    yield whole
    number = 2
    while True:
        yield f"{whole}-{number}"
        number += 1
