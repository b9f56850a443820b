"""RSS, RDF and Atom. With `strict`, the only file that knows feedparser; nothing but our own types leaves it."""

import io
import re
import xml.sax
from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from monitor.model.entry import Entry
from monitor.model.poll import Failure, Fetched, Links, Outline, Parsed, ParseFailed
from monitor.parse.charset import charset
from monitor.parse.dates import moment, read_date
from monitor.parse.outline import Cut, cut
from monitor.parse.repair import without_bad_references
from monitor.parse.strict import read_strictly
from monitor.text.html import html_to_text, one_line, plain_text

#: Entries of one document that are taken (R14).
MOST_ENTRIES = 2000

_HTML = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", "image/svg+xml"})
_LOOKS_ESCAPED = re.compile(r"&#?\w+;|</\w+>")
#: What feedparser raises on bytes it did not expect (found by fuzzing).
_SURPRISES = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    feedparser.UndeclaredNamespace,
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")

#: feedparser's own dictionaries; read with dict.get, for their get answers with another key when one is missing.
_Dict = dict[str, Any]

feedparser.registerDateHandler(read_date)


def parse_feed(fetched: Fetched, known: Collection[bytes] = ()) -> Parsed | ParseFailed | None:
    """Read a feed; None when the document is none, or is damaged before its first entry.

    Entries whose bytes are `known` (digests of an earlier outline) are left out where the rest is sure to be read as
    it would be with them.
    """
    pieces = cut(fetched)
    if pieces is None or len(pieces.spans) > MOST_ENTRIES:
        return _whole(fetched)
    return _part(fetched, pieces, known) or _whole(fetched)


def _part(fetched: Fetched, pieces: Cut, known: Collection[bytes]) -> Parsed | None:
    """Read a document without known entries; None where what is read in the rest may be another thing with them."""
    body, count = pieces.without(known)
    try:
        found = read_strictly(body, pieces.encoding)
    except (*_SURPRISES, xml.sax.SAXException):
        return None
    if len(found.entries) != count or not (found.independent or count == len(pieces.spans)):
        return None
    return _parsed(fetched, found.feeddata, found.entries, pieces.outline if found.independent else None)


def _whole(fetched: Fetched) -> Parsed | ParseFailed | None:
    """Read a document of any kind.

    feedparser gets bytes as a stream, for it opens a string that is a path or an address; and no address of the feed,
    so that ids stay as given when the feed moves (links are made absolute here). Its cleaning of HTML is off: it is
    quadratic, and we take the text alone.
    """
    name = charset(fetched.body, fetched.content_type)
    try:
        found = feedparser.parse(
            io.BytesIO(without_bad_references(fetched.body)),
            response_headers={"content-type": f"application/xml; charset={name}" if name else "application/xml"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except _SURPRISES as fault:
        return ParseFailed(failure=Failure.NOT_A_FEED, detail=f"the parser stumbled ({type(fault).__name__})")
    damaged = isinstance(found.get("bozo_exception"), xml.sax.SAXException)
    if not found.entries and (damaged or not found.version):
        return None
    return _parsed(fetched, found.feed, found.entries)


def _parsed(fetched: Fetched, feed: _Dict, entries: list[_Dict], outline: Outline | None = None) -> Parsed:
    language = language_tag(dict.get(feed, "language")) or language_tag(fetched.content_language)
    return Parsed(
        title=_title(feed),
        language=language,
        entries=tuple(_entry(entry, fetched.url, language) for entry in _newest(entries)),
        dropped=max(0, len(entries) - MOST_ENTRIES),
        outline=outline,
        links=Links(hubs=_linked(feed, "hub"), topic=next(iter(_linked(feed, "self")), "")),
    )


def language_tag(given: object) -> str:
    """Return a language tag (BCP 47) as it should be written, "" for anything else."""
    tag = given.strip().replace("_", "-") if isinstance(given, str) else ""
    return tag if _LANGUAGE.fullmatch(tag) else ""


def web_link(base: str, link: str) -> str:
    """Return an absolute http or https address, "" for any other and for none (R57)."""
    if not link:
        return ""
    try:
        address = urljoin(base, one_line(link))
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""


def _linked(head: _Dict, rel: str) -> tuple[str, ...]:
    """Return where links of this kind in a feed's head lead, atom:link in RSS included."""
    links = dict.get(head, "links") or []
    return tuple(link["href"] for link in links if rel == link.get("rel") and link.get("href"))


def _newest(entries: list[_Dict]) -> list[_Dict]:
    """Return as many entries as are taken: the first, or the last where the document goes from old to new."""
    if len(entries) <= MOST_ENTRIES:
        return entries
    top, bottom = (moment(dict.get(entry, "published_parsed")) for entry in (entries[0], entries[-1]))
    return entries[-MOST_ENTRIES:] if top and bottom and top < bottom else entries[:MOST_ENTRIES]


def _entry(entry: _Dict, base: str, feed_language: str) -> Entry:
    contents = dict.get(entry, "content") or []
    text = "\n".join(dict.fromkeys(filter(None, map(_text, contents))))
    detail = dict.get(entry, "summary_detail")
    summary = _text(detail) if detail else text
    parts = [part for part in (dict.get(entry, "title_detail"), detail, *contents) if part]
    languages = [dict.get(entry, "language"), *(part.get("language") for part in parts)]
    return Entry(
        id=one_line(dict.get(entry, "id") or ""),
        link=web_link(base, dict.get(entry, "link") or ""),
        title=_title(entry),
        summary=summary,
        text="" if text == summary else text,
        author=_joined(author.get("name") or author.get("email") for author in dict.get(entry, "authors") or []),
        category=_joined(tag.get("label") or tag.get("term") for tag in dict.get(entry, "tags") or []),
        published=moment(dict.get(entry, "published_parsed")),
        updated=moment(dict.get(entry, "updated_parsed")),
        language=next(filter(None, map(language_tag, languages)), feed_language),
    )


def _title(of: _Dict) -> str:
    detail = dict.get(of, "title_detail")
    return one_line(_text(detail) if detail else dict.get(of, "title") or "")


def _text(part: _Dict) -> str:
    """Return a text construct (RFC 4287 §3.1) as plain text; "" for what is no text."""
    kind, value = part.get("type") or "text/html", part.get("value") or ""
    if kind in _HTML:
        return html_to_text(value)
    return plain_text(value) if kind.startswith("text/") else ""


def _joined(names: Iterable[str | None]) -> str:
    """Join names, each once; many feeds put markup where plain text belongs."""
    texts = (html_to_text(name) if _LOOKS_ESCAPED.search(name) else name for name in names if name)
    return ", ".join(dict.fromkeys(filter(None, map(one_line, texts))))
