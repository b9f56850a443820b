"""The keys of a word: a word of a term and a word of a text that share one are the same word to a matcher.

A key says by its beginning what it is: `=` a form as it stands, `*` how a form begins, `~` how a name sounds, and a
language's code and `:` what that language calls the word.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final

from monitor.match import names
from monitor.match.automaton import Accepted
from monitor.match.expression import Phrase, Word
from monitor.match.vocabulary import Vocabulary, spelled
from monitor.morphology.language import Language, Reading
from monitor.morphology.registry import language
from monitor.text.fold import fold

_CYRILLIC: Final = frozenset({"be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "tt", "uk"})
_OTHER: Final = frozenset({"ar", "el", "fa", "he", "hi", "hy", "ja", "ka", "ko", "ml", "ne", "ta", "th", "yi", "zh"})
#: What words are read as in a script that the text's own language is not written in.
GUESTS: Final = {"Cyrillic": ("ru", "uk"), "Latin": ("en",), "": ()}
#: Longer words are read as they are written: no word is so long, and to read what is none takes ever longer.
_LONGEST: Final = 100
#: Words whose readings are remembered for the choice among them.
_REMEMBERED: Final = 1 << 12


class Keys:
    """What words mean in texts of one language, and to such texts words in another script."""

    def __init__(self, code: str, prefixes: Collection[str] = (), vocabulary: Vocabulary | None = None) -> None:
        """Take a language, the folded beginnings that are asked for, and what is known already of words of terms."""
        self._vocabulary = vocabulary or Vocabulary()
        self._readers = {script: _readers(script, code) for script in GUESTS}
        self._prefixes = frozenset(prefixes)
        self._lengths = sorted({len(prefix) for prefix in prefixes})
        #: In one case, as the texts' own language makes one of two.
        self._fold = lru_cache(_REMEMBERED)(language(code).fold)
        self._readings = lru_cache(_REMEMBERED)(self._read)
        self.ambiguous = lru_cache(_REMEMBERED)(self._is_ambiguous)

    def of_text(self, token: str) -> tuple[str, ...]:
        """Return the keys of a word of a text."""
        form = spelled(token)
        folded = self._fold(form)
        keys = [f"={folded}"]
        for reader, readings in self._readings(form):
            keys += [f"{reader.code}:{reading.key}" for reading in readings]
            keys += [f"~{key}" for key in names.of_text(form, reader, readings)]
        keys += [f"*{folded[:length]}" for length in self._lengths if folded[:length] in self._prefixes]
        return tuple(dict.fromkeys(keys))

    def of_term(self, phrase: Phrase) -> tuple[Accepted, ...]:
        """Return what each word of a phrase accepts."""
        forms = [spelled(word.text) for word in phrase.words]
        keys: list[list[str]] = [[] for _ in forms]
        for reader in dict.fromkeys(reader for form in forms for reader in self._readers[script_of(form)]):
            for word, form, own, meant in zip(
                phrase.words, forms, keys, self._vocabulary.read(phrase, reader), strict=True
            ):
                if reader in self._readers[script_of(form)] and not (word.exact or word.prefix):
                    own.extend(meant)
        return tuple(
            Accepted(tuple(dict.fromkeys(own)), tuple(dict.fromkeys(self._as_typed(word, form))))
            for own, word, form in zip(keys, phrase.words, forms, strict=True)
        )

    def meanings(self, token: str) -> Iterator[tuple[str, Reading]]:
        """Yield what a word of a text may be, likeliest first, each with its key."""
        for reader, readings in self._readings(spelled(token)):
            yield from ((f"{reader.code}:{reading.key}", reading) for reading in readings)

    def _is_ambiguous(self, token: str) -> bool:
        return any(len(readings) > 1 for _, readings in self._readings(spelled(token)))

    def fits(self, words: Sequence[str], at: int, accepted: Collection[str]) -> bool:
        """Whether its neighbours in the sentence allow that a word of a text is what shares a key with a term."""
        doubted = False
        for reader, readings in self._readings(spelled(words[at])):
            meant = {reading.key for reading in readings if f"{reader.code}:{reading.key}" in accepted}
            if meant and (len(meant) == len(readings) or reader.fits([*map(spelled, words)], at, meant)):
                return True
            doubted = doubted or bool(meant)
        return not doubted

    def _read(self, form: str) -> tuple[tuple[Language, tuple[Reading, ...]], ...]:
        if len(form) > _LONGEST:
            return ()
        return tuple((reader, reader.readings(form)) for reader in self._readers[script_of(form)])

    def _as_typed(self, word: Word, form: str) -> Iterator[str]:
        if word.prefix:
            yield f"*{fold(form)}"
            return
        yield f"={self._fold(form)}"
        yield f"={fold(form)}"


def _readers(script: str, code: str) -> tuple[Language, ...]:
    return tuple(map(language, (code,) if script in scripts_of(code) else GUESTS[script]))


def scripts_of(code: str) -> tuple[str, ...]:
    """Return the scripts that a language is written in; Serbian has two, those of others than ours are all one."""
    if code in _OTHER:
        return ("",)
    return ("Cyrillic", "Latin") if code == "sr" else ("Cyrillic",) if code in _CYRILLIC else ("Latin",)


def script_of(form: str) -> str:
    """Return the script of a form by its first letter."""
    for letter in form:
        if letter.isalpha():
            latin = letter < "\u0370" or "\u1e00" <= letter < "\u1f00"
            return "Latin" if latin else "Cyrillic" if "\u0400" <= letter < "\u0530" else ""
    return ""
