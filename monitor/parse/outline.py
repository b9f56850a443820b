"""Where the entries of an XML feed begin and end, and what to know them by when the next version of it comes."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final, NoReturn
from xml.parsers import expat

from monitor.model.poll import Fetched, Outline
from monitor.parse.charset import charset

#: Root element to the element of an entry; names are "namespace name". Other feeds are read whole.
_ENTRY_OF: Final = {
    "rss": "item",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns# RDF": "http://purl.org/rss/1.0/ item",
    "http://www.w3.org/2005/Atom feed": "http://www.w3.org/2005/Atom entry",
    "http://purl.org/atom/ns# feed": "http://purl.org/atom/ns# entry",
}
_TAG_ENDS: Final = re.compile(rb"[\s>]")
#: Elements before the entries that say when the document was made, and change with every answer.
_DATES: Final = frozenset({"lastBuildDate", "pubDate", "updated", "modified", "date"})
#: Encodings of one byte a character that expat and Python read alike, beside UTF-8. "" is what the document declares.
_ENCODINGS: Final = ("utf-8", "us-ascii", "ascii", "iso-8859-", "windows-125", "cp125", "koi8-")
#: Bytes before the first entry that are looked at outside a child process.
_SHORT_HEAD: Final = 1 << 14


class _Uncuttable(Exception):
    """The document has a shape in which entries do not stand for themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A document and where its entries stand in it."""

    body: bytes
    #: What to read it in; "" to go by its XML declaration.
    encoding: str
    #: Begin and end of each entry.
    spans: tuple[tuple[int, int], ...]
    outline: Outline

    def without(self, known: Collection[bytes]) -> tuple[bytes, int]:
        """Return the document without the entries of these digests, and how many are left."""
        kept = [span for span, entry in zip(self.spans, self.outline.entries, strict=True) if entry not in known]
        return b"".join(self._pieces(kept)), len(kept)

    def _pieces(self, kept: list[tuple[int, int]]) -> Iterator[bytes]:
        yield self.body[: self.spans[0][0]]
        yield from (self.body[begin:end] for begin, end in kept)
        yield self.body[self.spans[-1][1] :]


def cut(fetched: Fetched) -> Cut | None:
    """Find the entries of a feed; None where it must be read whole.

    That is: no well-formed XML, a document type declaration, an encoding that is not certain, another root, no entries,
    empty ones, entries in entries, and other elements between them.
    """
    body = fetched.body
    encoding = charset(body, fetched.content_type)
    try:
        found = _Reader(encoding)
        found.read(body, final=True)
    except (_Uncuttable, expat.ExpatError, ValueError, LookupError):
        return None
    if not found.spans:
        return None
    head = found.head(fetched, encoding)
    rest = body[found.spans[0][0] :]
    outline = Outline(
        head=head,
        entries=tuple(digest(body[begin:end], head) for begin, end in found.spans),
        rest=digest(rest),
        length=len(rest),
    )
    return Cut(body=body, encoding=encoding, spans=tuple(found.spans), outline=outline)


def unchanged(fetched: Fetched, before: Outline) -> bool:
    """Whether the document differs from that of `before` in nothing but the dates before its first entry."""
    body, start = fetched.body, len(fetched.body) - before.length
    if not 0 < start < _SHORT_HEAD or digest(body[start:]) != before.rest:
        return False
    encoding = charset(body, fetched.content_type)
    try:
        found = _Reader(encoding)
        found.read(body[: body.index(b">", start) + 1], final=False)
    except (_Uncuttable, expat.ExpatError, ValueError, LookupError):
        return False
    return found.begin == start and found.head(fetched, encoding) == before.head


def digest(data: bytes, head: bytes = b"") -> bytes:
    """Return a digest of 16 bytes, another one for the same data under another head."""
    return blake2b(data, digest_size=16, person=head).digest()


@dataclass(slots=True)
class _Reader:
    """Reads a document with expat: its head with care, then the ends of entries."""

    encoding: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    #: Where the entry at hand begins; the end of the document when none does.
    begin: int = -1
    _said: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _entry: str = ""
    #: Goes on to the next entry.
    _next: re.Pattern[bytes] = field(init=False)
    _body: bytes = b""
    _expat: expat.XMLParserType = field(init=False)

    def __post_init__(self) -> None:
        _refuse(self.encoding)
        self._expat = expat.ParserCreate(self.encoding or None, " ")
        self._expat.ordered_attributes = True
        self._expat.XmlDeclHandler = lambda _version, declared, _standalone: _refuse(declared or "")
        self._expat.StartDoctypeDeclHandler = _stop
        self._expat.StartNamespaceDeclHandler = lambda prefix, uri: self._said.extend(("ns", prefix or "", uri or ""))
        self._expat.CharacterDataHandler = self._text
        self._expat.StartElementHandler = self._start_in_head
        self._expat.EndElementHandler = self._end_in_head

    def read(self, body: bytes, *, final: bool) -> None:
        """Read a document, or the beginning of one. Raises _Uncuttable, ExpatError, ValueError or LookupError."""
        self._body = body
        self._expat.Parse(body, final)

    def head(self, fetched: Fetched, encoding: str) -> bytes:
        """Return a digest of what can change the meaning of entries or tells of the feed: all but dates."""
        return digest("\0".join((fetched.url, encoding, *self._said)).encode())

    def _start_in_head(self, name: str, attributes: list[str]) -> None:
        if name == self._entry:
            self._begin_entries()
            return
        if not self._open:
            if name not in _ENTRY_OF:
                raise _Uncuttable
            self._entry = _ENTRY_OF[name]
        self._open.append(name)
        self._said.extend(("<", name, *attributes))

    def _end_in_head(self, _name: str) -> None:
        self._open.pop()
        self._said.append(">")

    def _text(self, text: str) -> None:
        if self._open[-1].rpartition(" ")[2] not in _DATES and not text.isspace():
            self._said.append(text)

    def _begin_entries(self) -> None:
        self._expat.StartElementHandler = self._expat.StartNamespaceDeclHandler = self._expat.CharacterDataHandler = (
            None
        )
        self._expat.EndElementHandler = self._end_in_entries
        self.begin = self._expat.CurrentByteIndex
        tag = _TAG_ENDS.split(self._body[self.begin :], 1)[0]
        self._next = re.compile(rb"\s*(?=" + re.escape(tag) + rb"[\s>])")

    def _end_in_entries(self, name: str) -> None:
        """Note where an entry ends; another one follows at once, or none at all."""
        if name != self._entry:
            return
        end = self._expat.CurrentByteIndex
        if end <= self.begin:  # an empty one, one within another, or one after the last
            raise _Uncuttable
        end = self._body.index(b">", end) + 1
        self.spans.append((self.begin, end))
        following = self._next.match(self._body, end)
        self.begin = following.end() if following else len(self._body)


def _refuse(encoding: str) -> None:
    """Raise _Uncuttable for an encoding that is not certain."""
    if encoding and not encoding.lower().startswith(_ENCODINGS):
        raise _Uncuttable


def _stop(*_: object) -> NoReturn:
    raise _Uncuttable
