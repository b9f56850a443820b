"""A dictionary of stems and endings that also guesses: unknown words are inflected as those that end alike.

It says nothing of any language; which words are asked for, and how they are spelled, is the language's own business.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

#: So many letters at most has an ending, and so many before it tell what kind of word it ends.
_ENDING, _TAIL = 7, 3
#: Each letter more that a stem shares with known ones makes their paradigm likelier by so much.
_LETTER = 4.0
#: Words with a shorter stem are looked up by their whole forms.
_STEM = 3
#: Only a paradigm of so many words is a pattern for others.
_MANY = 10
#: Guesses less likely than this part of the likeliest are dropped, and all but the first few.
_NEAR, _FEW = 0.03, 5


@dataclass(frozen=True, slots=True, eq=False)
class Paradigm:
    """How a group of words is inflected: the endings, first that of the dictionary form."""

    kind: str
    endings: tuple[str, ...]
    #: The endings as they are looked up.
    spelled: frozenset[str]


@dataclass(frozen=True, slots=True)
class Word:
    """A word: what its forms share, and what they end in."""

    stem: str
    paradigm: Paradigm

    @property
    def lemma(self) -> str:
        """The dictionary form."""
        return self.stem + self.paradigm.endings[0]

    @property
    def forms(self) -> tuple[str, ...]:
        """All forms, the dictionary form first."""
        return tuple(self.stem + ending for ending in self.paradigm.endings)


@dataclass(slots=True)
class Dictionary:
    """Words by their stem and ending. `spell` is how both are looked up; it must spell a word as it does its parts."""

    spell: Callable[[str], str]
    _words: dict[str, list[Word]] = field(default_factory=lambda: defaultdict(list))
    _short: dict[str, list[Word]] = field(default_factory=lambda: defaultdict(list))
    _patterns: dict[str, list[Paradigm]] = field(default_factory=lambda: defaultdict(list))
    _tails: dict[str, dict[Paradigm, int]] = field(default_factory=lambda: defaultdict(dict))

    def read(self, lines: Iterable[str]) -> None:
        """Take in words: each line has a kind, the endings and the stems of a paradigm; with no kind, no pattern."""
        for line in lines:
            kind, *parts = line.split(" ")
            endings, stems = (part.split(",") for part in parts)
            paradigm = Paradigm(kind, tuple(endings), frozenset(map(self.spell, endings)))
            spelled = list(map(self.spell, stems))
            for stem, looked_up in zip(stems, spelled, strict=True):
                self._put(Word(stem, paradigm), looked_up)
            if kind and len(stems) >= _MANY:
                self._learn(paradigm, spelled)

    def _put(self, word: Word, stem: str) -> None:
        if len(stem) >= _STEM:
            self._words[stem].append(word)
        else:  # too many words would share it
            for ending in word.paradigm.spelled:
                self._short[stem + ending].append(word)

    def _learn(self, paradigm: Paradigm, stems: Iterable[str]) -> None:
        for ending in paradigm.spelled:
            self._patterns[ending].append(paradigm)
        for size in range(1, _TAIL + 1):
            for tail, count in Counter(stem[-size:] for stem in stems).items():
                self._tails[tail][paradigm] = count

    def find(self, form: str) -> list[Word]:
        """Return the words that have this form."""
        return self._short.get(form, []) + [
            word
            for cut in range(_STEM, len(form) + 1)
            for word in self._words.get(form[:cut], ())
            if form[cut:] in word.paradigm.spelled
        ]

    def guess(self, form: str) -> list[Word]:
        """Return words that may have this form, likeliest first."""
        weights: dict[str, float] = defaultdict(float)
        words: dict[str, tuple[float, Word]] = {}
        for cut in range(max(2, len(form) - _ENDING), len(form) + 1):
            for paradigm, weight in self._alike(form[:cut], form[cut:]):
                word = Word(form[:cut], paradigm)
                weights[word.lemma] += weight
                words[word.lemma] = max(words.get(word.lemma, (0.0, word)), (weight, word), key=lambda pair: pair[0])
        likeliest = sorted(weights, key=lambda lemma: -weights[lemma])[:_FEW]
        return [words[lemma][1] for lemma in likeliest if weights[lemma] >= _NEAR * weights[likeliest[0]]]

    def _alike(self, stem: str, ending: str) -> list[tuple[Paradigm, float]]:
        """Return paradigms with this ending, and how much the words that have them are like this one."""
        patterns = self._patterns.get(ending, ())
        for size in range(min(_TAIL, len(stem)), 0, -1):
            tails = self._tails.get(stem[-size:], {})
            if alike := [(paradigm, tails[paradigm] * _LETTER**size) for paradigm in patterns if paradigm in tails]:
                return alike
        return []
