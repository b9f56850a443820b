"""Where the entries of an XML feed begin and end, and what to know them by when the next version of it comes.

expat reads what is before the first entry. After that only ends of entries are looked for: whether the rest is
well-formed shows when it is parsed, and entries that are left out were parsed before.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice
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
#: Elements before the entries that say when the document was made, and change with every answer.
_DATES: Final = frozenset({"lastBuildDate", "pubDate", "updated", "modified", "date"})
#: Encodings that expat and Python read alike, with one byte for each character of markup. "" is what is declared.
_ENCODINGS: Final = ("utf-8", "us-ascii", "ascii", "iso-8859-", "windows-125", "cp125", "koi8-")
#: Where tags are none, and how that ends.
_NO_MARKUP: Final = {b"<![CDATA[": b"]]>", b"<!--": b"-->", b"<?": b"?>"}
#: How the first entry may begin.
_MAY_BEGIN: Final = re.compile(rb"<(?:[^\s/<>:]{0,100}:)?(?:item|entry)[\s>]")
#: Times that one may stand before the first, in comments.
_TRIES: Final = 10
_TAG: Final = re.compile(rb"<([^\s/<>]*)")
#: Bytes before the first entry that are looked at outside a child process.
_SHORT_HEAD: Final = 1 << 14


class _Uncuttable(Exception):
    """The document has a shape in which entries do not stand for themselves."""


_FAULTS: Final = (_Uncuttable, expat.ExpatError, ValueError, LookupError)


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
        pieces = [self.body[begin:end] for begin, end in kept]
        return b"".join((self.body[: self.spans[0][0]], *pieces, self.body[self.spans[-1][1] :])), len(kept)


def cut(fetched: Fetched) -> Cut | None:
    """Find the entries of a feed; None where it must be read whole.

    That is: ill-formed before the first entry, a document type declaration, an encoding that is not certain, another
    root, no entries, and some that are in one another or have other elements between them.
    """
    body = fetched.body
    encoding = charset(body, fetched.content_type)
    try:
        head = _Head(encoding)
        head.read(body)
        spans = tuple(_spans(body, head.end)) if head.end else ()
    except _FAULTS:
        return None
    if not spans:
        return None
    known_by, rest = head.digest(fetched), body[head.end :]
    outline = Outline(
        head=known_by,
        entries=tuple(digest(body[begin:end], known_by) for begin, end in spans),
        rest=digest(rest),
        length=len(rest),
    )
    return Cut(body=body, encoding=encoding, spans=spans, outline=outline)


def unchanged(fetched: Fetched, before: Outline) -> bool:
    """Whether the document differs from that of `before` in nothing but the dates before its first entry."""
    body, start = fetched.body, len(fetched.body) - before.length
    if not 0 < start < _SHORT_HEAD or digest(body[start:]) != before.rest:
        return False
    try:
        head = _Head(charset(body, fetched.content_type))
        head.read(body)
    except _FAULTS:
        return False
    return head.end == start and head.digest(fetched) == before.head


def digest(data: bytes, head: bytes = b"") -> bytes:
    """Return a digest of 16 bytes, another one for the same data under another head."""
    return blake2b(data, digest_size=16, person=head).digest()


def _spans(body: bytes, begin: int) -> Iterator[tuple[int, int]]:
    """Yield where entries begin and end. Raises _Uncuttable if anything but space is between two of them."""
    tag = _TAG.match(body, begin)
    name = re.escape(tag[1]) if tag else b""
    token = re.compile(rb"</" + name + rb"\s*>|<!\[CDATA\[|<!--|<\?")
    following = re.compile(rb"\s*(?=<" + name + rb"[\s>])")
    at, another = begin, tag
    while found := token.search(body, at):
        if found[0] in _NO_MARKUP:
            at = body.index(_NO_MARKUP[found[0]], found.end())
            continue
        if another is None:
            raise _Uncuttable
        at = found.end()
        yield begin, at
        another = following.match(body, at)
        begin = another.end() if another else at


@dataclass(slots=True)
class _Head:
    """What is before the first entry, read with expat."""

    encoding: str
    #: Where the first entry begins; 0 when there is none.
    end: int = 0
    _said: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _entry: str = ""

    def read(self, body: bytes) -> None:
        """Read a document up to its first entry. Raises _FAULTS."""
        _refuse(self.encoding)
        reader = expat.ParserCreate(self.encoding or None, " ")
        reader.ordered_attributes = True
        reader.XmlDeclHandler = lambda _version, declared, _standalone: _refuse(declared or "")
        reader.StartDoctypeDeclHandler = _stop
        reader.StartNamespaceDeclHandler = lambda prefix, uri: self._said.extend(("ns", prefix or "", uri or ""))
        reader.CharacterDataHandler = self._text
        reader.StartElementHandler = lambda name, attributes: self._start(name, attributes, reader.CurrentByteIndex)
        reader.EndElementHandler = self._close
        read_to = 0
        for tag in islice(_MAY_BEGIN.finditer(body), _TRIES):  # so that no more is read than needed
            end = body.index(b">", tag.end() - 1) + 1
            reader.Parse(body[read_to:end])
            read_to = end
            if self.end:
                return

    def digest(self, fetched: Fetched) -> bytes:
        """Return a digest of what can change the meaning of entries or tells of the feed: all but dates."""
        return digest("\0".join((fetched.url, self.encoding, *self._said)).encode())

    def _start(self, name: str, attributes: list[str], at: int) -> None:
        if self.end:
            return
        if name == self._entry:
            self.end = at
            return
        if not self._open:
            if name not in _ENTRY_OF:
                raise _Uncuttable
            self._entry = _ENTRY_OF[name]
        self._open.append(name)
        self._said.extend(("<", name, *attributes))

    def _close(self, _name: str) -> None:
        self._open.pop()
        self._said.append(">")

    def _text(self, text: str) -> None:
        if self._open[-1].rpartition(" ")[2] not in _DATES and not text.isspace():
            self._said.append(text)


def _refuse(encoding: str) -> None:
    """Raise _Uncuttable for an encoding that is not certain."""
    if encoding and not encoding.lower().startswith(_ENCODINGS):
        raise _Uncuttable


def _stop(*_: object) -> NoReturn:
    raise _Uncuttable
