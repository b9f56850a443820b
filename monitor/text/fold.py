"""Folding: what makes two spellings of a word the same word."""

import re
from unicodedata import normalize

#: Apostrophes as people and editors type them, the Ukrainian one and the prime of transliterations among them.
APOSTROPHES = "'’‘ʼʹ`´′＇"
#: Invisible characters that may stand inside a word: soft hyphen, zero-width and direction marks.
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"

_DROPPED = re.compile(f"[{INVISIBLE}\u034f\ufe00-\ufe0f]")
_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
#: What editors put over Cyrillic vowels to show stress, the dots of ё, and the dot that lower-casing leaves of İ.
_MARKED = re.compile("[аеиоуыэюяіє][\u0300-\u036f]+|i\u0307+")


def fold(text: str) -> str:
    """Return the text with case, width, composition, stress marks, ё and invisible characters made one.

    Unicode's compatibility caseless form (UAX #15, The Unicode Standard §3.13, D146) and what Russian, Ukrainian and
    Turkish printing needs on top. Folding twice is folding once.
    """
    if text.isascii():
        return text.lower().translate(_APOSTROPHE)
    text = normalize("NFKD", _DROPPED.sub("", text).translate(_APOSTROPHE))
    text = normalize("NFKD", text.casefold()).translate(_APOSTROPHE)
    return normalize("NFKC", _MARKED.sub(_unmark, text))


def _unmark(marked: re.Match[str]) -> str:
    letter, marks = marked[0][0], marked[0][1:]
    if letter in "еi":
        marks = marks.replace("\u0308", "").replace("\u0307", "")
    return letter + marks.replace("\u0300", "").replace("\u0301", "")
