"""A text as matching sees it: its words, and, once it is asked, where they stand."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate, count
from operator import add
from typing import Final

from monitor.text.words import parted, spans, tokens

#: What often stands between two words and ends no sentence.
_JOINS: Final = frozenset({" ", ", ", "-"})


class Written:
    """A text and its words, cut at its spaces first: few texts are worth more."""

    def __init__(self, text: str) -> None:
        self.text = text
        #: What stands between spaces.
        self.pieces = text.split()
        self._spans: dict[int, tuple[int, int]] = {}

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands: offsets into the text."""
        return spans(self.text)

    def span(self, at: int) -> tuple[int, int]:
        """Return where one word stands."""
        if at not in self._spans:
            piece = bisect_right(self._counted, at) - 1
            start, end = spans(self.pieces[piece])[at - self._counted[piece]]
            self._spans[at] = self._starts[piece] + start, self._starts[piece] + end
        return self._spans[at]

    def word(self, at: int) -> str:
        """Return one word, as it is written."""
        start, end = self.span(at)
        return self.text[start:end]

    def count(self, counts: Iterable[int]) -> None:
        """Be told how many words each piece has."""
        self._counted = [*accumulate(counts, initial=0)]

    def parted(self, first: int, last: int) -> bool:
        """Whether a sentence ends between two words."""
        return any(self._ends(at) for at in range(first, last))

    def neighbours(self, at: int) -> tuple[list[str], int]:
        """Return a word with those next to it in its sentence, and which of them it is."""
        first = at if at == 0 or self._ends(at - 1) else at - 1
        last = at if at == self._counted[-1] - 1 or self._ends(at) else at + 1
        return [self.word(each) for each in range(first, last + 1)], at - first

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and the last word between two offsets; where none is, the one after and the one before."""
        first = bisect_right(self.spans, start, key=lambda span: span[1])
        return first, bisect_left(self.spans, end, key=lambda span: span[0]) - 1

    def _ends(self, at: int) -> bool:
        """Whether a sentence ends after a word."""
        (start, end), (following, last) = self.span(at), self.span(at + 1)
        return self.text[end:following] not in _JOINS and parted(self.text, start, last)

    @cached_property
    def _counted(self) -> list[int]:
        """How many words stand before each piece, and in all."""
        return [*accumulate((len(tokens(piece)) for piece in self.pieces), initial=0)]

    @cached_property
    def _starts(self) -> list[int]:
        """Where each piece starts; where there is but one space between any two, there is no need to look."""
        starts = list(map(add, accumulate(map(len, self.pieces), initial=0), count()))
        if starts[-1] == len(self.text) + 1:
            return starts
        starts.clear()
        end = 0
        for piece in self.pieces:
            starts.append(self.text.index(piece, end))
            end = starts[-1] + len(piece)
        return starts
