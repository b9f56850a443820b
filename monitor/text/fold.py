"""Folding: what makes two spellings of a word the same word."""

import re
from unicodedata import normalize

#: Apostrophes as people and editors type them, the Ukrainian one and the prime of transliterations among them.
APOSTROPHES = "'’‘‛ʼʻʹ`´′＇"
#: Invisible characters that may stand inside a word: soft hyphen, zero-width and direction marks.
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
#: Skin tones: they change how an emoji looks, not what it says.
TONES = "\U0001f3fb-\U0001f3ff"

_DROPPED = re.compile(f"[{INVISIBLE}\u034f\ufe00-\ufe0f]|(?<=.)[{TONES}]", re.DOTALL)
_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
#: What editors put over Cyrillic vowels to show stress, and the dot that lower-casing leaves of İ.
_STRESSED = re.compile("[АЕИОУЫЭЮЯІЄаеиоуыэюяіє][\u0300\u0301\u0308]+|i\u0307+")
_STRESS = re.compile("[\u0300\u0301\u0307]")
#: Letters that look the same in both scripts, without their marks; a word of two scripts was mistyped, or disguised.
_LATIN = "ABCEHIKMOPTXYaceikopxy"
_CYRILLIC = "АВСЕНІКМОРТХУасеікорху"
_RUN = re.compile("[A-Za-zÆ-ɏЀ-ԯ\u0300-\u036f]+")
_A_LATIN, _A_CYRILLIC = re.compile("[A-Za-zÆ-ɏ]"), re.compile("[Ѐ-ԯ]")
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
#: Some of the other way round look so only to a Latin eye: Macedonian and Serbian letters.
_TO_LATIN = str.maketrans(_CYRILLIC + "ЅѕЈјһԁԛԝ", _LATIN + "SsJjhdqw")


def plain(text: str) -> str:
    """Return the text spelled plainly: composed, of usual width, without stress marks and invisible characters.

    One apostrophe stands for all; a letter of the other script that looks like one of the word's own becomes it, as
    the Latin i in Belarusian. Case and ё stay. Plain text is what plain gives of it.
    """
    if text.isascii():
        return text.translate(_APOSTROPHE)
    text = normalize("NFKD", _DROPPED.sub("", text).translate(_APOSTROPHE)).translate(_APOSTROPHE)
    if _A_LATIN.search(text) and _A_CYRILLIC.search(text):
        text = _RUN.sub(_one_script, text)
    return normalize("NFC", _STRESSED.sub(lambda marked: _STRESS.sub("", marked[0]), text))


def fold(text: str) -> str:
    """Return the text spelled plainly, with case and ё made one as well.

    Unicode's compatibility caseless form (UAX #15, The Unicode Standard §3.13, D146) and what Russian, Ukrainian and
    Turkish printing needs on top. Folding twice is folding once.
    """
    if text.isascii():
        return text.lower().translate(_APOSTROPHE)
    return plain(plain(text).casefold()).casefold().replace("ё", "е")


def _one_script(run: re.Match[str]) -> str:
    """Read a word in the script that all its letters can belong to; where both can, in that of most, or Cyrillic."""
    word = run[0]
    readings = [
        one
        for one, other in ((word.translate(_TO_CYRILLIC), _A_LATIN), (word.translate(_TO_LATIN), _A_CYRILLIC))
        if not other.search(one)
    ]
    return min(readings, key=lambda one: sum(map(str.__ne__, one, word)), default=word)
