"""Text to words, with the places where they stand; says nothing of what a word means.

Words are runs of letters and digits; apostrophes inside them belong to them, hyphens part them. Scripts that write no
spaces give a word for each character, so that a term of several characters is a phrase and matches anywhere.
"""

import re
from unicodedata import category

from monitor.text.fold import APOSTROPHES, INVISIBLE

#: Thai, Lao, Myanmar, Khmer, kana, Han; emoji stand among them because each is a word too.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\u2600-\u26ff\U0001f1e6-\U0001faff\U00020000-\U0003ffff"
)


def _classes() -> tuple[str, str]:
    """Letters with digits, and marks, as ranges for a regular expression: `re` knows no such classes.

    What little is written above the basic plane counts as letters whole: `re` is ten times slower with its gaps.
    """
    chars = re.sub(f"[{_UNSPACED}{APOSTROPHES}]", " ", "".join(map(chr, range(0x10000))))
    kinds = "".join("-" if (kind := category(char)) == "No" else kind[0] for char in chars)

    def ranges(wanted: str) -> str:
        return "".join(f"{chr(run.start())}-{chr(run.end() - 1)}" for run in re.finditer(wanted, kinds))

    return ranges("[LN]+") + "\U00010000-\U0001efff", ranges("M+")


_LETTER, _MARK = _classes()
#: Inside a word, but neither after a French elision (l'armée) nor before an English possessive (Putin's).
_APOSTROPHE = rf"(?<!\b[cdjlmnstCDJLMNST])(?<!\b[Qq][Uu])[{APOSTROPHES}](?![sS]\b)"
#: The glance ahead makes it twice as fast; possessive quantifiers would too, but hang Python 3.11.2 (Debian 12).
_WORD = re.compile(
    rf"[{_LETTER}][{_LETTER}{_MARK}]*"
    rf"(?:(?=[{INVISIBLE}{APOSTROPHES}])(?:[{INVISIBLE}]+|{_APOSTROPHE})[{_LETTER}{_MARK}]+)*"
    rf"|[{_UNSPACED}][{_MARK}]*"
)
_CLOSING = r"[\"'’”»)\]]*"
#: A full stop after up to four letters is taken for an abbreviation's: "St. Petersburg", "проф. Иванов".
_END = rf"[.!?](?:(?<=\w{{5}}\.)|(?<=[!?])){_CLOSING}(?=\s)|[。！？]|\n\s*\n"
_SENTENCE_END = re.compile(_END)
_EDGE = re.compile(rf"{_END}|\n")


def tokens(text: str) -> list[str]:
    """Return the words of a text, as they are written."""
    return _WORD.findall(text)


def spans(text: str) -> list[tuple[int, int]]:
    """Return where each of `tokens(text)` stands."""
    return [word.span() for word in _WORD.finditer(text)]


def parted(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends, or a blank line stands, between two places that begin and end words.

    The end of a line is none: it may be no more than how a plain text was wrapped.
    """
    return _SENTENCE_END.search(text, start, end) is not None


def sentence_edges(text: str) -> list[int]:
    """Return where sentences and lines begin and end: 0, each place between two, the length of the text."""
    return sorted({0, *(edge.end() for edge in _EDGE.finditer(text)), len(text)})
