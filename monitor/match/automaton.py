"""All phrases at once: what it costs to find them does not grow with their number."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, reduce
from itertools import compress, count
from operator import or_
from typing import Final, Generic, NamedTuple, TypeVar

T = TypeVar("T")

Keys = tuple[str, ...]


class Accepted(NamedTuple):
    """What a word of a phrase accepts: a token is that word if they share a key."""

    #: What it means: words that mean the same are one, however each was typed.
    meant: Keys
    #: How it was typed.
    typed: Keys

    @property
    def word(self) -> Keys:
        """What tells it from other words."""
        return self.meant or self.typed


#: Distinct tokens remembered, and how long one may be: about 40 MB, whatever feeds send.
_REMEMBERED: Final = 1 << 17
_LONGEST: Final = 64
#: Tokens whose words are remembered, for the time that a text takes.
_READ: Final = 1 << 12
#: Bits to tell words apart by at a glance; what one digit of Python's integers holds.
_BITS: Final = 30


class Found(NamedTuple):
    """A phrase, by its index, and the tokens that it stands on, the last one included."""

    phrase: int
    first: int
    last: int


class _State:
    """A node of the trie: what has been said so far."""

    __slots__ = ("after", "before", "bits_after", "bits_before", "complete")

    def __init__(self) -> None:
        #: Phrases that are complete here, by index.
        self.complete: tuple[int, ...] = ()
        #: Where words after and before those said lead, by their numbers; and a bit for each, several to a bit: a token
        #: with none of these bits leads nowhere.
        self.after: dict[int, _State] = {}
        self.before: dict[int, _State] = {}
        self.bits_after = 0
        self.bits_before = 0

    def followed(self, word: int) -> "_State":
        """Return where this word leads when it follows what was said; made if need be."""
        self.bits_after |= _bit(word)
        return self.after.setdefault(word, _State())

    def preceded(self, word: int) -> "_State":
        """Return where this word leads when it stands before what was said; made if need be."""
        self.bits_before |= _bit(word)
        return self.before.setdefault(word, _State())


class Automaton:
    """A trie of phrases, entered at the rarest word of each and walked from there to the right, then to the left.

    To enter at the first one would mean to enter at every "the"; what few phrases share, and what is long, is rare. A
    word's number stands for what it accepts; what numbers a token may have is worked out once for each distinct token.
    """

    def __init__(self, phrases: Sequence[Sequence[Accepted]], read: Callable[[str], Iterable[str]]) -> None:
        """Take phrases, none of them empty, and what gives the keys of a token."""
        entrances: dict[Keys, _State] = {}
        numbers: dict[Keys, int] = {}
        shared = Counter(each.word for words in phrases for each in words)
        for index, phrase in enumerate(phrases):
            words = [each.word for each in phrase]
            middle = min(range(len(words)), key=lambda place: (shared[words[place]], -len(words[place][0])))
            state = entrances.setdefault(words[middle], _State())
            for word in words[middle + 1 :]:
                state = state.followed(numbers.setdefault(word, len(numbers)))
            for word in reversed(words[:middle]):
                state = state.preceded(numbers.setdefault(word, len(numbers)))
            state.complete += (index,)
        words_of = lru_cache(_READ)(_Reading(phrases, read).words)
        self._entered = _Memo(lambda token: tuple(entrances[word] for word in words_of(token) if word in entrances))
        self._numbered = _Memo(lambda token: tuple(numbers[word] for word in words_of(token) if word in numbers))
        self._bits = _Memo(lambda token: reduce(or_, map(_bit, self._numbered[token]), 0))

    def find(self, tokens: Sequence[str]) -> list[Found]:
        """Return every place where a phrase stands, in no order."""
        entered = list(map(self._entered.__getitem__, tokens))
        if not any(entered):
            return []
        found: list[Found] = []
        going: list[tuple[_State, int, int]] = []
        # The last stands after the last token, and before the first.
        bits = [*map(self._bits.__getitem__, tokens), 0]
        for at in compress(count(), entered):
            for state in entered[at]:
                if state.complete:
                    found += [Found(phrase, at, at) for phrase in state.complete]
                if state.bits_after & bits[at + 1] or state.bits_before & bits[at - 1]:
                    going.append((state, at, at))
        for state, first, last in going:
            reached = list(self._onward(state, first, last, tokens))
            found += [Found(phrase, first, last) for state, first, last in reached for phrase in state.complete]
            going += reached
        return found

    def _onward(self, state: _State, first: int, last: int, tokens: Sequence[str]) -> Iterator[tuple[_State, int, int]]:
        """Yield where a state leads that has come so far to the left and to the right."""
        if state.after and last + 1 < len(tokens):
            for word in self._numbered[tokens[last + 1]]:
                if word in state.after:
                    yield state.after[word], first, last + 1
        if state.before and first:
            for word in self._numbered[tokens[first - 1]]:
                if word in state.before:
                    yield state.before[word], first - 1, last


class _Memo(dict[str, T], Generic[T]):
    """What each token means, worked out when it is first seen."""

    def __init__(self, work_out: Callable[[str], T]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, token: str) -> T:
        meant = self._work_out(token)
        if len(token) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[token] = meant
        return meant


class _Reading:
    """Which words of phrases a token may be."""

    def __init__(self, phrases: Sequence[Sequence[Accepted]], read: Callable[[str], Iterable[str]]) -> None:
        self._read = read
        #: Words by each of the keys that they accept.
        self._by_key: dict[str, dict[Keys, None]] = {}
        for each in {each for phrase in phrases for each in phrase}:
            for key in each.meant + each.typed:
                self._by_key.setdefault(key, {})[each.word] = None

    def words(self, token: str) -> tuple[Keys, ...]:
        """Return the words that share a key with a token."""
        return tuple(dict.fromkeys(word for key in self._read(token) for word in self._by_key.get(key, ())))


def _bit(word: int) -> int:
    return 1 << word % _BITS
