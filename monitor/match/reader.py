"""An entry as it is read to be explained: where words of terms stand in it, and what makes them these words.

What `search` finds for all terms at once, this looks at word by word.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import Final, NamedTuple

from monitor.match.expression import Leaf, Phrase, Place
from monitor.match.keys import Keys
from monitor.match.pattern import Pattern, PatternTooSlow
from monitor.match.search import Search
from monitor.match.vocabulary import Vocabulary
from monitor.match.written import Written
from monitor.model.entry import Entry, Field
from monitor.morphology.language import Reading
from monitor.morphology.registry import language
from monitor.text.fold import fold, plain


class Link(StrEnum):
    """What makes a word of an entry a word of a term."""

    READING = "a form of it"
    TYPED = "as typed"
    BEGINNING = "begins so"
    NAME = "a name in another spelling"
    INSIDE = "inside a longer word"
    PATTERN = "found by the regular expression"


class At(NamedTuple):
    """A word of an entry, counted from 0 in its field."""

    field: Field
    word: int


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
    #: For Link.READING: the word that both are forms of, and in which language (ISO 639-1).
    reading: Reading | None = None
    language: str = ""


#: By the first character of a key; a reading's key begins with the code of its language.
_LINKS: Final = {"=": Link.TYPED, "*": Link.BEGINNING, "~": Link.NAME}

_ORDER: Final = {field: number for number, field in enumerate(Field)}


class Reader:
    """An entry, read in some languages, for some leaves."""

    def __init__(self, entry: Entry, codes: Iterable[str], leaves: Collection[Leaf]) -> None:
        """Take the languages as ISO 639-1 codes."""
        self._texts = {field: Written(entry.field(field)) for field in Field if entry.field(field)}
        phrases = [leaf for leaf in leaves if isinstance(leaf, Phrase)]
        prefixes = {fold(plain(word.text)) for leaf in phrases for word in leaf.words if word.prefix}
        self._vocabulary = Vocabulary()
        self._keys = {code: Keys(code, prefixes, self._vocabulary) for code in codes}
        self._of_term = cache(
            lambda phrase, code: tuple(frozenset(each.meant + each.typed) for each in self._keys[code].of_term(phrase))
        )
        self._of_text = cache(lambda token, code: frozenset(self._keys[code].of_text(token)))
        self._where = {code: self._index(code) for code in self._keys}
        self._places = {code: self._search(phrases, code) for code in self._keys}
        self._found = {leaf: tuple(self._find(leaf)) for leaf in leaves if isinstance(leaf, Pattern)}

    def places(self, leaf: Leaf, codes: Iterable[str]) -> Sequence[Place]:
        """Return where a leaf stands, read in some of the languages."""
        if isinstance(leaf, Pattern):
            return self._found[leaf]
        return tuple(dict.fromkeys(place for code in codes for place in self._places[code].get(leaf, ())))

    def words(self, phrase: Phrase, code: str, fields: Collection[Field]) -> list[list[At]]:
        """Return for each word of a phrase where one stands that it accepts, whatever stands beside it."""
        where = self._where[code]
        return [
            sorted({at for key in keys for at in where.get(key, ()) if at.field in fields}, key=_in_order)
            for keys in self._of_term(phrase, code)
        ]

    def parted(self, first: At, last: At) -> bool:
        """Whether a sentence ends between two words of a field."""
        return self._texts[first.field].parted(first.word, last.word)

    def spots(self, leaf: Leaf, place: Place, codes: Collection[str]) -> Iterator[Spot]:
        """Yield what stands at a place of a leaf, word by word."""
        if isinstance(leaf, Phrase):
            for number in range(len(leaf.words)):
                yield self.spot(leaf, number, At(place.field, place.first + number), codes)
        else:
            form = self._texts[place.field].text[place.start : place.end]
            yield Spot(
                part=str(leaf), field=place.field, start=place.start, end=place.end, form=form, link=Link.PATTERN
            )

    def spot(self, phrase: Phrase, number: int, at: At, codes: Iterable[str]) -> Spot:
        """Return what makes a word of the entry this word of the phrase, in the first language in which it is."""
        text = self._texts[at.field]
        token, (start, end) = text.words[at.word], text.spans[at.word]
        link, reading, code = Link.INSIDE, None, ""
        for each in codes:
            shared = self._of_term(phrase, each)[number] & self._of_text(token, each)
            if found := next(_readings(token, shared), None):
                link, (reading, code) = Link.READING, found
                break
            link = next((_LINKS[sign] for sign in _LINKS if any(key[0] == sign for key in shared)), link)
        part = str(phrase.words[number])
        return Spot(
            part=part, field=at.field, start=start, end=end, form=text.text[start:end], link=link,
            reading=reading, language=code,
        )  # fmt: skip

    def others(self, spot: Spot, phrase: Phrase) -> tuple[Reading, ...]:
        """Return what else a form may be, than a form of the only word of a phrase."""
        (accepted,) = self._of_term(phrase, spot.language)
        return tuple(
            each
            for each in language(spot.language).readings(plain(spot.form))
            if f"{spot.language}:{each.key}" not in accepted
        )

    def inside(self, text: str, fields: Collection[Field]) -> At | None:
        """Return the first word in which a text stands, both folded."""
        for field, words in self._folded.items():
            if field in fields and text in " ".join(words):
                return next((At(field, at) for at, word in enumerate(words) if text in word), None)
        return None

    @cached_property
    def _folded(self) -> dict[Field, list[str]]:
        return {field: list(map(fold, text.words)) for field, text in self._texts.items()}

    def _index(self, code: str) -> Mapping[str, list[At]]:
        """Return where words with each key stand."""
        where = defaultdict(list)
        for field, text in self._texts.items():
            for at, token in enumerate(text.words):
                for key in self._of_text(token, code):
                    where[key].append(At(field, at))
        return where

    def _search(self, phrases: Iterable[Phrase], code: str) -> Mapping[Phrase, list[Place]]:
        """Return where phrases stand. Few are worth a search: those of which each word is there."""
        there = [phrase for phrase in phrases if all(self.words(phrase, code, self._texts))]
        search = Search({phrase: number for number, phrase in enumerate(there)}, code, self._vocabulary)
        places: dict[Phrase, list[Place]] = {}
        for field, text in self._texts.items():
            for number, first, last in search.find(text):
                place = Place(field, first, last, text.spans[first][0], text.spans[last][1])
                places.setdefault(there[number], []).append(place)
        return {phrase: sorted(found, key=_in_order) for phrase, found in places.items()}

    def _find(self, pattern: Pattern) -> Iterator[Place]:
        """Yield where a pattern is found; nothing in a text on which it takes too long, as in matching."""
        for field, text in self._texts.items():
            with suppress(PatternTooSlow):
                for start, end in pattern.find(text.text):
                    yield Place(field, *text.between(start, end), start, end)


def _in_order(at: At | Place) -> tuple[int, int]:
    return _ORDER[at[0]], at[1]


def _readings(token: str, shared: Iterable[str]) -> Iterator[tuple[Reading, str]]:
    """Yield the readings of a word of a text that have one of these keys, each with its language."""
    for code, key in (key.split(":", 1) for key in sorted(shared) if key[0] not in _LINKS):
        yield from ((each, code) for each in language(code).readings(plain(token)) if each.key == key)
