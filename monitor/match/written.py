"""A text as matching sees it: its words, and, once it is asked, where they stand."""

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Final

from monitor.text.words import parted, pieces, spans, spans_of, tokens

#: What often stands between two words and ends no sentence.
_JOINS: Final = frozenset({" ", ", ", "-"})


class Written:
    """A text and its words."""

    def __init__(self, text: str) -> None:
        self.text = text
        #: Gaps and words in turn; hashtags are words and hold words, so that a text with some has no such pieces.
        self._pieces = [] if "#" in text else pieces(text)
        self.words = self._pieces[1::2] or tokens(text)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands: offsets into the text."""
        return spans_of(self._pieces) if self._pieces else spans(self.text)

    def parted(self, first: int, last: int) -> bool:
        """Whether a sentence ends between two words."""
        return any(self._ends(at) for at in range(first, last))

    def neighbours(self, at: int) -> tuple[list[str], int]:
        """Return a word with those next to it in its sentence, and which of them it is."""
        begins = at == 0 or self._ends(at - 1)
        ends = at == len(self.words) - 1 or self._ends(at)
        return self.words[at - (not begins) : at + 1 + (not ends)], 0 if begins else 1

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and the last word between two offsets; where none is, the one after and the one before."""
        first = bisect_right(self.spans, start, key=lambda span: span[1])
        return first, bisect_left(self.spans, end, key=lambda span: span[0]) - 1

    def _ends(self, at: int) -> bool:
        """Whether a sentence ends after a word."""
        (start, end), (following, last) = self.spans[at : at + 2]
        return self.text[end:following] not in _JOINS and parted(self.text, start, last)
