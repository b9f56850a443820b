"""What Romance languages share: many a form is one of a noun and one of a verb, and the dictionary names but one."""

from abc import abstractmethod
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import ClassVar

from monitor.morphology.language import Reading
from monitor.morphology.simple import Simple


class Romance(Simple):
    """A language whose endings say what a form may be beside what its dictionary says; that confirms each.

    In a text all of it counts, and the word before has a say. Who types a dictionary form means that word.
    """

    names_inflect = False
    #: What stands before nouns and adjectives rather than verbs, and the other way round.
    before_noun: ClassVar[frozenset[str]]
    before_verb: ClassVar[frozenset[str]]

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self._contest = lru_cache(maxsize=20_000)(self._contested)

    @abstractmethod
    def singulars(self, form: str) -> Iterator[str]:
        """Spell what may be the singular."""

    @abstractmethod
    def masculines(self, form: str) -> Iterator[str]:
        """Spell what may be an adjective's masculine."""

    @abstractmethod
    def infinitives(self, form: str) -> Iterator[str]:
        """Spell what may be the infinitive."""

    @abstractmethod
    def conjugates(self, infinitive: str) -> bool:
        """Whether the dictionary has another form of this verb."""

    @abstractmethod
    def attributes(self, form: str) -> bool:
        """Whether a verb's form has an ending with which it may stand where adjectives do."""

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return what the dictionary says and what else the endings allow."""
        low = form.lower()
        verbs = filter(self._is_verb, self.infinitives(low))
        more = (*self._singulars(low), *filter(self.is_lemma, self.masculines(low)), *verbs)
        return tuple(dict.fromkeys((*super().readings(form), *map(self.reading, more))))

    def reading(self, lemma: str) -> Reading:
        """Return the reading of a form of this lemma; verbs are told apart."""
        reading = super().reading(lemma)
        return Reading(key=reading.key, lemma=lemma, kind="verb" if self._is_verb(lemma) else "")

    def fits(self, words: Sequence[str], at: int, keys: Collection[str]) -> bool:
        """Whether the word before allows this; where it says nothing, finite forms are nouns, auxiliaries verbs."""
        verbs, others, unsaid = self._contest(words[at])
        if not (verbs and others):
            return True
        before = words[at - 1].lower() if at else ""
        allowed = verbs if before in self.before_verb else others if before in self.before_noun else unsaid
        return not allowed.isdisjoint(keys)

    def of_term(self, form: str) -> tuple[Reading, ...]:
        """Return the word itself if it is a dictionary form, its singular if that is one, else what texts may mean."""
        low = form.lower()
        meant = (low,) if self.is_lemma(low) else self._singulars(low)
        return tuple(map(self.reading, meant)) or super().of_term(form)

    def _contested(self, form: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """Return the keys of verbs, the other keys, and those to take where the neighbours say nothing."""
        readings = self.readings(form) if self.knows(form) else ()
        verbs = frozenset(reading.key for reading in readings if reading.kind)
        others = frozenset(reading.key for reading in readings) - verbs
        if form.islower() and any(reading.lemma in self.auxiliaries for reading in readings):
            return verbs, others, verbs
        return verbs, others, verbs | others if self.attributes(form.lower()) else others

    def _is_verb(self, lemma: str) -> bool:
        return lemma in self.auxiliaries or (self.is_lemma(lemma) and self.conjugates(lemma))

    def _singulars(self, form: str) -> tuple[str, ...]:
        return () if self.is_lemma(form) else tuple(filter(self.is_lemma, self.singulars(form)))
