"""Which character encoding a document is in, where the answer's header would mislead."""

import codecs
import contextlib
from email.message import Message

#: How a document in an encoding begins; the longer first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
#: What servers add by themselves, whatever the document is in.
_DEFAULTS = frozenset({"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"})


def charset(body: bytes, content_type: str) -> str:
    """Return the encoding to read `body` in, "" to go by its XML declaration (XML 1.0 appendix F).

    A byte order mark, or a "<" of several bytes, comes first. Then the bytes themselves: what is valid UTF-8 beyond
    ASCII is UTF-8. Then the header (RFC 7303 §3), unless it names a mere default.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return name
    if not body.isascii():
        with contextlib.suppress(UnicodeDecodeError):
            body.decode("utf-8")
            return "utf-8"
    header = Message()
    header["Content-Type"] = content_type
    named = header.get_content_charset("")
    return "" if named in _DEFAULTS else named
