"""A text as matching sees it: its words, and, once it is asked, where they stand."""

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Final

from monitor.text.words import parted, sentence_edges, spans, tokens

#: Words on either side that a choice among readings looks at.
_NEIGHBOURS: Final = 8


class Written:
    """A text and its words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = tokens(text)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands: offsets into the text."""
        return spans(self.text)

    def parted(self, first: int, last: int) -> bool:
        """Whether a sentence ends between two words."""
        return parted(self.text, self.spans[first][0], self.spans[last][1])

    def sentence(self, at: int) -> tuple[list[str], int]:
        """Return the words around one in its sentence, and which of them it is."""
        start = self.spans[at][0]
        after = bisect_right(self._edges, start)
        begin, end = self.between(self._edges[after - 1], self._edges[after])
        begin, end = max(begin, at - _NEIGHBOURS), min(end, at + _NEIGHBOURS)
        return self.words[begin : end + 1], at - begin

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and the last word between two offsets; where none is, the one after and the one before."""
        first = bisect_right(self.spans, start, key=lambda span: span[1])
        return first, bisect_left(self.spans, end, key=lambda span: span[0]) - 1

    @cached_property
    def _edges(self) -> list[int]:
        return sentence_edges(self.text)
