"""Which entries of a document are new: what to remember an entry by, and what decides."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode, urlsplit

from monitor.model.entry import Entry

#: First byte of every alias. Another way of making aliases needs another version, and must go on making these.
_VERSION = b"\x01"

_TRACKING = re.compile(
    r"utm_.*|at_(?:medium|campaign|.*_type|.*_id)|xtor|fbclid|gclid|yclid|mc_[ce]id|cmpid|cmp|ocid|ns_.*|smid|smtyp|partner"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Digests that an entry is known by."""

    #: All to remember it by.
    aliases: tuple[bytes, ...]
    #: It is new only if none of these is known.
    decisive: tuple[bytes, ...]


def identities(entries: Sequence[Entry]) -> tuple[Identity, ...]:
    """Return the identity of every entry of one document.

    An entry is known by its id, or by its link and title together (so that a feed may change its ids); without an id by
    its link, or else by its title and day. An id or link that different entries of the document share, and a link to a
    site's front page, tell no entries apart and do not count.
    """
    ids: dict[str, set[tuple[str, str]]] = defaultdict(set)
    links: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        link, said = address(entry.link), _said(entry)
        ids[address(entry.id)].add((link, said))
        links[link].add(said)
    own_ids = {name for name, said in ids.items() if name and len(said) == 1}
    own_links = {link for link, said in links.items() if len(said) == 1 and "/" in link}
    return tuple(_identity(entry, own_ids, own_links) for entry in entries)


def unseen(identities: Sequence[Identity], known: Collection[bytes]) -> tuple[int, ...]:
    """Return the places of the entries that are new; of several that are one and the same, the first."""
    seen: set[bytes] = set()
    new = []
    for place, identity in enumerate(identities):
        if not any(alias in known or alias in seen for alias in identity.decisive):
            new.append(place)
            seen.update(identity.aliases)
    return tuple(new)


def address(url: str) -> str:
    """Return what a link points to: without scheme, `www.`, final slash and tracking parameters; other text as it is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme.lower() not in ("http", "https"):
        return url
    host = parts.netloc.lower().removeprefix("www.")
    query = urlencode(
        [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
    )
    fragment = "" if _TRACKING.match(parts.fragment) else parts.fragment
    return host + parts.path.rstrip("/") + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _identity(entry: Entry, own_ids: Collection[str], own_links: Collection[str]) -> Identity:
    name, link, said = address(entry.id), address(entry.link), _said(entry)
    by_title = _alias("title", said)
    by_day = _alias("title, day", said, entry.published.date().isoformat()) if entry.published else by_title
    by_page = _alias("link, title", link, said)
    strong = [_alias("id", name)] if name in own_ids else []
    if strong:
        decisive = [*strong, by_page]
    elif link in own_links:
        decisive = [_alias("link", link)]
    else:
        decisive = [by_day]
    if link in own_links:
        strong.append(_alias("link", link))
    return Identity(aliases=tuple(dict.fromkeys([*strong, by_page, by_title, by_day])), decisive=tuple(decisive))


def _said(entry: Entry) -> str:
    return " ".join((entry.title or entry.summary or entry.text).split()).casefold()


def _alias(*parts: str) -> bytes:
    return _VERSION + blake2b("\0".join(parts).encode(), digest_size=16).digest()
