"""Whether text looks as if its bytes were read in another encoding than they were written in."""

import re
from collections import Counter

#: The part of words that may look odd.
MOST_ODD = 0.3

_WORD = re.compile(r"[^\W\d_]+")
#: A small letter before a capital one: KOI8 and windows-1251 have them in each other's places.
_TURNED = re.compile("[а-яё][А-ЯЁ]")
_LATIN, _CYRILLIC = re.compile("[A-Za-zÀ-ɏ]"), re.compile("[Ѐ-ӿ]")
#: Of a Latin word, the part of letters beyond ASCII that no language reaches in longer words.
_MOST_ACCENTS, _LONG = 0.6, 4
#: Letters that are frequent in every language written in Cyrillic, and some that are rare; in what only looks so it is
#: the other way about.
_FREQUENT, _RARE, _LEAST_EXCESS, _ENOUGH = "оеаинтсрі", "ъэюфщцхшжё", 0.15, 15


def garbled(text: str, *, least: int) -> bool:
    """Return whether the words of a text that hold letters beyond ASCII read as in no language.

    Of fewer such letters than `least` nothing is said.
    """
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    controls = sum("\x80" <= letter <= "\x9f" or letter == "\ufffd" for letter in text)
    if controls + sum(not letter.isascii() for word in words for letter in word) < least:
        return False
    odd = sum(map(_is_odd, words)) + controls
    return odd / (len(words) + controls) > MOST_ODD or _is_cipher("".join(words).lower())


def _is_odd(word: str) -> bool:
    if _CYRILLIC.search(word):
        return bool(_LATIN.search(word) or _TURNED.search(word))
    accents = sum(not letter.isascii() for letter in word)
    return len(word) >= _LONG and bool(_LATIN.match(word)) and accents / len(word) > _MOST_ACCENTS


def _is_cipher(letters: str) -> bool:
    """Whether Cyrillic letters are spread as in no language."""
    counts = Counter(_CYRILLIC.findall(letters))
    excess = sum(counts[each] for each in _FREQUENT) - 2 * sum(counts[each] for each in _RARE)
    return counts.total() >= _ENOUGH and excess / counts.total() < _LEAST_EXCESS
