"""Where the feeds of a site may be: what its page and its headers say, and where feeds are by custom. Asks nobody."""

import re
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import urljoin, urlsplit

from yarl import URL

from monitor.model.poll import Fetched
from monitor.parse.charset import page_charset
from monitor.text.links import header_links
from monitor.text.tags import Tag, tags

#: Links of one page that are handed on.
MOST_LINKS = 200

_TAGS = frozenset({"a", "area", "base", "link"})
#: Types that only feeds have, the outdated and the misspelt included.
_FEED_TYPE = re.compile(r"(?:application|text)/(?:x[.-])?(?:(?:rss|atom|rdf)(?:\+xml)?|feed\+json)")
#: Types that a feed may have if it is an alternate form of the page.
_MAYBE_TYPES = frozenset({"application/xml", "text/xml", "application/json"})
_NO_FEED = re.compile(r"sitemap|opensearch|oembed|xmlrpc|/wp-json/", re.IGNORECASE)

_FILE = re.compile(r"\.(?:rss|atom|rdf|xml)$|/(?:feed|rss2?|atom|rdf)/?$|/feed\.json$", re.IGNORECASE)
_QUERY = re.compile(r"(?:^|&)(?:feed|format|type|output|alt)=(?:rss2?|atom|rdf|feed|xml)(?:&|$)", re.IGNORECASE)
#: "rss" as a word, "feed" as a whole part of the path: feeding stories are no feeds.
_PATH = re.compile(r"(?:^|[/_.-])rss2?(?:[/_.-]|$)|/(?:news|web)?feeds?(?:/|$|\.)", re.IGNORECASE)
_TEXT = re.compile(r"\brss\b|\b(?:news|web) ?feeds\b", re.IGNORECASE)
_LONGEST_TEXT = 60
_FEED_HOST = re.compile(r"^(?:feeds?\d*|rss)\.|feedburner", re.IGNORECASE)
_COMMENTS = re.compile(r"/comments(?:/|$)|[=/]comments-(?:rss|atom)|/comments\.\w+$", re.IGNORECASE)
#: How WordPress and Blogger call them, in the languages of our users.
_COMMENTS_TITLE = re.compile(
    r"^(?:comments (?:on|for)\b|комментарии(?::| на:| к\b)|коментарі(?::| до\b)|каментары(?::| да\b)|kommentare zu\b"
    r"|commentaires sur\b|comentarios en\b|komentarze do\b|komentáře k\b)|\bcomments feed$",
    re.IGNORECASE,
)

#: All that RFC 3986 lets stand in an address; anything else is percent-encoded.
_PLAIN = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
#: A name or an address, after encoding.
_HOST = re.compile(r"[A-Za-z0-9_.-]+|[0-9A-Fa-f:.]+")
_FEED_SCHEME = re.compile(r"^feed:(?:(?://)?(?=https?:)|(?=//))", re.IGNORECASE)

_CUSTOMARY = (
    *("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml"),
    *("rss/all", "rss/news", "feeds/posts/default"),
)
_CUSTOMARY_BELOW = ("feed", "rss", "index.xml")
#: A path that may be that of a section: few parts, and no numbers or file names as articles have them.
_SECTION = re.compile(r"(?:/[^/.\d]+){1,3}/?")


