"""Which entries of a document are new: what to remember an entry by, and what decides."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from monitor.model.entry import Entry

#: First byte of every alias. Another way of making aliases needs another version, and must go on making these.
_VERSION = b"\x01"

#: Stands for the id of an entry that has none; as long as an alias.
NO_ID = bytes(17)

#: Titles that one link has in a document before it can not be one entry, listed again under another headline.
_MANY = 3
#: Part of a document's links that leads to one host when all are from one site.
_ONE_SITE = 0.9
#: What of its ids a feed may have given to several entries before none counts any more (R23).
_MOST_SHARED = 0.05
#: Entries known by title and day alone before a site is taken to have given all of them new ids and links.
_MOVED = 3

#: Words of a title, of the shorter one, that another has which is like it.
_LIKE = 1 / 3
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"[0-9a-z]{5,}")
_DATE = re.compile(r"(?:19|20)\d\d[01]\d[0-3]\d$")

#: A link without it leads to a site's front page.
_BEYOND_HOST = re.compile("[/?#]")

_TRACKING = re.compile(
    r"utm_.*|at_(?:medium|campaign|.*_type|.*_id)|xtor|fbclid|gclid|yclid|mc_[ce]id|cmpid|cmp|ocid|ns_.*|smid|smtyp|partner"
)


class Identity(NamedTuple):
    """Digests that an entry is known by."""

    #: All to remember it by.
    aliases: tuple[bytes, ...]
    #: What it is called by: its id, or else its link, or else its title and day.
    decisive: bytes
    #: Each is enough to know it by, `decisive` first.
    strong: tuple[bytes, ...]
    #: Title and path, its link, and two of which one must be known: enough where the link is not. () for nothing.
    path: tuple[bytes, ...]
    #: Enough where most that is not known otherwise is known by this: its title and day. None for nothing.
    moved: bytes | None
    #: Each is enough to know it by in a document from another address; a title without its day only if it has none.
    anywhere: tuple[bytes, ...]
    #: Entries of one document that share one of these are one entry, listed twice.
    twins: tuple[bytes, ...]


class Marks(NamedTuple):
    """What tells an entry from others: digests of what it says, each an alias that it may be known by."""

    title: bytes
    title_day: bytes
    link: bytes
    #: Link, title and day.
    page: bytes
    #: Its id; NO_ID for none.
    id: bytes
    #: Title, and where its link leads on a host, whichever that is.
    path: bytes
    #: Title, summary and content: another one after an edit.
    text: bytes
    #: The host that its link leads to, in four bytes.
    host: bytes
    #: Whether the link leads further than to a site's front page.
    leads: bool


def marks(entry: Entry) -> Marks:
    """Return the marks of an entry."""
    name, link, said, day = address(entry.id), address(entry.link), _said(entry), _day(entry)
    body = " ".join(f"{entry.summary} {entry.text}".split())
    beyond = _BEYOND_HOST.search(link)
    by_title = _alias("title", said)
    return Marks(
        title=by_title,
        title_day=_alias("title, day", said, day) if day else by_title,
        link=_alias("link", link),
        page=_alias("link, title, day", link, said, day),
        id=_alias("id", name) if name else NO_ID,
        path=_alias("path, title", link[beyond.start() :] if beyond else "", said),
        text=_alias("text", " ".join(entry.title.split()), body),
        host=_alias(link[: beyond.start()] if beyond else link)[-4:],
        leads=beyond is not None,
    )


def identities(marks: Sequence[Marks], *, by_link: bool = False) -> tuple[Identity, ...]:
    """Return the identity of every entry of one document.

    An entry is known by its id; without one by its link, or else by its title and day. An id that different entries of
    the document share tells none of them from the others, nor does a link that many share or that leads to a site's
    front page; `by_link` says that the feed's ids never do (R23). Whatever its id, a dated entry is known by link,
    title and day together, and where all is from one site by title and path with day or text, as after a move to
    another host.
    """
    titles: dict[bytes, set[bytes]] = defaultdict(set)
    hosts: Counter[bytes] = Counter()
    for entry in marks:
        if entry.leads:
            titles[entry.link].add(entry.title)
            hosts[entry.host] += 1
    links = {link for link, said in titles.items() if len(said) < _MANY}
    places: dict[bytes, set[bytes]] = defaultdict(set)
    for entry in marks:
        places[entry.id].add(entry.link if entry.link in links else entry.title)
    ids = {name for name, where in places.items() if name != NO_ID and len(where) == 1 and not by_link}
    one_site = max(hosts.values(), default=0) >= _ONE_SITE * hosts.total()
    days = Counter(entry.title_day for entry in marks) if one_site else {}
    return tuple(
        _identity(
            entry,
            by_id=(entry.id,) if entry.id in ids else (),
            by_link=(entry.link, entry.page) if entry.link in links else (),
            by_path=(entry.path,) if entry.link in links and one_site else (),
            alone=days.get(entry.title_day) == 1,
        )
        for entry in marks
    )


def is_another(before: Entry, now: Entry) -> bool:
    """Whether an id that `before` had was given to another entry: its link leads elsewhere, its title is unlike (R24).

    A link that keeps the number of its page leads to that page, whatever else of it follows the headline.
    """
    if _numbers(before.link) & _numbers(now.link):
        return False
    one, other = (set(_WORD.findall(_said(entry))) for entry in (before, now))
    return len(one & other) < _LIKE * min(len(one), len(other))


def shares_ids(marks: Sequence[Marks]) -> bool:
    """Whether a document gives so many ids to several entries that its feed's ids tell nothing, for good (R23)."""
    pages: dict[bytes, set[tuple[bytes, bytes]]] = defaultdict(set)
    for entry in marks:
        if entry.id != NO_ID:
            pages[entry.id].add((entry.link, entry.title))
    given = sum(entry.id != NO_ID for entry in marks)
    return sum(len(entries) - 1 for entries in pages.values()) > _MOST_SHARED * given


