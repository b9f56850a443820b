"""What became of a term in an entry, part by part: found, nearly found and why not, or not there at all."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import compress, pairwise, product
from operator import not_
from typing import Final

from monitor.match.expression import And, Expression, In, Leaf, Near, Not, Or, Phrase, Place, evaluate, leaves
from monitor.match.pattern import Pattern
from monitor.match.reader import Reader, Spot
from monitor.model.entry import Field
from monitor.morphology.language import Reading


class Cause(StrEnum):
    """Why a term, or a part of one, is found or is not; the nearer it is to be found, the earlier it stands."""

    FOUND = "found"
    FIELD = "only where the watchlist does not look"
    LANGUAGE = "only if the entry is read in another language"
    READING = "read as another word, because of the words around it"
    FORM = "another form of it is there, not this one"
    SENTENCE = "its words follow each other, but a sentence ends between them"
    APART = "its words are there, but do not follow each other"
    DISTANCE = "its parts are there, but too far from each other"
    BARRED = "what it excludes is there"
    PARTS = "not all of its parts are there"
    WORDS = "not all of its words are there"
    INSIDE = "only inside a longer word"
    NOTHING = "nothing of it is there"


#: Of a phrase, one letter of so many must be there to speak of it: "the" of "the agency" says nothing.
_WORTH: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What became of a term, or of a part of one."""

    #: As it is understood, written as a term.
    part: str
    cause: Cause
    #: What speaks for it; of what is found, each place, and of what is not, one.
    spots: tuple[Spot, ...] = ()
    #: Words of a phrase that are not there.
    missing: tuple[str, ...] = ()
    #: For APART and DISTANCE: how many words stand between; None where they stand in different fields.
    between: int | None = None
    #: For READING: the words that it is read as instead.
    instead: tuple[Reading, ...] = ()
    #: For LANGUAGE: the one in which it would be found (ISO 639-1).
    language: str = ""
    #: Of an expression, what became of its parts; of alternatives, only those that are found, or else nearly.
    parts: tuple["Finding", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What became of expressions in an entry."""

    #: The entry in each language that it is read in, and in those that it would be if none were set.
    readers: Sequence[Reader]
    further: Sequence[Reader]
    #: Where expressions are looked for that name no field.
    fields: Collection[Field]

    def of_term(self, expression: Expression) -> Finding:
        """Return what became of a whole term."""
        if held := set(evaluate(expression, self._look)):
            spots = (
                spot
                for leaf, field in leaves(expression)
                for place, reader in _found(self.readers, leaf, self._in(field)).items()
                if place in held
                for spot in reader.spots(leaf, place)
            )
            return Finding(part=str(expression), cause=Cause.FOUND, spots=tuple(dict.fromkeys(spots)))
        return self.of_part(expression)

    def _look(self, leaf: Leaf, field: Field | None) -> list[Place]:
        return [*_found(self.readers, leaf, self._in(field))]

    def _in(self, field: Field | None) -> Collection[Field]:
        return self.fields if field is None else field.reach

    def of_part(self, expression: Expression) -> Finding:
        """Return what became of a part of a term, looked at by itself."""
        match expression:
            case Phrase() | Pattern():
                return self._of_leaf(expression)
            case In():
                within = replace(self, fields=expression.field.reach)
                return replace(within.of_part(expression.part), part=str(expression))
            case Not():
                barring = tuple(part for part in [self.of_part(expression.part)] if part.cause is Cause.FOUND)
                return Finding(part=str(expression), cause=Cause.BARRED if barring else Cause.FOUND, parts=barring)
            case Or():
                found = [self.of_part(part) for part in expression.parts]
                nearest = min(found, key=near).cause
                told = {nearest} if nearest is Cause.FOUND else {*Cause} - {Cause.NOTHING}
                parts = tuple(part for part in found if part.cause in told)
                return Finding(part=str(expression), cause=nearest, parts=parts)
            case _:
                parts = tuple(map(self.of_part, expression.parts))
                finding = Finding(part=str(expression), cause=_of_all(parts, expression.parts), parts=parts)
                if finding.cause is not Cause.FOUND or isinstance(expression, And) or evaluate(expression, self._look):
                    return finding
                return replace(finding, cause=Cause.DISTANCE, between=self._between(expression))

    def _between(self, near: Near) -> int | None:
        """Return how many words stand between parts at their nearest; None if they stand in different fields."""
        gaps = [
            [
                max(one.first, two.first) - min(one.last, two.last) - 1
                for one, two in product(*both)
                if one.field is two.field
            ]
            for both in pairwise(evaluate(part, self._look) for part in near.parts)
        ]
        return max(map(min, gaps)) if all(gaps) else None

    def _of_leaf(self, leaf: Leaf) -> Finding:
        for cause, readers, fields in (
            (Cause.FOUND, self.readers, self.fields),
            (Cause.FIELD, self.readers, [*Field]),
            (Cause.LANGUAGE, self.further, self.fields),
        ):
            for place, reader in _found(readers, leaf, fields).items():
                language = reader.code if cause is Cause.LANGUAGE else ""
                return Finding(part=str(leaf), cause=cause, spots=tuple(reader.spots(leaf, place)), language=language)
        if isinstance(leaf, Pattern):
            return Finding(part=str(leaf), cause=Cause.NOTHING)
        return min((self._of_words(leaf, reader) for reader in self.readers), key=near)

    def _of_words(self, phrase: Phrase, reader: Reader) -> Finding:
        """Return what is there of a phrase that is not found, read in one language."""
        if any(word.exact for word in phrase.words):
            loose = replace(phrase, words=tuple(replace(word, exact=False) for word in phrase.words))
            if (found := self._of_words(loose, reader)).cause is Cause.READING:
                return replace(found, part=str(phrase), cause=Cause.FORM, instead=())
        where = _nearest(reader.words(phrase, self.fields))
        there = [place for place in where if place]
        spots = tuple(reader.spot(phrase, number, place) for number, place in enumerate(where) if place)
        if len(there) == len(where):
            cause, between = _apart(there, phrase, reader)
            instead = reader.others(phrase, there[0]) if cause is Cause.READING else ()
            return Finding(part=str(phrase), cause=cause, spots=spots, between=between, instead=instead)
        words = tuple(map(str, phrase.words))
        if _WORTH * sum(len(spot.part) for spot in spots) > sum(map(len, words)):
            missing = tuple(compress(words, map(not_, where)))
            return Finding(part=str(phrase), cause=Cause.WORDS, spots=spots, missing=missing)
        if len(words) == 1 and (inside := reader.inside(phrase, self.fields)):
            return Finding(part=str(phrase), cause=Cause.INSIDE, spots=(inside,))
        return Finding(part=str(phrase), cause=Cause.NOTHING)


def _found(readers: Iterable[Reader], leaf: Leaf, fields: Collection[Field]) -> dict[Place, Reader]:
    """Return where a leaf stands, and which reader is the first to find it there."""
    found: dict[Place, Reader] = {}
    for reader in readers:
        for place in reader.places.get(leaf, ()):
            if place.field in fields:
                found.setdefault(place, reader)
    return found


def _nearest(rows: Sequence[Sequence[Place]]) -> Sequence[Place | None]:
    """Return the words of a phrase where they are nearest to being it, no two the same; None for what is not there."""
    beside = [_beside(first, rows) for first in rows[0]] if all(rows) else []
    if beside := [where for where in beside if len({*where}) == len(rows)]:
        return min(beside, key=_gap)
    distinct: list[Place | None] = []
    for row in rows:
        distinct.append(next((place for place in row if place not in distinct), None))
    return distinct


def _beside(first: Place, rows: Sequence[Sequence[Place]]) -> list[Place]:
    """Return the words of a phrase nearest to where they would follow its first one; only those in its field."""
    same = [[place for place in row if place.field is first.field] for row in rows[1:]]
    return [
        first,
        *(min(row, key=lambda word: abs(word.first - first.first - step)) for step, row in enumerate(same, 1) if row),
    ]


def _gap(where: Sequence[Place]) -> tuple[int, bool]:
    """Return how many other words stand between words of one field, and whether these are in another order."""
    numbers = [place.first for place in where]
    return max(numbers) - min(numbers) + 1 - len(numbers), numbers != sorted(numbers)


def _apart(where: Sequence[Place], phrase: Phrase, reader: Reader) -> tuple[Cause, int | None]:
    """Return why words that are all there are not found as a phrase, and how many stand between."""
    if len({place.field for place in where}) > 1:
        return Cause.APART, None
    between, disordered = _gap(where)
    if between or disordered:
        return Cause.APART, between
    parted = not phrase.crosses and reader.parted(where[0], where[-1])
    return (Cause.SENTENCE, 0) if parted else (Cause.READING, None)


def _of_all(parts: Sequence[Finding], of: Sequence[Expression]) -> Cause:
    asked = [part.cause for part, expression in zip(parts, of, strict=True) if not isinstance(expression, Not)]
    if asked and all(cause is Cause.NOTHING for cause in asked):
        return Cause.NOTHING
    if any(cause is not Cause.FOUND for cause in asked):
        return Cause.PARTS
    return Cause.BARRED if any(part.cause is Cause.BARRED for part in parts) else Cause.FOUND


def near(finding: Finding) -> int:
    """Return how far it is from being found; 0 if it is."""
    return [*Cause].index(finding.cause)
