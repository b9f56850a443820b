"""Which character encoding a document is in, where the answer's header or the document itself would mislead."""

import codecs
import contextlib
import re
from collections.abc import Iterator
from email.message import Message
from itertools import islice

from monitor.text.garbled import garbled

#: How a document in an encoding begins; the longer first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    *((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
    *((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
    (b"<\0\0\0", "utf-32-le"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
#: What servers add by themselves, whatever the document is in.
_DEFAULTS = frozenset({"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"})
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{1,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_META = re.compile(rb"""<meta[^>]{1,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._-]{1,40})""", re.IGNORECASE)
#: Encodings of one byte a character that agree with ASCII: what text in them looks like can be tried on any bytes.
_SINGLE = re.compile(r"(?:windows|cp|x-cp)-?(?:125\d|866)|iso-?8859-?\d+|latin-?\d+|koi8-[ru]|(?:us-)?ascii", re.I)
#: What is tried when nothing that was said fits.
_LIKELY = ("windows-1252", "windows-1251", "koi8-r")
#: Words of one byte a letter that hold letters beyond ASCII, and how many of them are looked at.
_WORDS, _MOST_WORDS = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*"), 150
#: Letters beyond ASCII that suffice to choose by, and to call a feed suspect.
_TO_CHOOSE, _TO_SUSPECT = 6, 60
#: The part of characters beyond ASCII that may be damaged in UTF-8.
_MOST_DAMAGED = 0.05
#: First letters of pairs that UTF-8 becomes when it is read in windows-1252 or windows-1251 and written as UTF-8 again;
#: they are rare otherwise.
_TWICE = ("\u00c3", "\u00c2", "\u00d0", "\u00d1", "\u0420", "\u0421", "\u0413", "\ufffd")
_MOST_TWICE, _ENOUGH = 0.3, 20
#: Bytes of UTF-8 that are looked at.
_BEGINNING = 1 << 15
#: First bytes of characters beyond ASCII in UTF-8.
_LEADS = bytes(range(0xC2, 0xF5))


def charset(body: bytes, content_type: str) -> str:
    """Return the encoding to read `body` in, "" to go by its XML declaration (XML 1.0 appendix F).

    A byte order mark, or a "<" of several bytes, comes first. Then the bytes themselves: what is valid UTF-8 beyond
    ASCII is UTF-8. Then the header (RFC 7303 §3), unless it names a mere default, then the declaration, then what is
    likely; the first in which the text reads as a language does.
    """
    found = _certain(body)
    if found:
        return found
    said = list(_said(body, content_type))
    if body.isascii() or (said and not _SINGLE.fullmatch(said[0])):
        return "" if not said or said[0] == _declared(body) else said[0]
    words = _sample(body)
    fitting = (name for name in (*said, *_LIKELY) if not garbled(_read(words, name), least=_TO_CHOOSE))
    return next(fitting, said[0] if said else _LIKELY[0])


def page_charset(body: bytes, content_type: str) -> str:
    """Return the encoding to read a page in: as for a feed, but a page says it in its head, or nowhere."""
    found = _META.search(body[:_BEGINNING])
    if found and _named(content_type) in {"", *_DEFAULTS}:
        content_type = f"text/html; charset={found[1].decode('ascii')}"
    return charset(body, content_type) or next(_said(body, content_type), "utf-8")


def suspect(body: bytes, content_type: str) -> bool:
    """Return whether the text reads as no language does, in whatever encoding it is taken for (R15)."""
    name = charset(body, content_type)
    if name == "utf-8":
        beginning = body[:_BEGINNING]
        beyond = len(beginning) - len(beginning.translate(None, _LEADS))
        odd = sum(beginning.count(letter.encode()) for letter in _TWICE)
        return odd >= _ENOUGH and odd / max(beyond, 1) > _MOST_TWICE
    return bool(_SINGLE.fullmatch(name)) and garbled(_read(_sample(body), name), least=_TO_SUSPECT)


def recoded(body: bytes, encoding: str) -> bytes:
    """Return a body of this encoding in UTF-8; as it is if it is in UTF-8 already, or has a byte order mark."""
    return body if _certain(body) else body.decode(encoding, "replace").encode()


def mended(body: bytes) -> bytes:
    """Return UTF-8 of which a few bytes are damaged with U+FFFD in their place, any other body as it is."""
    if body.isascii() or _certain(body):
        return body
    text = body.decode("utf-8", "replace")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return text.encode() if text.count("\ufffd") <= _MOST_DAMAGED * beyond else body


def _certain(body: bytes) -> str:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return name
    if not body.isascii():
        with contextlib.suppress(UnicodeDecodeError):
            body.decode("utf-8")
            return "utf-8"
    return ""


def _said(body: bytes, content_type: str) -> Iterator[str]:
    """Yield what header and declaration name, as far as Python knows it."""
    named = _named(content_type)
    for name in ("" if named in _DEFAULTS else named, _declared(body)):
        with contextlib.suppress(LookupError, ValueError):
            if name and codecs.lookup(name).name != "utf-8":
                b"<".decode(name, "replace")  # some of Python's codecs are for other things than texts
                yield name


def _named(content_type: str) -> str:
    header = Message()
    header["Content-Type"] = content_type
    return header.get_content_charset("")


def _declared(body: bytes) -> str:
    found = _DECLARED.match(body)
    return found[1].decode("ascii").lower() if found else ""


def _sample(body: bytes) -> bytes:
    return b" ".join(found[0] for found in islice(_WORDS.finditer(body), _MOST_WORDS))


def _read(words: bytes, name: str) -> str:
    return words.decode(name, "replace") if _SINGLE.fullmatch(name) else ""
