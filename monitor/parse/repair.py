"""What is mended in a feed's bytes before they are read."""

import re

_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_CHARACTERS = (
    range(0x9, 0xB),
    range(0xD, 0xE),
    range(0x20, 0xD800),
    range(0xE000, 0xFFFE),
    range(0x10000, 0x110000),
)
#: Digits of the largest character, in decimal.
_DIGITS = 7


def without_bad_references(body: bytes) -> bytes:
    """Drop numeric references to what is no character (XML 1.0 §2.2, §4.1).

    One of them (half an emoji, a control character) makes a document ill-formed, and some stop feedparser altogether.
    """
    return _REFERENCE.sub(_kept, body) if b"&#" in body else body


def _kept(found: re.Match[bytes]) -> bytes:
    digits = (found[1] or found[2]).lstrip(b"0")
    number = int(digits or b"0", 16 if found[1] else 10) if len(digits) <= _DIGITS else -1
    return found[0] if any(number in characters for characters in _CHARACTERS) else b""
