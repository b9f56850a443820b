"""Folding: what makes two spellings of a word the same word."""

import re
from unicodedata import normalize

#: Apostrophes as people and editors type them, the Ukrainian one and the prime of transliterations among them.
APOSTROPHES = "'’‘ʼʹ`´′＇"
#: Invisible characters that may stand inside a word: soft hyphen, zero-width and direction marks.
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"

_DROPPED = re.compile(f"[{INVISIBLE}\u034f\ufe00-\ufe0f]")
_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
#: What editors put over Cyrillic vowels to show stress, and the dot that lower-casing leaves of İ.
_STRESSED = re.compile("[АЕИОУЫЭЮЯІЄЇЁаеиоуыэюяієїё]\u0308?[\u0300\u0301]+|i\u0307+")
_STRESS = re.compile("[\u0300\u0301\u0307]")
#: Letters that look the same in both scripts; a word that mixes them was typed with the wrong keyboard.
_LATIN = "ABCEHIKMOPTXYaceiopxyÏï"
_CYRILLIC = "АВСЕНІКМОРТХУасеіорхуЇї"
_MIXED = re.compile("[A-Za-zÏï]+[Ѐ-ӿ][A-Za-zÏïЀ-ӿ]*|[Ѐ-ӿ]+[A-Za-zÏï][A-Za-zÏïЀ-ӿ]*")
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)


def plain(text: str) -> str:
    """Return the text spelled plainly: composed, of usual width, without stress marks and invisible characters.

    One apostrophe stands for all; a letter of the other script that looks like one of the word's own becomes it, as
    the Latin i in Belarusian. Case and ё stay. Plain text is what plain gives of it.
    """
    if text.isascii():
        return text.translate(_APOSTROPHE)
    text = normalize("NFKD", _DROPPED.sub("", text).translate(_APOSTROPHE)).translate(_APOSTROPHE)
    text = normalize("NFC", _STRESSED.sub(lambda marked: _STRESS.sub("", marked[0]), text))
    return _MIXED.sub(_one_script, text)


def fold(text: str) -> str:
    """Return the text spelled plainly, with case and ё made one as well.

    Unicode's compatibility caseless form (UAX #15, The Unicode Standard §3.13, D146) and what Russian, Ukrainian and
    Turkish printing needs on top. Folding twice is folding once.
    """
    if text.isascii():
        return text.lower().translate(_APOSTROPHE)
    return plain(plain(text).casefold()).casefold().replace("ё", "е")


def _one_script(mixed: re.Match[str]) -> str:
    """Read a word of two scripts in the one that all its letters can belong to; Cyrillic where both can."""
    word = mixed[0]
    for script, other in ((_TO_CYRILLIC, "[A-Za-zÏï]"), (_TO_LATIN, "[Ѐ-ӿ]")):
        if not re.search(other, one := word.translate(script)):
            return one
    return word
