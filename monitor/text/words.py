"""Text to words, with the places where they stand; says nothing of what a word means.

Words are runs of letters and digits; apostrophes inside them belong to them, hyphens part them. Scripts that write no
spaces give a word for each character, so that a term of several characters is a phrase and matches anywhere. An emoji
is a word, with all that it is made of; a hashtag in capitals, as #StopWar, is one word and then each of its words.
"""

import re
from itertools import accumulate, pairwise
from unicodedata import category

from monitor.text import sentences
from monitor.text.fold import APOSTROPHES, INVISIBLE, TONES

#: Halves of flags, and all emoji.
_FLAG = "\U0001f1e6-\U0001f1ff"
_EMOJI = f"\u231a-\u23ff\u2600-\u27bf\u2b00-\u2bff{_FLAG}\U0001f200-\U0001faff"
#: Thai, Lao, Myanmar, Khmer, kana, Han.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u3096\u309d-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
#: French and Italian words that lose their end before a vowel, and English ones that lose their beginning.
_ELIDED = ("c|d|j|l|m|n|s|t", "qu|un", "all", "coll|dall|dell|nell|sull", "jusqu|quell|quest", "lorsqu|puisqu|quoiqu")
_CLITIC = "s|d|m|ll|re|ve"


def _classes() -> tuple[str, str]:
    """Letters with digits, and marks, as ranges for a regular expression: `re` knows no such classes.

    What little is written above the basic plane counts as letters whole: `re` is ten times slower with its gaps.
    """
    chars = "".join(map(chr, range(0x10000)))
    kinds = "".join("-" if (kind := category(char)) == "No" else kind[0] for char in chars)
    for others in re.finditer(f"[{_UNSPACED}{_EMOJI}{APOSTROPHES}]+", chars):
        start, end = others.span()
        kinds = kinds[:start] + re.sub("[LN]", "-", kinds[start:end]) + kinds[end:]

    def ranges(wanted: str) -> str:
        return "".join(f"{chr(run.start())}-{chr(run.end() - 1)}" for run in re.finditer(wanted, kinds))

    # Halfwidth Japanese writes its marks as letters.
    return ranges("[LN]+") + "\U00010000-\U0001efff", ranges("M+") + "\uff9e\uff9f"


def _any_case(words: str) -> str:
    """Return the pattern with each letter in capitals and small, and at full width."""

    def forms(letter: re.Match[str]) -> str:
        both = letter[0] + letter[0].upper()
        return f"[{both}{''.join(chr(ord(one) + 0xFEE0) for one in both)}]"

    return re.sub("[a-z]", forms, words)


_LETTER, _MARK = _classes()
#: Inside a word, but neither after an elision (l'armée) nor before what is left of an English word (Putin's, he'll).
_APOSTROPHE = (
    "".join(rf"(?<!(?<![^\W_])(?:{_any_case(words)}))" for words in _ELIDED)
    + rf"[{APOSTROPHES}](?!(?:{_any_case(_CLITIC)})(?![^\W_]))"
)
#: The glance ahead makes it twice as fast; possessive quantifiers would too, but hang Python 3.11.2 (Debian 12).
_WORD = re.compile(
    rf"([{_LETTER}][{_LETTER}{_MARK}]*(?:(?![{INVISIBLE}{APOSTROPHES}])|"
    rf"(?:(?:[{INVISIBLE}]+(?:{_APOSTROPHE}[{INVISIBLE}]*)?|{_APOSTROPHE}[{INVISIBLE}]*)[{_LETTER}{_MARK}]+)*)"
    rf"|[{_UNSPACED}][{_MARK}]*"
    rf"|[{_EMOJI}](?:(?<=[{_FLAG}])[{_FLAG}])?[{_MARK}{TONES}]*(?:\u200d[{_EMOJI}][{_MARK}{TONES}]*)*)"
)
#: Where a line may be broken: at white space, and before a character that is a word.
BREAK = re.compile(rf"\s+|(?<![\u200d{_FLAG}])(?=[{_UNSPACED}{_EMOJI}])(?![{_MARK}{TONES}])")


def tokens(text: str) -> list[str]:
    """Return the words of a text, as they are written."""
    if "#" in text:
        return [text[start:end] for start, end in spans(text)]
    return pieces(text)[1::2]


def spans(text: str) -> list[tuple[int, int]]:
    """Return where each of `tokens(text)` stands."""
    if "#" in text:
        found = (word.span() for word in _WORD.finditer(text))
        return [place for start, end in found for place in ((start, end), *_parts(text, start, end))]
    return spans_of(pieces(text))


def pieces(text: str) -> list[str]:
    """Return what stands before the first word, that word, what stands between it and the next one, and so on.

    For a text without hashtags, every other piece is one of its tokens.
    """
    return _WORD.split(text)


def spans_of(pieces: list[str]) -> list[tuple[int, int]]:
    """Return where every other one of these pieces stands, which are words."""
    ends = list(accumulate(map(len, pieces)))
    return list(zip(ends[0::2], ends[1::2], strict=False))


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the words of a hashtag stand that has several: #StopWar, #НетВойне, #Победа2022."""
    if text[start - 1 : start] != "#":
        return []
    cuts = [
        at
        for at in range(start + 1, end)
        if text[at].isdigit() != text[at - 1].isdigit()
        or (text[at].isupper() and (text[at - 1].islower() or text[at + 1 : min(at + 2, end)].islower()))
    ]
    return list(pairwise((start, *cuts, end))) if cuts else []


def parted(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends, or a blank line stands, between two places that begin and end words.

    The end of a line is none: it may be no more than how a plain text was wrapped.
    """
    return bool(sentences.ends(text, start, end))


def sentence_edges(text: str) -> list[int]:
    """Return where sentences and lines begin and end: 0, each place between two, the length of the text."""
    lines = (line.end() for line in re.finditer(r"\n\s*", text))
    return sorted({0, *sentences.ends(text), *lines, len(text)})
