"""The keys of a word: a word of a term and a word of a text that share one are the same word to a matcher.

A key says by its beginning what it is: `=` a form as it stands, `*` how a form begins, `~` how a name sounds, and a
language's code and `:` what that language calls the word.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final

from monitor.match import names
from monitor.match.expression import Phrase, Word
from monitor.morphology.language import Language
from monitor.morphology.registry import language
from monitor.text.fold import fold, plain

_CYRILLIC: Final = frozenset({"be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "tt", "uk"})
_OTHER: Final = frozenset({"ar", "el", "fa", "he", "hi", "hy", "ja", "ka", "ko", "ne", "ta", "th", "yi", "zh"})
#: What words are read as in a script that the text's own language is not written in.
GUESTS: Final = {"Cyrillic": ("ru", "uk"), "Latin": ("en",), "": ()}
#: Words whose readings are remembered for the choice among them.
_REMEMBERED: Final = 1 << 12


class Keys:
    """What words mean in texts of one language, and to such texts words in another script."""

    def __init__(self, code: str, prefixes: Collection[str] = ()) -> None:
        """Take a language, and the folded beginnings that are asked for: no others become keys."""
        self._readers = {script: _readers(script, code) for script in GUESTS}
        self._prefixes = frozenset(prefixes)
        self._lengths = sorted({len(prefix) for prefix in prefixes})
        self._remembered = lru_cache(_REMEMBERED)(self._own)

    def of_text(self, token: str) -> tuple[str, ...]:
        """Return the keys of a word of a text."""
        form = plain(token)
        readers = self._readers[_script(form)]
        exact = [reader.fold(form) for reader in readers] or [fold(form)]
        keys = [f"={each}" for each in exact]
        keys += [f"{code}:{key}" for code, own in self._own(form) for key in own]
        keys += [f"*{exact[0][:length]}" for length in self._lengths if exact[0][:length] in self._prefixes]
        keys += [f"~{key}" for key in names.of_text(form, readers)]
        return tuple(dict.fromkeys(keys))

    def of_term(self, phrase: Phrase) -> tuple[tuple[str, ...], ...]:
        """Return for each word of a phrase the keys that it accepts, its own form before all."""
        forms = [plain(word.text) for word in phrase.words]
        found = [list(self._as_typed(word, form)) for word, form in zip(phrase.words, forms, strict=True)]
        for reader in dict.fromkeys(reader for form in forms for reader in self._readers[_script(form)]):
            readings = reader.readings_of_term(forms)
            for word, form, meant, keys in zip(phrase.words, forms, readings, found, strict=True):
                readers = self._readers[_script(form)]
                if reader in readers and not (word.exact or word.prefix):
                    keys += [f"{reader.code}:{reading.key}" for reading in meant]
                    keys += [f"~{key}" for key in names.of_term(form, readers, meant, alone=len(forms) == 1)]
        return tuple(tuple(dict.fromkeys(keys)) for keys in found)

    def ambiguous(self, token: str) -> bool:
        """Whether a language takes a word of a text for a form of several words."""
        return any(len(own) > 1 for _, own in self._remembered(plain(token)))

    def fits(self, words: Sequence[str], at: int, accepted: Collection[str]) -> bool:
        """Whether its neighbours in the sentence allow that a word of a text is what shares a key with a term."""
        doubted = False
        for code, own in self._remembered(plain(words[at])):
            meant = [key for key in own if f"{code}:{key}" in accepted]
            if meant and (len(meant) == len(own) or language(code).fits([*map(plain, words)], at, meant)):
                return True
            doubted = doubted or bool(meant)
        return not doubted

    def _own(self, form: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple((reader.code, reader.keys(form)) for reader in self._readers[_script(form)])

    def _as_typed(self, word: Word, form: str) -> Iterator[str]:
        if word.prefix:
            yield f"*{fold(form)}"
            return
        readers = self._readers[_script(form)]
        yield from (f"={each}" for each in (fold(form), *(reader.fold(form) for reader in readers)))


def _readers(script: str, code: str) -> tuple[Language, ...]:
    return tuple(map(language, (code,) if script in _scripts(code) else GUESTS[script]))


def _scripts(code: str) -> tuple[str, ...]:
    """Return the scripts that a language is written in; Serbian has two, those of others than ours are all one."""
    if code in _OTHER:
        return ("",)
    return ("Cyrillic", "Latin") if code == "sr" else ("Cyrillic",) if code in _CYRILLIC else ("Latin",)


def _script(form: str) -> str:
    """Return the script of a form by its first letter."""
    for letter in form:
        if letter.isalpha():
            latin = letter < "\u0370" or "\u1e00" <= letter < "\u1f00"
            return "Latin" if latin else "Cyrillic" if "\u0400" <= letter < "\u0530" else ""
    return ""
