"""All phrases at once: what it costs to find them does not grow with their number."""

from collections.abc import Iterable
from itertools import compress, count
from typing import Final, NamedTuple

from monitor.match.keys import LANGUAGES, keys
from monitor.text.words import spans, tokens

#: Words of a phrase, each as the keys that it accepts.
Phrase = tuple[frozenset[str], ...]

#: Distinct tokens remembered per language, and how long one may be: about 20 MB, whatever a feed sends.
_REMEMBERED: Final = 1 << 17
_LONGEST: Final = 64


class Place(NamedTuple):
    """Where a phrase stands: its index, and offsets into the text."""

    phrase: int
    start: int
    end: int


class _Words(dict[str, tuple[int, ...]]):
    """Which words of phrases a token of one language may be; worked out once for each distinct token."""

    def __init__(self, language: str, by_key: dict[str, list[int]]) -> None:
        super().__init__()
        self._language = language
        self._by_key = by_key

    def __missing__(self, token: str) -> tuple[int, ...]:
        found = (self._by_key.get(key, ()) for key in keys(token, self._language))
        words = tuple(dict.fromkeys(word for some in found for word in some))
        if len(token) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[token] = words
        return words


class Automaton:
    """A trie of phrases over numbered words, walked from every place where one may begin."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._numbers: dict[frozenset[str], int] = {}
        #: State to the next word to the next state; state 0 is the beginning.
        self._steps: list[dict[int, int]] = [{}]
        #: State to the phrases that are complete there.
        self._complete: dict[int, list[int]] = {}
        for index, phrase in enumerate(phrases):
            self._add(index, phrase)
        by_key: dict[str, list[int]] = {}
        for accepted, number in self._numbers.items():
            for key in accepted:
                by_key.setdefault(key, []).append(number)
        self._words = {language: _Words(language, by_key) for language in LANGUAGES}

    def _add(self, index: int, phrase: Phrase) -> None:
        state = 0
        for accepted in phrase:
            number = self._numbers.setdefault(accepted, len(self._numbers))
            following = self._steps[state].setdefault(number, len(self._steps))
            if following == len(self._steps):
                self._steps.append({})
            state = following
        self._complete.setdefault(state, []).append(index)

    def find(self, text: str, language: str) -> list[Place]:
        """Return every place where a phrase stands in a text of one of LANGUAGES, by start and end."""
        words = list(map(self._words[language].__getitem__, tokens(text)))
        found = self._walk(words)
        if not found:
            return []
        where = spans(text)
        found.sort()
        return [Place(phrase, where[first][0], where[last][1]) for first, last, phrase in found]

    def _walk(self, words: list[tuple[int, ...]]) -> list[tuple[int, int, int]]:
        found: list[tuple[int, int, int]] = []
        begun: list[tuple[int, int]] = []
        previous = -1
        for position in compress(count(), words):
            if position != previous + 1:
                begun = []
            begun.append((0, position))
            begun = [
                (following, first)
                for state, first in begun
                for word in words[position]
                if (following := self._steps[state].get(word)) is not None
            ]
            for state, first in begun:
                found.extend((first, position, phrase) for phrase in self._complete.get(state, ()))
            previous = position
        return found
