"""Excerpts: the sentences around what matched, short enough for a message, with the matched words marked."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from monitor.model.entry import Entry, Field
from monitor.model.match import Match
from monitor.text.fold import fold
from monitor.text.words import sentence_edges, tokens

#: Share of the words of the shorter of two excerpts that makes them the same one.
_ALIKE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A piece of an entry, on one line."""

    text: str
    #: Where matched words stand in `text`: start and end, in order, none over another.
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """What may be shown of a field: offsets into its text, and the matches between them."""

    text: str
    start: int
    end: int
    matches: tuple[Match, ...]

    @property
    def words(self) -> frozenset[str]:
        """What it says, in any order."""
        return frozenset(map(fold, tokens(self.text[self.start : self.end])))


def excerpts(entry: Entry, matches: Sequence[Match], *, most: int = 3, width: int = 240) -> tuple[Excerpt, ...]:
    """Return up to `most` excerpts of about `width` characters, in the order of the matches.

    Together they show as many terms as possible. A sentence that title, summary and text repeat is shown once. Every
    alert has its title, so that it is only excerpted when nothing else matched.
    """
    elsewhere = [match for match in matches if match.field is not Field.TITLE]
    windows: list[_Window] = []
    for field, found in groupby(elsewhere or matches, key=attrgetter("field")):
        windows += _windows(entry.field(field), found, width)
    return tuple(_excerpt(window) for window in _choose(windows, most))


def _windows(text: str, matches: Iterable[Match], width: int) -> list[_Window]:
    """Show each match in its sentence; those whose sentences fit into one window together share it."""
    edges = sentence_edges(text)
    windows: list[_Window] = []
    for match in sorted(matches, key=attrgetter("start", "end")):
        start, end = edges[bisect_right(edges, match.start) - 1], edges[bisect_left(edges, match.end)]
        last = windows[-1] if windows else None
        if last and (match.end <= last.end or end - last.start <= width):
            end = last.end if match.end <= last.end else end
            windows[-1] = replace(last, end=end, matches=(*last.matches, match))
        else:
            start = min(max(start, last.end), match.start) if last else start
            start, end = _cut(text, (start, end), match, width)
            windows.append(_Window(text=text, start=start, end=end, matches=(match,)))
    return windows


def _cut(text: str, sentence: tuple[int, int], match: Match, width: int) -> tuple[int, int]:
    """Shorten a sentence to `width` around a match, at spaces where there are any."""
    start, end = sentence
    if end - start <= width:
        return sentence
    left = max(start, min((match.start + match.end - width) // 2, end - width))
    right = min(end, left + width)
    if left > start and (space := re.search(r"\s", text[left : match.start])):
        left += space.end()
    if right < end and (space := re.search(r"\s\S*\Z", text[match.end : right])):
        right = match.end + space.start()
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
    edges = sentence_edges(window.text)
    shown = window.text[window.start : window.end]
    done = window.start + len(shown) - len(shown.lstrip())
    line = "" if window.start in edges else "…"
    marks: list[tuple[int, int]] = []
    for start, end in _apart(window.matches):
        line += _collapse(window.text[done:start])
        marks.append((len(line), len(line) + len(_collapse(window.text[start:end]))))
        line += _collapse(window.text[start:end])
        done = end
    line += _collapse(window.text[done : window.end]).rstrip()
    return Excerpt(text=line if window.end in edges else line + "…", marks=tuple(marks))


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
    return re.sub(r"\s+", " ", text)
