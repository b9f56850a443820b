"""Where sentences end; abbreviations, initials and numbers with a full stop end none."""

import re

_CLOSING = r"[\"'’”“»›)\]」』]*"
#: What may end a sentence. The glance back keeps a long row of dots from being tried from each of them.
_END = re.compile(rf"(?<![.!?…])[.!?…؟]+{_CLOSING}(?=\s)|[。！？।]+{_CLOSING}|\n\s*\n\s*")
#: How far to look for the word after the end, past quotation marks and dashes, and for the one before it.
_NEAR = 16
_WORD_AFTER = re.compile(r"[^\W_]")
_WORD_BEFORE = re.compile(r"[^\W_]+\Z")
#: Short for something: what has no vowels ("млн", "Mr"), and what has.
_SHORT = re.compile(
    "[bcdfghj-np-tv-xzбвгґджзйклмнпрстфхцчшщ]{2,4}"
    "|акад|англ|арх|буд|вул|ген|деп|доц|зам|изд|им|ім|имп|ін|каб|кап|коп|лат|лейт|наб|напр|нач|обл|оф|пом|пос|проф"
    "|просп|ред|рис|руб|тел|тис|тыс|ул|укр|approx|apr|aug|ave?|blvd|ca|capt|co|col|dec|dept|ed|etc|feb|fig|gen|gov|hon"
    "|inc|jan|maj|nov|oct|prof|rep|rev|sen|sept|univ|usw|vol|abs|al|art|bzw|evtl|im|inkl|np|sra|św|tzw|uds?|ul|woj",
    re.IGNORECASE,
)
#: How many letters or digits may stand before a full stop that is followed by a number, and make an ordinal.
_BEFORE_NUMBER, _ORDINAL = 4, 2


def ends(text: str, start: int = 0, end: int | None = None) -> list[int]:
    """Return the places between two others where a sentence ended: after its punctuation, before the space.

    A blank line ends one as well; the end of a line does not: it may be no more than how a plain text was wrapped.
    """
    return [found.end() for found in _END.finditer(text, start, len(text) if end is None else end) if _ends(found)]


def _ends(found: re.Match[str]) -> bool:
    """Whether what may end a sentence does: not before a small letter, nor after an abbreviation."""
    text, sign = found.string, found[0]
    if sign[0] in "\n。！？।":
        return True
    after = _WORD_AFTER.search(text, found.end(), found.end() + _NEAR)
    following = after[0] if after else ""
    if following.islower():
        return False
    before = _WORD_BEFORE.search(text[max(0, found.start() - _NEAR) : found.start()])
    return sign[0] != "." or sign[1:2] == "." or not before or not _abbreviates(before[0], following)


def _abbreviates(word: str, following: str) -> bool:
    """Whether a full stop after this word may be the word's own: "А. С. Пушкин", "ст. 205", "24. Februar", "Gen."."""
    if len(word) == 1 or word.isdigit():
        return len(word) <= _ORDINAL
    if following.isdigit() and len(word) <= _BEFORE_NUMBER:
        return True
    return not word.isupper() and _SHORT.fullmatch(word) is not None
