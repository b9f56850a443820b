"""All phrases at once: what it costs to find them does not grow with their number."""

from collections.abc import Iterable, Mapping
from itertools import compress, count
from typing import Final, NamedTuple

from monitor.match.keys import LANGUAGES, keys
from monitor.text.words import parted, spans, tokens

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


class _Memo(dict[str, tuple[int, ...]]):
    """What the tokens of one language may be, as numbers; worked out once for each distinct token."""

    def __init__(self, language: str, by_key: Mapping[str, Iterable[int]]) -> None:
        super().__init__()
        self._language = language
        self._by_key = by_key

    def __missing__(self, token: str) -> tuple[int, ...]:
        numbers = (self._by_key.get(key, ()) for key in keys(token, self._language))
        found = tuple(dict.fromkeys(number for some in numbers for number in some))
        if len(token) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[token] = found
        return found


class Automaton:
    """A trie over numbered words, walked from each token that may begin a phrase."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        numbers: dict[tuple[str, ...], int] = {}
        #: State to the next word to the next state; state 0 is the beginning.
        self._steps: dict[int, dict[int, int]] = {0: {}}
        #: State to the phrases that are complete there, by index.
        self._complete: dict[int, list[int]] = {}
        self._crosses: list[bool] = []
        states = count(1)
        for index, phrase in enumerate(phrases):
            state = 0
            for word in phrase.words:
                number = numbers.setdefault(word, len(numbers))
                steps = self._steps.setdefault(state, {})
                state = steps[number] if number in steps else steps.setdefault(number, next(states))
            self._complete.setdefault(state, []).append(index)
            self._crosses.append(phrase.crosses)
        words, begins = _by_key(numbers, self._steps[0])
        self._words = {language: _Memo(language, words) for language in LANGUAGES}
        self._begins = {language: _Memo(language, begins) for language in LANGUAGES}

    def find(self, text: str, language: str) -> list[Place]:
        """Return every place where a phrase stands in a text of one of LANGUAGES, by start and end."""
        found = self._walk(tokens(text), self._begins[language], self._words[language])
        if not found:
            return []
        where = spans(text)
        places = [(phrase, first == last, where[first][0], where[last][1]) for first, last, phrase in found]
        return [
            Place(phrase, start, end)
            for phrase, single, start, end in places
            if single or self._crosses[phrase] or not parted(text, start, end)
        ]

    def _walk(self, written: list[str], begins: _Memo, words: _Memo) -> list[tuple[int, int, int]]:
        """Return first token, last token and index of each phrase in a text's tokens, but for what parts them."""
        found: list[tuple[int, int, int]] = []
        steps, complete, size = self._steps, self._complete, len(written)
        started = [begins[token] for token in written]
        for first in compress(count(), started):
            states: Iterable[int] = started[first]
            last = first
            while states:
                for state in states:
                    if state in complete:
                        found += [(first, last, phrase) for phrase in complete[state]]
                last += 1
                following = words[written[last]] if last < size else ()
                states = [steps[state][word] for word in following for state in states if word in steps.get(state, ())]
        return found


def _by_key(numbers: dict[tuple[str, ...], int], first: dict[int, int]) -> tuple[dict[str, list[int]], ...]:
    """Return the words that a key may be, and the states that it leads to as the first word of a phrase."""
    words: dict[str, list[int]] = {}
    begins: dict[str, list[int]] = {}
    for accepted, number in numbers.items():
        for key in accepted:
            words.setdefault(key, []).append(number)
            if number in first:
                begins.setdefault(key, []).append(first[number])
    return words, begins
