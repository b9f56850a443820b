"""Words by simplemma's dictionaries, one lemma a form, and by rules where they end; the only door to simplemma."""

from collections.abc import Sequence
from functools import lru_cache

from simplemma.strategies import DefaultStrategy, StreamDictionaryFactory
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

from monitor.morphology.language import Language, Reading
from monitor.morphology.snowball import stem
from monitor.text.fold import fold

#: ISO 639-1 codes of languages whose dictionaries have another name.
_NAMES = {"bs": "hbs", "hr": "hbs", "sr": "hbs"}
#: Languages that have a dictionary, by ISO 639-1 code.
LANGUAGES = SUPPORTED_LANGUAGES | _NAMES.keys()

#: Keeps dictionaries as they are on disk, decompressed: 15 MB a language at most, read in a second at most.
_FACTORY = StreamDictionaryFactory(cache_max_size=64)
_RULES = DefaultStrategy(dictionary_factory=_FACTORY)


@lru_cache(maxsize=65_536)
def _entry(dictionary: str, form: str) -> str | None:
    """Look a form up, which takes ten microseconds, and the same lemmas are asked for again and again."""
    return _FACTORY.get_dictionary(dictionary).get(form)


class Simple(Language):
    """A language as simplemma knows it; finer ones build on it.

    A form that the dictionary lacks also gets the key of its stem, marked by "~", and meets terms that it lacks too.
    """

    #: Whether names have endings, so that an unknown capitalised word of a term is compared by its stem as well.
    names_inflect = True
    #: Words that no one looks for by the forms which other words have too: "Don" and "don't", "été", "estado".
    auxiliaries: frozenset[str] = frozenset()
    #: What forms end in, as a sample.
    endings: tuple[str, ...] = ()

    def __init__(self, code: str) -> None:
        self.code = code
        self._name = _NAMES.get(code, code)

    def entry(self, form: str) -> str | None:
        """Return the dictionary's lemma of a form in just this spelling."""
        return _entry(self._name, form)

    def lemmas(self, form: str) -> tuple[str, ...]:
        """Return the dictionary's lemmas of a form: as it is written, in lower case, else capitalised."""
        found = (self.entry(form), self.entry(form.lower()) if form[:1].isupper() else None)
        known = tuple(dict.fromkeys(lemma for lemma in found if lemma))
        if known or form[:1].isupper():
            return known
        name = self.entry(form.capitalize())
        return (name,) if name else ()

    def guess(self, form: str) -> str | None:
        """Return the lemma that simplemma's rules give for a form which the dictionary lacks, None if they do not."""
        return _RULES.get_lemma(form, self._name)

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return what the dictionary says, else what the rules say, the form itself and the word of its stem."""
        if known := self.lemmas(form):
            itself = () if self.auxiliaries.isdisjoint(known) else (form.lower(),)
            return tuple(self.reading(lemma) for lemma in dict.fromkeys((*known, *itself)))
        guessed = self.guess(form) or form
        stemmed = Reading(key=self.stem(form), lemma=form)
        return (*dict.fromkeys((self.reading(guessed), self.reading(form))), stemmed)

    def readings_of_term(self, forms: Sequence[str]) -> tuple[tuple[Reading, ...], ...]:
        """Return for each word what it reads as in text; an unknown name keeps its spelling unless names inflect."""
        return tuple(self.of_term(form) for form in forms)

    def of_term(self, form: str) -> tuple[Reading, ...]:
        """Return what one word of a term may mean."""
        readings = self.readings(form)
        if self.knows(form):
            return tuple(r for r in readings if r.lemma not in self.auxiliaries - {form.lower()})
        if self.names_inflect or not form[:1].isupper():
            return readings
        return tuple(reading for reading in readings if reading.key != self.stem(form))

    def knows(self, form: str) -> bool:
        """Whether the dictionary has this form, in whatever case."""
        return bool(self.lemmas(form))

    def is_lemma(self, form: str) -> bool:
        """Whether the dictionary has this word in just this form."""
        return self.entry(form) == form

    def forms(self, reading: Reading) -> tuple[str, ...]:
        """Return the lemma and what the dictionary takes for forms of it, among those with usual endings."""
        lemma = reading.lemma
        stems = (lemma, lemma[:-1], lemma[:-2], lemma + lemma[-1])
        spelled = (stem + ending for ending in self.endings for stem in stems)
        return tuple(dict.fromkeys((lemma, *(form for form in spelled if self.entry(form) == lemma))))

    def reading(self, lemma: str) -> Reading:
        """Return the reading of a form of this lemma."""
        return Reading(key=fold(lemma), lemma=lemma)

    def stem(self, form: str) -> str:
        """Return the key of all unknown words with the stem of this one."""
        return "~" + stem(fold(form), self.code)