def unseen(identities: Sequence[Identity], known: Collection[bytes], *, elsewhere: bool = False) -> tuple[int, ...]:
    """Return the places of the entries that are new; of several that are one and the same, the first.

    `elsewhere`: the document comes from another address than those before, which may have other ids and links.
    """
    seen: set[bytes] = set()
    new: list[int] = []
    for place, identity in enumerate(identities):
        if seen.isdisjoint(identity.twins) and known_by(identity, known, elsewhere=elsewhere) is None:
            new.append(place)
        seen.update(identity.twins)
    moved = {place for place in new if identities[place].moved in known}
    if len(moved) < max(_MOVED, len(new) / 2):
        return tuple(new)
    return tuple(place for place in new if place not in moved)


def known_by(identity: Identity, known: Collection[bytes], *, elsewhere: bool = False) -> bytes | None:
    """Return the alias by which an entry is known; None if it is by none of those that are enough alone."""
    for alias in identity.anywhere if elsewhere else identity.strong:
        if alias in known:
            return alias
    if identity.path:
        path, link, *either = identity.path
        if path in known and link not in known and any(alias in known for alias in either):
            return path
    return None


def deciding(identities: Sequence[Identity], known: Collection[bytes]) -> set[bytes]:
    """Return the aliases that tell that entries are known: as few as do."""
    return {
        alias
        for each in identities
        for alias in ((each.decisive,) if each.decisive in known else each.strong)
        if alias in known
    }


@lru_cache(maxsize=4096)
def address(url: str) -> str:
    """Return what a link points to, without scheme, `www.`, final slash and tracking parameters; other text as is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme.lower() not in ("http", "https"):
        return url
    host = parts.netloc.lower().removeprefix("www.")
    # Some feeds escape twice, now and then.
    pairs = parse_qsl(re.sub("&amp;?", "&", parts.query), keep_blank_values=True)
    query = urlencode([pair for pair in pairs if not _TRACKING.fullmatch(pair[0])])
    fragment = "" if _TRACKING.match(parts.fragment) else parts.fragment
    return host + parts.path.rstrip("/") + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _identity(
    entry: Marks,
    *,
    by_id: tuple[bytes, ...],
    by_link: tuple[bytes, ...],
    by_path: tuple[bytes, ...],
    alone: bool,
) -> Identity:
    """Return the identity of an entry by those of its marks that count; `alone` in having its title and day."""
    decisive, by_page = (*by_id, *by_link, entry.title_day)[0], by_link[1:]
    aliases = tuple(dict.fromkeys((entry.title, entry.title_day, *by_link, *by_id)))
    dated = entry.title_day != entry.title
    return Identity(
        aliases=(*aliases, *by_path, entry.text),
        decisive=decisive,
        strong=(decisive, *(by_page if dated else ())),
        path=(entry.path, entry.link, entry.title_day, entry.text) if by_path else (),
        moved=entry.title_day if alone and dated else None,
        anywhere=aliases[1:] if dated else aliases,
        twins=(decisive, *by_page),
    )


def _numbers(link: str) -> set[str]:
    """Return what in a link may be the number of a page: long, with a digit, and no date."""
    return {part for part in _NUMBER.findall(address(link)) if any(map(str.isdigit, part)) and not _DATE.match(part)}


def _day(entry: Entry) -> str:
    return entry.published.date().isoformat() if entry.published else ""


def _said(entry: Entry) -> str:
    return " ".join((entry.title or entry.summary or entry.text).split()).casefold()


def _alias(*parts: str) -> bytes:
    return _VERSION + blake2b("\0".join(parts).encode(), digest_size=16).digest()
