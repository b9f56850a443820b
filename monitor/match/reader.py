"""An entry as a matcher reads it in one language: where words of terms stand in it, and what makes them these words."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Final

from monitor.match.expression import Leaf, Phrase, Place
from monitor.match.matcher import Matcher
from monitor.match.written import Written
from monitor.model.entry import Entry, Field
from monitor.morphology.language import Reading
from monitor.text.fold import fold


class Link(StrEnum):
    """What makes a word of an entry a word of a term."""

    READING = "a form of it"
    TYPED = "as typed"
    BEGINNING = "begins so"
    NAME = "a name in another spelling"
    INSIDE = "inside a longer word"
    PATTERN = "found by the regular expression"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place that speaks for a term: a word, or what a regular expression finds."""

    #: The word of the term, or the regular expression, as it was typed.
    part: str
    field: Field
    #: Offsets into the field's text, and what stands between them.
    start: int
    end: int
    form: str
    link: Link
    #: For Link.READING: the word that both are forms of, what it is, and in which language (ISO 639-1).
    lemma: str = ""
    kind: str = ""
    language: str = ""


#: By the first character of a key; a reading's key begins with the code of its language.
_LINKS: Final = {"=": Link.TYPED, "*": Link.BEGINNING, "~": Link.NAME}
#: Letters of a word that are looked for inside longer ones.
_SHORTEST_INSIDE: Final = 4


class Reader:
    """An entry, read in one language; each of its words is the place of one word."""

    def __init__(self, matcher: Matcher, entry: Entry, code: str) -> None:
        """Take the language as an ISO 639-1 code."""
        self.code = code
        #: Where phrases and patterns of the matcher's terms stand.
        self.places = matcher.places(entry, code)
        self._keys = matcher.keys(code)
        self._texts = {field: Written(entry.field(field)) for field in Field}
        #: All words, and how many of them stand before each field.
        self._words: list[Place] = []
        self._before: dict[Field, int] = {}
        for field, text in self._texts.items():
            self._before[field] = len(self._words)
            self._words += [Place(field, at, at, *span) for at, span in enumerate(text.spans)]

    def words(self, phrase: Phrase, fields: Collection[Field]) -> list[list[Place]]:
        """Return for each word of a phrase where one stands that it accepts, whatever stands beside it."""
        return [
            [word for at in sorted(numbers) if (word := self._words[at]).field in fields]
            for keys in self._accepted(phrase)
            for numbers in [{at for key in keys for at in self._where.get(key, ())}]
        ]

    def parted(self, first: Place, last: Place) -> bool:
        """Whether a sentence ends between two words of a field."""
        return self._texts[first.field].parted(first.first, last.first)

    def spots(self, leaf: Leaf, place: Place) -> Iterator[Spot]:
        """Yield what stands at a place of a leaf, word by word."""
        if isinstance(leaf, Phrase):
            first = self._before[place.field] + place.first
            for number in range(len(leaf.words)):
                yield self.spot(leaf, number, self._words[first + number])
        else:
            yield self._spot(str(leaf), place, Link.PATTERN)

    def spot(self, phrase: Phrase, number: int, word: Place) -> Spot:
        """Return what makes a word of the entry this word of the phrase."""
        part, accepted, form = str(phrase.words[number]), self._accepted(phrase)[number], self._form(word)
        for key, reading in self._keys.meanings(form):
            if key in accepted:
                spot = self._spot(part, word, Link.READING)
                return replace(spot, lemma=reading.lemma, kind=reading.kind, language=key.partition(":")[0])
        signs = {key[0] for key in accepted.intersection(self._keys.of_text(form))}
        return self._spot(part, word, next((link for sign, link in _LINKS.items() if sign in signs), Link.INSIDE))

    def others(self, phrase: Phrase, word: Place) -> tuple[Reading, ...]:
        """Return what else a word of the entry may be than the first word of a phrase."""
        accepted = self._accepted(phrase)[0]
        return tuple(reading for key, reading in self._keys.meanings(self._form(word)) if key not in accepted)

    def inside(self, phrase: Phrase, fields: Collection[Field]) -> Spot | None:
        """Return the first word in which the first one of a phrase stands; None where it is short or in none."""
        text = fold(phrase.words[0].text)
        if len(text) < _SHORTEST_INSIDE:
            return None
        found = (self._words[at] for key, row in self._where.items() if text in key and key[0] == "=" for at in row)
        return next((self.spot(phrase, 0, word) for word in found if word.field in fields), None)

    def _accepted(self, phrase: Phrase) -> list[frozenset[str]]:
        return [frozenset(each.meant + each.typed) for each in self._keys.of_term(phrase)]

    def _form(self, place: Place) -> str:
        return self._texts[place.field].text[place.start : place.end]

    def _spot(self, part: str, at: Place, link: Link) -> Spot:
        return Spot(part=part, field=at.field, start=at.start, end=at.end, form=self._form(at), link=link)

    @cached_property
    def _where(self) -> Mapping[str, list[int]]:
        """Where words with each key stand."""
        where = defaultdict(list)
        for at, word in enumerate(self._words):
            for key in self._keys.of_text(self._form(word)):
                where[key].append(at)
        return where
