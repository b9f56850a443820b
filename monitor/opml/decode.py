"""Makes text of a file's bytes, in whatever encoding they really are."""

import codecs
import re

from monitor.opml.feedlist import Mend, Repairs

#: How a file in an encoding begins; the longer first (XML 1.0 appendix F).
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?\sencoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})""")
#: Encodings of text in which "<" is "<"; Python knows others, some of them slow.
_KNOWN = re.compile(
    r"(iso-?8859-?\d+|latin-?\d|windows-?\d+|cp\d+|koi8-[a-z]|mac\w*|gbk?|gb2312|gb18030|big5\w*|shift_jis|euc[-_]\w+)",
    re.IGNORECASE,
)
_HIGH = re.compile(rb"[\x80-\xff]+")
#: Part of the bytes beyond ASCII that may be damaged in what still is UTF-8.
_DAMAGED = 0.1


#: After decoding, a declaration says nothing more.
_DECLARATION = re.compile(r"[\s\ufeff]*<\?xml[^>]{0,200}\?>")


def decoded(raw: bytes, repairs: Repairs) -> str:
    """Return the text without its XML declaration; its line ends are line feeds, as many as before.

    A byte order mark comes first; what is UTF-8 is UTF-8, whatever it says; then the declared encoding (XML 1.0
    §4.3.3) counts if the bytes fit it. Otherwise the two that most often go unsaid are tried.
    """
    text = _decoded(raw, repairs).replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    declaration = _DECLARATION.match(text)
    if declaration:
        repairs.note(Mend.BEFORE, 1, count=not text.startswith("<"))
        return "\n" * declaration[0].count("\n") + text[declaration.end() :]
    return text


def _decoded(raw: bytes, repairs: Repairs) -> str:
    mark = next((name for mark, name in _MARKS if raw.startswith(mark)), "")
    declared = _declared(raw)
    for name in filter(None, (mark, "utf-8", declared)):
        try:
            text = raw.decode(name)
        except UnicodeDecodeError:
            continue
        wrong = name == "utf-8" and not mark and bool(declared) and not raw.isascii()
        repairs.note(f"{Mend.ENCODING}: read as UTF-8", count=wrong)
        return text
    guess = mark or ("utf-8" if _is_nearly_utf8(raw) else "windows-1251" if _is_cyrillic(raw) else "windows-1252")
    repairs.note(f"{Mend.ENCODING}: read as {guess.upper()}")
    return raw.decode(guess, errors="replace")


def _declared(raw: bytes) -> str:
    """Return the declared encoding; "" if it is UTF-8, or none that we know."""
    found = _DECLARED.search(raw[:1000])
    name = found[1].decode("ascii", errors="replace") if found else ""
    try:
        return codecs.lookup(name).name if _KNOWN.fullmatch(name) else ""
    except LookupError:
        return ""


def _is_nearly_utf8(raw: bytes) -> bool:
    """Whether it is UTF-8 in which a few letters were damaged."""
    beyond = len(raw) - len(raw.translate(None, bytes(range(128, 256))))
    return raw.decode(errors="replace").count("\ufffd") <= beyond * _DAMAGED


def _is_cyrillic(raw: bytes) -> bool:
    """Whether letters beyond ASCII mostly stand together, as in Russian, and not alone, as in French."""
    runs = _HIGH.findall(raw)
    return 2 * len(runs) < sum(map(len, runs))
