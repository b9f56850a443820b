"""The attributes of a tag that may break every rule: bare &, < and quotation marks in values, quotes missing.

A quotation mark ends a value only if what follows can follow a value: the next attribute, or the end of the tag. Within
an HTML tag in a value (`<a href="x" target="y">`) only an attribute that no HTML tag has counts as the next.
Every pattern reads each character a bounded number of times, whatever the text.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from html.entities import html5

from monitor.opml.feedlist import Mend, Repairs

_NAME = r"(?<![\w:.-])[\w:.-]{1,40}"
#: A name with "=", and the quotation mark where a value begins; or a quotation mark alone.
_TOKEN = re.compile(rf"(?P<name>{_NAME})\s*=(?:\s*(?P<open>[\"'])|)|(?P<quote>[\"'])")
#: What may follow a value.
_NEXT = re.compile(rf"\s*(?:/?\s*>|{_NAME}\s*=|\Z)")
_NEXT_IN_HTML = re.compile(r"\s*(?:/?\s*>?\s*\Z|(?:xmlurl|htmlurl|text|description|category)\s*=)", re.IGNORECASE)
#: Attributes that begin even where no quotation mark ended the value before, and those of them that HTML has not.
_OURS = frozenset({"xmlurl", "htmlurl", "text", "title", "description", "type", "category"})
_ONLY_OURS = _OURS - {"title", "type"}
_HTML = re.compile(r"</?[A-Za-z]|>")
_BARE = re.compile(rf"\s*(?!{_NAME}\s*=)([^\s>\"']*)")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|([A-Za-z]\w{1,31}));")
_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})


@dataclass(slots=True, kw_only=True)
class Tag:
    """What was read of a start tag."""

    attributes: dict[str, str] = field(default_factory=dict)
    #: Where the last value ends.
    end: int = 0


def read_tag(text: str, line: int, repairs: Repairs) -> Tag:
    """Read what follows the name of a tag, up to the next tag of the list; names become lower case."""
    tag = Tag()
    while (token := _next_name(text, tag.end)) and ">" not in text[tag.end : token.start()]:
        value, tag.end = _value(text, token, line, repairs)
        name = token["name"].rpartition(":")[2].lower()
        repairs.note(Mend.TWICE, line, count=name in tag.attributes)
        repairs.note(Mend.LESS_THAN, line, count="<" in value)
        tag.attributes.setdefault(name, unescaped(value, line, repairs))
    return tag


def _next_name(text: str, start: int) -> re.Match[str] | None:
    return next((token for token in _TOKEN.finditer(text, start) if token["name"]), None)


def _value(text: str, token: re.Match[str], line: int, repairs: Repairs) -> tuple[str, int]:
    """Return the value that begins after a token, and where it ends."""
    if token["open"]:
        return _quoted(text, token.end(), token["open"], line, repairs)
    repairs.note(Mend.NO_QUOTE, line)
    found = _BARE.match(text, token.end())
    end = found.end() if found else token.end()
    value = found[1] if found else ""
    # The slash of "/>" is none of an address.
    if value.endswith("/") and text[end : end + 1] == ">":
        return value[:-1], end - 1
    return value, end + (text[end : end + 1] in {'"', "'"})


def _quoted(text: str, start: int, mark: str, line: int, repairs: Repairs) -> tuple[str, int]:
    html, seen = False, start
    for token in _TOKEN.finditer(text, start):
        for tag in _HTML.finditer(text, seen, token.start()):
            html = tag[0] != ">"
        seen = token.end()
        if _begins(token, text, html=html):
            repairs.note(Mend.NO_QUOTE, line)
            return text[start : token.start()].rstrip(), token.start()
        if (token["quote"] or token["open"]) == mark and (_NEXT_IN_HTML if html else _NEXT).match(text, seen):
            repairs.note(Mend.QUOTE, line, count=mark in text[start : seen - 1])
            return text[start : seen - 1], seen
    repairs.note(Mend.NO_QUOTE, line)
    end = _last(text, start)
    return text[start:end].strip(), end


def _begins(token: re.Match[str], text: str, *, html: bool) -> bool:
    """Whether a token within a value is the beginning of the next attribute."""
    ours = _ONLY_OURS if html else _OURS
    spaced = text[token.start() - 1 : token.start()].isspace()
    return bool(token["open"]) and spaced and token["name"].lower() in ours


def _last(text: str, start: int) -> int:
    """Return where a value ends that nothing ended: at the end of its tag."""
    end = len(text.rstrip())
    if text.endswith(">", start, end):
        end = len(text[start : end - 1].rstrip().removesuffix("/").rstrip()) + start
    return end


def unescaped(text: str, line: int, repairs: Repairs) -> str:
    """Return the text with its references replaced by what they stand for (XML 1.0 §4.1), HTML's included.

    Only those that end in a semicolon count: `?a=1&copy=2` is an address.
    """
    if "&" not in text:
        return text

    def put(found: re.Match[str]) -> str:
        name = found[1]
        if name and f"{name};" not in html5:
            return found[0]
        repairs.note(Mend.ENTITY, line, count=bool(name) and name not in _XML)
        letter = unescape(found[0])
        repairs.note(Mend.CONTROL, line, count=letter in {"", "\ufffd"})
        return "" if letter == "\ufffd" else letter

    known = sum(not found[1] or f"{found[1]};" in html5 for found in _REFERENCE.finditer(text))
    repairs.note(Mend.AMPERSAND, line, count=text.count("&") - known)
    return _REFERENCE.sub(put, text)