class Kind(IntEnum):
    """Why a link may lead to a feed, the surest first."""

    DECLARED = 0
    ADDRESS = 1
    #: Its address or its text speak of feeds: it may as well lead to a page that lists them.
    LIST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A place where a feed may be."""

    url: str
    kind: Kind
    #: Whether it is for readers' comments.
    comments: bool = False


def address(text: str, base: str = "") -> str:
    """Return a complete http or https address without fragment; "" for what is none, or can be none."""
    text = _FEED_SCHEME.sub("", re.sub(r"[\t\r\n]", "", text).strip())
    try:
        text = urljoin(base, text)
        url = URL(text, encoded=_PLAIN.fullmatch(text) is not None).with_fragment(None)
        _ = urlsplit(str(url)).port  # what is wrong with one that is taken as it is shows only here
    except (ValueError, IndexError):  # the latter of yarl's own, for http://[]@
        return ""
    usable = url.scheme in {"http", "https"} and _HOST.fullmatch(url.raw_host or "") and _PLAIN.fullmatch(str(url))
    return str(url) if usable else ""


def starts(typed: str) -> tuple[str, ...]:
    """Return the addresses that the user may mean, in the order to try them; none if it is no address at all."""
    typed = _FEED_SCHEME.sub("", typed.strip())
    if re.search(r"\s", typed):
        return ()
    bare = typed.removeprefix("//")
    tried = [typed] if "://" in typed else [f"https://{bare}", f"http://{bare}"]
    return tuple(filter(None, map(address, tried)))


def links(page: Fetched) -> tuple[Link, ...]:
    """Return where feeds may be by what a page and its Link header say; the surest first, each address once."""
    base = page.url
    found: dict[str, Link] = {}
    for tag in (*header_links(page.link), *tags(_decoded(page), _TAGS)):
        href = tag.attributes.get("href", "")
        if tag.name == "base":
            base = address(href, base) or base
        elif href and (url := address(href, base)) and (link := _link(tag, url, URL(page.url))):
            found[url] = min(link, found.get(url, link), key=lambda each: each.kind)
    return tuple(sorted(found.values(), key=lambda link: link.kind)[:MOST_LINKS])


def customary(url: str) -> tuple[str, ...]:
    """Return where feeds are by custom: below the path of a section, then at the top of the site."""
    page = URL(url)
    below = [f"{page.raw_path.rstrip('/')}/{name}" for name in _CUSTOMARY_BELOW if _SECTION.fullmatch(page.path)]
    top = str(page.origin())
    return tuple(top + path for path in (*below, *(f"/{name}" for name in _CUSTOMARY)))


def front(url: str) -> str:
    """Return the address of the site's front page."""
    return f"{URL(url).origin()}/"


def for_comments(url: str, title: str) -> bool:
    """Whether a feed of this address and title holds readers' comments."""
    return bool(_COMMENTS.search(url) or _COMMENTS_TITLE.search(title))


def _link(tag: Tag, url: str, page: URL) -> Link | None:
    shown = " ".join([tag.text, tag.attributes.get("title", ""), tag.attributes.get("aria-label", "")]).strip()
    kind = _kind(tag, URL(url), shown, page)
    if kind is None or _NO_FEED.search(url):
        return None
    return Link(url=url, kind=kind, comments=for_comments(url, shown))


def _kind(tag: Tag, url: URL, shown: str, page: URL) -> Kind | None:
    given = tag.attributes.get("type", "").partition(";")[0].strip().lower()
    alternate = "alternate" in tag.attributes.get("rel", "").lower().split()
    if _FEED_TYPE.fullmatch(given) or (alternate and given in _MAYBE_TYPES):
        return Kind.DECLARED
    if tag.name == "link" or given:
        return None
    ours = _same_site(url.raw_host or "", page.raw_host or "")
    if _FILE.search(url.path) or _QUERY.search(url.query_string):
        return Kind.ADDRESS if ours or _FEED_HOST.search(url.raw_host or "") else None
    speaks = _PATH.search(url.path) or (len(shown) <= _LONGEST_TEXT and _TEXT.search(shown))
    return Kind.LIST if ours and speaks else None


def _same_site(one: str, other: str) -> bool:
    one, other = (f".{host.removeprefix('www.')}" for host in (one, other))
    return one.endswith(other) or other.endswith(one)


def _decoded(page: Fetched) -> str:
    """Read a page in the encoding that it, or its header, names; else as UTF-8."""
    return page.body.decode(page_charset(page.body, page.content_type), "replace")
