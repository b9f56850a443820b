"""All phrases at once: what it costs to find them does not grow with their number."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import chain, compress, count, repeat
from operator import is_not, or_
from typing import Final, NamedTuple

from monitor.text.words import tokens

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


#: Distinct pieces of text remembered, and how long one may be: about 40 MB, whatever feeds send.
_REMEMBERED: Final = 1 << 17
_LONGEST: Final = 64
#: Tokens remembered apart from the signs around them.
_TOKENS: Final = 1 << 14
#: Bits to tell words apart by at a glance; what two digits of Python's integers hold.
_BITS: Final = 60


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


@dataclass(frozen=True, slots=True)
class _Token:
    """What a token may be."""

    #: Phrases of this word alone, by index.
    complete: tuple[int, ...] = ()
    #: Where longer phrases are entered with it, and the bits of the words that lead on from there.
    entered: tuple[_State, ...] = ()
    bits_after: int = 0
    bits_before: int = 0
    #: The numbers of further words of phrases, and their bits.
    words: tuple[int, ...] = ()
    bits: int = 0


_NOTHING: Final = _Token()
#: What most pieces of a text are: one token that no phrase has.
_NOTHING_IN_IT: Final = (_NOTHING,)


class Automaton:
    """A trie of phrases, entered at the rarest word of each and walked from there to the right, then to the left.

    To enter at the first one would mean to enter at every "the"; what few phrases share, and what is long, is rare. A
    word's number stands for what it accepts. What a piece of text between spaces may be is worked out once for each
    distinct one: to cut a text at its spaces takes a third of the time that its words take.
    """

    def __init__(self, phrases: Sequence[Sequence[Accepted]], read: Callable[[str], Iterable[str]]) -> None:
        """Take phrases, none of them empty, and what gives the keys of a token."""
        self._entrances: dict[Keys, _State] = {}
        self._numbers: dict[Keys, int] = {}
        self._read = read
        #: Words by each of the keys that they accept.
        self._by_key: dict[str, dict[Keys, None]] = {}
        self._pieces = _Pieces(lru_cache(_TOKENS)(self._token))
        shared = Counter(each.word for phrase in phrases for each in phrase)
        for index, phrase in enumerate(phrases):
            self._add(index, [each.word for each in phrase], shared)
        for each in {each for phrase in phrases for each in phrase}:
            for key in each.meant + each.typed:
                self._by_key.setdefault(key, {})[each.word] = None

    def read(self, pieces: Iterable[str]) -> list[tuple[_Token, ...]]:
        """Return for each piece of a text between spaces what each of its tokens may be."""
        return list(map(self._pieces.__getitem__, pieces))

    def find(self, pieces: Iterable[tuple[_Token, ...]]) -> list[Found]:
        """Return every place where a phrase stands on the tokens of pieces that were read, in no order."""
        # What is appended stands after the last token, and before the first.
        read = [*chain.from_iterable(pieces), _NOTHING]
        found: list[Found] = []
        going: list[tuple[_State, int, int]] = []
        for at in compress(count(), map(is_not, read, repeat(_NOTHING))):
            token = read[at]
            if token.complete:
                found += [Found(phrase, at, at) for phrase in token.complete]
            if token.bits_after & read[at + 1].bits or token.bits_before & read[at - 1].bits:
                going += [(state, at, at) for state in token.entered]
        for each in going:
            reached = _onward(*each, read)
            going += reached
            found += [Found(phrase, first, last) for state, first, last in reached for phrase in state.complete]
        return found

    def _add(self, index: int, words: Sequence[Keys], shared: Counter[Keys]) -> None:
        rarest = min(range(len(words)), key=lambda place: (shared[words[place]], -len(words[place][0])))
        state = self._entrances.setdefault(words[rarest], _State())
        for word in words[rarest + 1 :]:
            state = state.followed(self._numbers.setdefault(word, len(self._numbers)))
        for word in reversed(words[:rarest]):
            state = state.preceded(self._numbers.setdefault(word, len(self._numbers)))
        state.complete += (index,)

    def _token(self, token: str) -> _Token:
        words = dict.fromkeys(word for key in self._read(token) for word in self._by_key.get(key, ()))
        if not words:
            return _NOTHING
        numbers = tuple(self._numbers[word] for word in words if word in self._numbers)
        states = [self._entrances[word] for word in words if word in self._entrances]
        return _Token(
            complete=tuple(phrase for state in states for phrase in state.complete),
            entered=tuple(state for state in states if state.after or state.before),
            bits_after=_all_of(state.bits_after for state in states),
            bits_before=_all_of(state.bits_before for state in states),
            words=numbers,
            bits=_all_of(map(_bit, numbers)),
        )


class _Pieces(dict[str, tuple[_Token, ...]]):
    """What the tokens of a piece of text between spaces may be, worked out when it is first seen."""

    def __init__(self, read: Callable[[str], _Token]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, piece: str) -> tuple[_Token, ...]:
        meant = tuple(map(self._read, tokens(piece)))
        if meant == _NOTHING_IN_IT:
            meant = _NOTHING_IN_IT
        if len(piece) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[piece] = meant
        return meant


def _onward(state: _State, first: int, last: int, read: Sequence[_Token]) -> list[tuple[_State, int, int]]:
    """Return where a state leads that has come so far to the left and to the right."""
    reached: list[tuple[_State, int, int]] = []
    after, before = read[last + 1], read[first - 1]
    if state.bits_after & after.bits:
        reached += [(state.after[word], first, last + 1) for word in after.words if word in state.after]
    if state.bits_before & before.bits:
        reached += [(state.before[word], first - 1, last) for word in before.words if word in state.before]
    return reached


def _bit(word: int) -> int:
    return 1 << word % _BITS


def _all_of(bits: Iterable[int]) -> int:
    return reduce(or_, bits, 0)
