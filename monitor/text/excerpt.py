"""Excerpts: the sentences around what matched, short enough for a message, with the matched words marked."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from monitor.model.entry import Entry, Field
from monitor.model.match import Match
from monitor.text.fold import fold
from monitor.text.words import BREAK, sentence_edges, tokens

#: Share of the words of the shorter of two excerpts that makes them the same one.
_ALIKE = 0.8
#: What hides text, turns it around, steers a terminal or fits into no store: control and direction characters, and
#: halves of surrogate pairs. White space stays, and so do the joiners that Persian and emoji need.
_TRICKS = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufeff\ud800-\udfff]"
)
#: Marks that are heaped on a letter until they cover the lines around.
_HEAP = re.compile("([\u0300-\u036f\u0488\u0489]{3})[\u0300-\u036f\u0488\u0489]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A piece of an entry, on one line, without tricks."""

    text: str
    #: Where matched words stand in `text`: start and end, in order, none over another.
    marks: tuple[tuple[int, int], ...]

    @property
    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The text in pieces, none empty, each with whether it is marked."""
        edges = (0, *(edge for mark in self.marks for edge in mark), len(self.text))
        for index, (start, end) in enumerate(pairwise(edges)):
            if start < end:
                yield self.text[start:end], index % 2 == 1


def as_terminal(excerpt: Excerpt) -> str:
    """Return the excerpt for a terminal, its matched words bold and underlined (ECMA-48, SGR)."""
    return "".join(f"\x1b[1;4m{piece}\x1b[0m" if marked else piece for piece, marked in excerpt.pieces)


def without_tricks(text: str) -> str:
    """Return text without characters that hide, cover or turn around what others say, or steer a terminal."""
    return _HEAP.sub(r"\1", _TRICKS.sub("", text))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """What may be shown of a field: offsets into its text, and the matches between them."""

    text: str
    #: Where sentences begin and end.
    edges: frozenset[int]
    start: int
    end: int
    matches: tuple[Match, ...]

    @property
    def words(self) -> frozenset[str]:
        """What it says, in any order."""
        return frozenset(map(fold, tokens(self.text[self.start : self.end])))


def excerpts(entry: Entry, matches: Sequence[Match], *, most: int = 3, width: int = 240) -> tuple[Excerpt, ...]:
    """Return up to `most` excerpts of about `width` characters, in the order of fields and text.

    Together they show as many terms as possible. A sentence that title, summary and text repeat is shown once. Every
    alert has its title, so that it is only excerpted when nothing else matched.
    """
    elsewhere = [match for match in matches if match.field is not Field.TITLE]
    windows: list[_Window] = []
    for field in Field:
        if found := [match for match in elsewhere or matches if match.field is field]:
            windows += _windows(entry.field(field), found, width)
    return tuple(_excerpt(window) for window in _choose(windows, most))


def _windows(text: str, matches: Sequence[Match], width: int) -> list[_Window]:
    """Show each match in its sentence; those whose sentences fit into one window together share it."""
    edges = sentence_edges(text)
    known, windows = frozenset(edges), list[_Window]()
    for match in sorted(matches, key=attrgetter("start", "end")):
        start, end = edges[bisect_right(edges, match.start) - 1], edges[bisect_left(edges, match.end)]
        last = windows[-1] if windows else None
        if last and (match.end <= last.end or end - last.start <= width):
            end = last.end if match.end <= last.end else end
            windows[-1] = replace(last, end=end, matches=(*last.matches, match))
        else:
            start = min(max(start, last.end), match.start) if last else start
            start, end = _cut(text, (start, end), match, width)
            windows.append(_Window(text=text, edges=known, start=start, end=end, matches=(match,)))
    return windows


def _cut(text: str, sentence: tuple[int, int], match: Match, width: int) -> tuple[int, int]:
    """Shorten a sentence to `width` around a match, where a line may be broken; a side without such a place goes."""
    start, end = sentence
    if end - start <= width:
        return sentence
    left = max(start, min((match.start + match.end - width) // 2, end - width))
    right = min(end, left + width)
    if left > start:
        left = next((place.end() for place in BREAK.finditer(text, left, match.start)), match.start)
    if right < end:
        right = max((place.start() for place in BREAK.finditer(text, match.end, right + 1)), default=match.end)
    return min(left, match.start), max(right, match.end)


def _choose(windows: list[_Window], most: int) -> list[_Window]:
    """Pick the windows with most terms not shown yet, earlier ones first, and none that repeats another."""
    chosen: list[int] = []
    while len(chosen) < most:
        shown = {match.term for index in chosen for match in windows[index].matches}
        said = [windows[index].words for index in chosen]
        fresh = {
            index: len({match.term for match in window.matches} - shown)
            for index, window in enumerate(windows)
            if index not in chosen
        }
        useful = (index for index in fresh if fresh[index] or not _repeats(windows[index].words, said))
        best = max(useful, key=lambda index: fresh[index], default=None)
        if best is None:
            break
        chosen.append(best)
    return [windows[index] for index in sorted(chosen)]


def _repeats(words: frozenset[str], said: list[frozenset[str]]) -> bool:
    return any(len(words & other) >= _ALIKE * min(len(words), len(other)) for other in said)


def _excerpt(window: _Window) -> Excerpt:
    """Put a window on one line; the marks move along."""
    shown = window.text[window.start : window.end]
    done = window.start + len(shown) - len(shown.lstrip())
    line = "" if window.start in window.edges else "…"
    marks: list[tuple[int, int]] = []
    for start, end in _apart(window.matches):
        line += _collapse(window.text[done:start])
        marks.append((len(line), len(line) + len(_collapse(window.text[start:end]))))
        line += _collapse(window.text[start:end])
        done = end
    line += _collapse(window.text[done : window.end]).rstrip()
    return Excerpt(text=line if window.end in window.edges else line + "…", marks=tuple(marks))


def _apart(matches: Iterable[Match]) -> list[tuple[int, int]]:
    """Join matches that overlap."""
    joined: list[tuple[int, int]] = []
    for match in matches:
        if joined and match.start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], match.end)
        else:
            joined.append((match.start, match.end))
    return joined


def _collapse(text: str) -> str:
    return re.sub(r"\s+", " ", without_tricks(text))
