"""Which entries of a document are new: what to remember an entry by, and what decides."""

import re
from collections import defaultdict
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

#: A link without it leads to a site's front page.
_BEYOND_HOST = re.compile("[/?#]")

_TRACKING = re.compile(
    r"utm_.*|at_(?:medium|campaign|.*_type|.*_id)|xtor|fbclid|gclid|yclid|mc_[ce]id|cmpid|cmp|ocid|ns_.*|smid|smtyp|partner"
)


class Identity(NamedTuple):
    """Digests that an entry is known by."""

    #: All to remember it by.
    aliases: tuple[bytes, ...]
    #: It is new only if this is not known.
    decisive: bytes
    #: Each is enough to know it by in a document from another address; a title without its day only if it has none.
    anywhere: tuple[bytes, ...]
    #: Entries of one document that share this are one entry, listed twice; None where nothing tells.
    twin: bytes | None


class Marks(NamedTuple):
    """What tells an entry from others: digests of what it says, each an alias that it may be known by."""

    title: bytes
    title_day: bytes
    link: bytes
    #: Link, title and day.
    page: bytes
    #: Its id; NO_ID for none.
    id: bytes
    #: Whether the link leads further than to a site's front page.
    leads: bool


def marks(entry: Entry) -> Marks:
    """Return the marks of an entry."""
    name, link, said = address(entry.id), address(entry.link), _said(entry)
    by_title = _alias("title", said)
    return Marks(
        title=by_title,
        title_day=_alias("title, day", said, _day(entry)) if entry.published else by_title,
        link=_alias("link", link),
        page=_alias("link, title, day", link, said, _day(entry)),
        id=_alias("id", name) if name else NO_ID,
        leads=_BEYOND_HOST.search(link) is not None,
    )


def identities(marks: Sequence[Marks]) -> tuple[Identity, ...]:
    """Return the identity of every entry of one document.

    An entry is known by its id; without one by its link, or else by its title and day. Within one document, entries of
    the same link, title and day are one, whatever their ids. An id that different entries of the document share, a link
    that many share, and a link to a site's front page tell no entries apart and do not count.
    """
    titles: dict[bytes, set[bytes]] = defaultdict(set)
    for entry in marks:
        if entry.leads:
            titles[entry.link].add(entry.title)
    own_links = {link for link, said in titles.items() if len(said) < _MANY}
    places: dict[bytes, set[bytes]] = defaultdict(set)
    for entry in marks:
        places[entry.id].add(entry.link if entry.link in own_links else entry.title)
    own_ids = {name for name, where in places.items() if name != NO_ID and len(where) == 1}
    return tuple(_identity(entry, own_ids, own_links) for entry in marks)


def unseen(identities: Sequence[Identity], known: Collection[bytes], *, elsewhere: bool = False) -> tuple[int, ...]:
    """Return the places of the entries that are new; of several that are one and the same, the first.

    `elsewhere`: the document comes from another address than those before, which may have other ids and links.
    """
    seen: set[bytes] = set()
    new = []
    for place, identity in enumerate(identities):
        marks = {identity.decisive, identity.twin or identity.decisive}
        counts = set(identity.anywhere) if elsewhere else {identity.decisive}
        if counts.isdisjoint(known) and not marks & seen:
            new.append(place)
        seen |= marks
    return tuple(new)


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


def _identity(entry: Marks, own_ids: Collection[bytes], own_links: Collection[bytes]) -> Identity:
    aliases, decisive, by_page = [entry.title, entry.title_day], entry.title_day, None
    if entry.link in own_links:
        decisive, by_page = entry.link, entry.page
        aliases += [decisive, by_page]
    if entry.id in own_ids:
        decisive = entry.id
        aliases.append(decisive)
    return Identity(aliases=tuple(dict.fromkeys(aliases)), decisive=decisive, anywhere=tuple(aliases[1:]), twin=by_page)


def _day(entry: Entry) -> str:
    return entry.published.date().isoformat() if entry.published else ""


def _said(entry: Entry) -> str:
    return " ".join((entry.title or entry.summary or entry.text).split()).casefold()


def _alias(*parts: str) -> bytes:
    return _VERSION + blake2b("\0".join(parts).encode(), digest_size=16).digest()
