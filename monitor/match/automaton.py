"""All phrases at once: what it costs to find them does not grow with their number."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, count
from typing import Final, Generic, NamedTuple, TypeVar

T = TypeVar("T")

#: What a word of a phrase accepts: a token is that word if they share a key.
Keys = tuple[str, ...]

#: Distinct tokens remembered, and how long one may be: about 40 MB, whatever feeds send.
_REMEMBERED: Final = 1 << 17
_LONGEST: Final = 64


class Found(NamedTuple):
    """A phrase, by its index, and the tokens that it stands on, the last one included."""

    phrase: int
    first: int
    last: int


@dataclass(slots=True, eq=False)
class _State:
    """A node of the trie: what has been said so far."""

    #: Phrases that are complete here, by index.
    complete: tuple[int, ...] = ()
    #: Where the words after and before those said lead, by their numbers; None where a phrase ends or begins.
    after: "dict[int, _State] | None" = None
    before: "dict[int, _State] | None" = None

    def followed(self, word: int) -> "_State":
        """Return where this word leads when it follows what was said; made if need be."""
        if self.after is None:
            self.after = {}
        return self.after.setdefault(word, _State())

    def preceded(self, word: int) -> "_State":
        """Return where this word leads when it stands before what was said; made if need be."""
        if self.before is None:
            self.before = {}
        return self.before.setdefault(word, _State())


class Automaton:
    """A trie of phrases, entered at the longest word of each and walked from there to the right, then to the left.

    Long words are rare: to begin at the first one would mean to begin at every "the". A word's number stands for what
    it accepts; what numbers a token may have is worked out once for each distinct token.
    """

    def __init__(self, phrases: Iterable[Sequence[Keys]], read: Callable[[str], Iterable[str]]) -> None:
        """Take phrases, none of them empty, and what gives the keys of a token."""
        numbers: dict[Keys, int] = {}
        entrances: dict[Keys, _State] = {}
        for index, words in enumerate(phrases):
            middle = max(range(len(words)), key=lambda place: len(words[place][0]))
            state = entrances.setdefault(words[middle], _State())
            for word in words[middle + 1 :]:
                state = state.followed(numbers.setdefault(word, len(numbers)))
            for word in reversed(words[:middle]):
                state = state.preceded(numbers.setdefault(word, len(numbers)))
            state.complete += (index,)
        self._entered = _Memo(_by_key(entrances), read)
        self._numbered = _Memo(_by_key(numbers), read)

    def find(self, tokens: Sequence[str]) -> list[Found]:
        """Return every place where a phrase stands, in no order."""
        found: list[Found] = []
        entered = list(map(self._entered.__getitem__, tokens))
        pending = [(state, at, at) for at in compress(count(), entered) for state in entered[at]]
        numbered = self._numbered
        end = len(tokens) - 1
        for state, first, last in pending:
            if state.complete:
                found += [Found(phrase, first, last) for phrase in state.complete]
            if state.after is not None and last < end:
                for word in numbered[tokens[last + 1]]:
                    if word in state.after:
                        pending.append((state.after[word], first, last + 1))
            if state.before is not None and first:
                for word in numbered[tokens[first - 1]]:
                    if word in state.before:
                        pending.append((state.before[word], first - 1, last))
        return found


class _Memo(dict[str, tuple[T, ...]], Generic[T]):
    """What each token may mean, worked out when it is first seen."""

    def __init__(self, by_key: Mapping[str, Iterable[T]], read: Callable[[str], Iterable[str]]) -> None:
        super().__init__()
        self._by_key = by_key
        self._read = read

    def __missing__(self, token: str) -> tuple[T, ...]:
        found = tuple(dict.fromkeys(one for key in self._read(token) for one in self._by_key.get(key, ())))
        if len(token) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[token] = found
        return found


def _by_key(meant: Mapping[Keys, T]) -> dict[str, list[T]]:
    """Return what each key may mean, from what each word means that accepts it."""
    found: dict[str, list[T]] = {}
    for accepted, meaning in meant.items():
        for key in accepted:
            found.setdefault(key, []).append(meaning)
    return found
