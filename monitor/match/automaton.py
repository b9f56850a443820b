"""All phrases at once: what it costs to find them does not grow with their number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import compress, count
from typing import Final, Generic, NamedTuple, TypeVar

from monitor.match.keys import LANGUAGES, keys
from monitor.text.words import parted, spans, tokens

T = TypeVar("T")

#: Distinct tokens remembered per language, and how long one may be: about 20 MB, whatever feeds send.
_REMEMBERED: Final = 1 << 17
_LONGEST: Final = 64


class Phrase(NamedTuple):
    """Words that follow each other."""

    #: For each word, the keys that it accepts.
    words: tuple[tuple[str, ...], ...]
    #: Whether it may reach across the end of a sentence.
    crosses: bool


class Place(NamedTuple):
    """Where a phrase stands: its index, and offsets into the text."""

    phrase: int
    start: int
    end: int


@dataclass(slots=True, eq=False)
class _State:
    """A node of the trie: what has been said so far."""

    #: Phrases that are complete here, by index.
    complete: tuple[int, ...] = ()
    #: Where each further word leads, by its number; None at the end of the longest phrase.
    onward: "dict[int, _State] | None" = None

    def then(self, word: int) -> "_State":
        """Return where a further word leads, made if need be."""
        if self.onward is None:
            self.onward = {}
        return self.onward.setdefault(word, _State())


class _Memo(dict[str, tuple[T, ...]], Generic[T]):
    """What each token of one language may be; worked out once for each distinct token."""

    def __init__(self, language: str, by_key: Mapping[str, Iterable[T]]) -> None:
        super().__init__()
        self._language = language
        self._by_key = by_key

    def __missing__(self, token: str) -> tuple[T, ...]:
        found = tuple(dict.fromkeys(one for key in keys(token, self._language) for one in self._by_key.get(key, ())))
        if len(token) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[token] = found
        return found


class Automaton:
    """A trie over numbered words, walked from each token that may begin a phrase."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        numbers: dict[tuple[str, ...], int] = {}
        firsts: dict[tuple[str, ...], _State] = {}
        #: The phrases that may reach across the end of a sentence.
        self._crossing: set[int] = set()
        for index, phrase in enumerate(phrases):
            state = firsts.setdefault(phrase.words[0], _State())
            for word in phrase.words[1:]:
                state = state.then(numbers.setdefault(word, len(numbers)))
            state.complete += (index,)
            if phrase.crosses:
                self._crossing.add(index)
        words, begins = _by_key(numbers), _by_key(firsts)
        self._words = {language: _Memo(language, words) for language in LANGUAGES}
        self._begins = {language: _Memo(language, begins) for language in LANGUAGES}

    def find(self, text: str, language: str) -> list[Place]:
        """Return every place where a phrase stands in a text of one of LANGUAGES, by start and end."""
        found = _walk(tokens(text), self._begins[language], self._words[language])
        if not found:
            return []
        where = spans(text)
        places = [Place(phrase, where[first][0], where[last][1]) for first, last, phrase in found]
        return [place for place in places if place.phrase in self._crossing or not parted(text, place.start, place.end)]


def _by_key(meant: Mapping[tuple[str, ...], T]) -> dict[str, list[T]]:
    """Return what each key may mean, from what each word means that accepts it."""
    found: dict[str, list[T]] = {}
    for accepted, meaning in meant.items():
        for key in accepted:
            found.setdefault(key, []).append(meaning)
    return found


def _walk(written: list[str], begins: _Memo[_State], words: _Memo[int]) -> list[tuple[int, int, int]]:
    """Return first token, last token and index of each phrase that the tokens hold."""
    found: list[tuple[int, int, int]] = []
    started = [begins[token] for token in written]
    for first in compress(count(), started):
        last, reached = first, started[first]
        while reached:
            onward = []
            for state in reached:
                if state.complete:
                    found += [(first, last, phrase) for phrase in state.complete]
                if state.onward:
                    onward.append(state.onward)
            last += 1
            if not onward or last == len(written):
                break
            following = words[written[last]]
            reached = tuple(steps[word] for steps in onward for word in following if word in steps)
    return found
