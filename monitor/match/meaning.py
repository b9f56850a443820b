"""What terms mean before any text is seen: the languages they seem to be in, their readings, forms that they find."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from monitor.match.caution import Caution, cautions
from monitor.match.expression import Phrase, Word, leaves
from monitor.match.grammar import parse
from monitor.match.keys import GUESTS, script_of, scripts_of
from monitor.morphology.language import Reading
from monitor.morphology.registry import INFLECTED, LANGUAGES, language
from monitor.text.fold import fold, plain
from monitor.text.language import plausible

#: Forms of a word that are shown.
_FORMS: Final = 8
#: Terms on either side, in a list, that tell in which language a term is: lists are often in groups.
_BESIDE: Final = 5
#: Languages that most lists need, and that are read wherever their script is.
_LOADED: Final = frozenset(code for codes in GUESTS.values() for code in codes)
#: Of the words that a language may have, one of so many is enough to go on.
_LEAST: Final = 4
_VAIN: Final = 3
#: A language that has far fewer words of a list than another one has them by chance.
_SHARE: Final = 0.5
_SHORT: Final = 2
_REMEMBERED: Final = 1 << 16
_LATIN, _CYRILLIC = re.compile("[A-Za-z\u00c0-\u024f]"), re.compile("[\u0400-\u052f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a word of a term is in one language."""

    #: ISO 639-1.
    language: str
    #: Whether a dictionary has it; the rest is a guess if not.
    known: bool
    readings: tuple[Reading, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """A sample of the forms that it finds in texts."""
        words = (form for reading in self.readings for form in language(self.language).forms(reading))
        return tuple(islice(dict.fromkeys(words), _FORMS))


@dataclass(frozen=True, slots=True, kw_only=True)
class WordMeaning:
    """A word of a term."""

    #: As it was typed.
    word: str
    #: By language; none for a word that asks for its own form, or for any ending.
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMeaning:
    """A term, and what may not be meant by it."""

    term: str
    words: tuple[WordMeaning, ...]
    cautions: tuple[Caution, ...]


def meanings(terms: Sequence[str], said: Collection[str] = ()) -> tuple[TermMeaning, ...]:
    """Return what the terms of a list mean, in their order; `said` are the languages that its texts are in, if known.

    Only languages are loaded of which a term seems to be.
    """
    phrases = [[leaf for leaf, _ in leaves(parse(term)) if isinstance(leaf, Phrase)] for term in terms]
    likely = [_likely(terms[max(0, at - _BESIDE) : at + _BESIDE + 1], term, said) for at, term in enumerate(terms)]
    usual = _usual(
        [(word, codes) for held, codes in zip(phrases, likely, strict=True) for each in held for word in each.words]
    )
    return tuple(_meaning(term, held, codes, usual) for term, held, codes in zip(terms, phrases, likely, strict=True))


def _likely(beside: Sequence[str], term: str, said: Collection[str]) -> tuple[str, ...]:
    """Return the languages that a term may be in, likeliest first; English before others that it is taken for."""
    own = plausible(term)
    alike = (other for other in beside if bool(_CYRILLIC.search(other)) == bool(_CYRILLIC.search(term)))
    found = dict.fromkeys((*(("en",) if "en" in own else ()), *plausible("\n".join(alike)), *own))
    first, *others = [code for code in found if code in said] or found
    return (first, *(code for code in others if code in INFLECTED))


def _usual(words: Sequence[tuple[Word, Sequence[str]]]) -> Counter[str]:
    """Return how many words of a list are in which language.

    Names are in no dictionary, and no reason to load one after the other: three in vain are enough.
    """
    usual = Counter(code for word, codes in words for code in codes if code in _LOADED and _knows(code, word))
    left = [(word, codes) for word, codes in words if not any(_knows(code, word) for code in codes if code in usual)]
    tried, vain = set(_LOADED), 0
    while vain < _VAIN and (wanted := Counter(code for _, codes in left for code in codes if code not in tried)):
        ((code, most),) = wanted.most_common(1)
        tried.add(code)
        unknown = [(word, codes) for word, codes in left if code not in codes or not _knows(code, word)]
        if _LEAST * (len(left) - len(unknown)) < most:
            vain += 1
        else:
            usual[code] = sum(_knows(code, word) for word, codes in words if code in codes)
            left = unknown
    return usual


def _meaning(term: str, phrases: Iterable[Phrase], likely: Sequence[str], usual: Counter[str]) -> TermMeaning:
    words: list[WordMeaning] = []
    found = list(cautions(parse(term)))
    for phrase in phrases:
        meant = tuple(_words(phrase, likely, usual))
        words += meant
        for word, meaning in zip(phrase.words, meant, strict=True):
            found += _of_word(word, meaning, alone=len(meant) == 1)
    return TermMeaning(term=term, words=tuple(dict.fromkeys(words)), cautions=tuple(dict.fromkeys(found)))


def _words(phrase: Phrase, likely: Sequence[str], usual: Counter[str]) -> Iterator[WordMeaning]:
    """Yield what the words of a phrase mean in the languages that know them, else in the likeliest."""
    forms = [plain(word.text) for word in phrase.words]
    for at, word in enumerate(phrase.words):
        knowing = [code for code in usual if _knows(code, word)] or [code for code in likely if code in _LOADED]
        most = max((usual[code] for code in knowing), default=0)
        codes = [code for code in knowing if usual[code] >= _SHARE * most] or likely[:1]
        codes = [code for code in codes if script_of(forms[at]) in scripts_of(code)]
        inflects = not (word.exact or word.prefix)
        yield WordMeaning(
            word=str(word),
            meanings=tuple(
                Meaning(language=code, known=_knows(code, word), readings=language(code).readings_of_term(forms)[at])
                for code in codes
                if inflects
            ),
        )


def _knows(code: str, word: Word) -> bool:
    return _known(code, word.text)


@lru_cache(_REMEMBERED)
def _known(code: str, text: str) -> bool:
    return language(code).knows(plain(text))


def _of_word(word: Word, meant: WordMeaning, *, alone: bool) -> Iterator[Caution]:
    """Yield what may not be meant by a word, alone or within a phrase."""
    text = word.text
    if alone and len(text) == _SHORT and all(letter.lower() != letter.upper() for letter in text):
        yield Caution(
            message=f"{meant.word} is short: two letters are many words and abbreviations, in any case",
            hint="a word before or after it, or one that must be in the entry as well, makes it sure: NATO AND EU",
        )
    if alone and len(text) > _SHORT and text.isupper() and _is_word(text.lower(), meant):
        yield Caution(
            message=f"{text} is also found as the word {text.lower()}: capitals make no difference",
            hint=rf"to find it in capitals only, write a regular expression: /(?-i)\b{text}\b/",
        )
    if _is_mixed(text):
        read = "only texts have it that mix them too" if _is_mixed(plain(text)) else f"it is read as {plain(text)}"
        yield Caution(
            message=f"{text} has Latin and Cyrillic letters; {read}",
            hint="letters that look the same are taken for those of one script; type the word again to be sure",
        )
    elif meant.meanings and text.isalpha() and not any(meaning.known for meaning in meant.meanings):
        named = [LANGUAGES[meaning.language] for meaning in meant.meanings if meaning.language in INFLECTED]
        if named:
            yield Caution(
                message=f"{text} is in no dictionary ({', '.join(named)}): its forms are found as rules guess them",
                hint="if it is a name or new, that is usual; else look whether it is spelled as it should be",
            )
    for meaning in meant.meanings if alone else ():
        lemmas = {(fold(each.lemma), each.kind == "verb"): each for each in meaning.readings}
        if meaning.known and len(lemmas) > 1:
            words = " and ".join(f"{one.lemma} ({one.kind})" if one.kind else one.lemma for one in lemmas.values())
            yield Caution(
                message=f"{text} is a form of several words, and finds all of them: {words}",
                hint=f"type the one that you mean in its dictionary form, or ={text} for this form alone",
            )


def _is_mixed(text: str) -> bool:
    return bool(_LATIN.search(text) and _CYRILLIC.search(text))


def _is_word(small: str, meant: WordMeaning) -> bool:
    """Whether what is written in capitals is a common word in small letters."""
    named = {"noun", "organisation", "place"}
    return any(
        (known := language(each.language)).knows(small) and not any(r.kind in named for r in known.readings(small))
        for each in meant.meanings
    )
