"""What became of a term in an entry, part by part: found, nearly found and why not, or not there at all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise, product
from typing import Final

from monitor.match.expression import Expression, In, Leaf, Near, Not, Or, Phrase, Place, evaluate, leaves
from monitor.match.pattern import Pattern
from monitor.match.reader import At, Reader, Spot
from monitor.model.entry import Field
from monitor.morphology.language import Reading
from monitor.text.fold import fold


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


#: Causes by how near they are.
_RANK: Final = {cause: rank for rank, cause in enumerate(Cause)}
#: Letters of a word that are looked for inside longer ones.
_SHORTEST_INSIDE: Final = 4
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


class Diagnosis:
    """What became of expressions in the fields that a watchlist looks in."""

    def __init__(self, reader: Reader, codes: Sequence[str], further: Sequence[str], fields: Collection[Field]) -> None:
        self._reader = reader
        self._codes = codes
        #: Languages that the entry may be in, but is not read in because others are set.
        self._further = further
        self._fields = fields

    def of_term(self, expression: Expression) -> Finding:
        """Return what became of a whole term."""
        if held := set(evaluate(expression, self._look)):
            spots = (
                spot
                for leaf, field in leaves(expression)
                for place in self._look(leaf, field)
                if place in held
                for spot in self._reader.spots(leaf, place, self._codes)
            )
            return Finding(part=str(expression), cause=Cause.FOUND, spots=tuple(dict.fromkeys(spots)))
        return self._of(expression, None)

    def _look(self, leaf: Leaf, field: Field | None) -> list[Place]:
        return [place for place in self._reader.places(leaf, self._codes) if place.field in self._in(field)]

    def _in(self, field: Field | None) -> Collection[Field]:
        return self._fields if field is None else {field}

    def _of(self, expression: Expression, field: Field | None) -> Finding:
        match expression:
            case Phrase() | Pattern():
                return self._of_leaf(expression, field)
            case In():
                return replace(self._of(expression.part, expression.field), part=str(expression))
            case Not():
                barring = tuple(part for part in [self._of(expression.part, field)] if part.cause is Cause.FOUND)
                return Finding(part=str(expression), cause=Cause.BARRED if barring else Cause.FOUND, parts=barring)
            case Near():
                return self._of_near(expression, field)
            case Or():
                found = [self._of(part, field) for part in expression.parts]
                nearest = min(found, key=near).cause
                told = {nearest} if nearest is Cause.FOUND else {*Cause} - {Cause.NOTHING}
                parts = tuple(part for part in found if part.cause in told)
                return Finding(part=str(expression), cause=nearest, parts=parts)
            case _:
                parts = tuple(self._of(part, field) for part in expression.parts)
                return Finding(part=str(expression), cause=_of_all(parts, expression.parts), parts=parts)

    def _of_near(self, near: Near, field: Field | None) -> Finding:
        parts = tuple(self._of(part, field) for part in near.parts)
        cause, between = _of_all(parts, near.parts), None
        if cause is Cause.FOUND and not evaluate(_within(near, field), self._look):
            cause, between = Cause.DISTANCE, self._between(near, field)
        return Finding(part=str(near), cause=cause, parts=parts, between=between)

    def _between(self, near: Near, field: Field | None) -> int | None:
        """Return how many words stand between parts at their nearest; None if they stand in different fields."""
        places = [evaluate(_within(part, field), self._look) for part in near.parts]
        gaps = [
            [
                max(one.first, two.first) - min(one.last, two.last) - 1
                for one, two in product(*both)
                if one.field is two.field
            ]
            for both in pairwise(places)
        ]
        return max(map(min, gaps)) if all(gaps) else None

    def _of_leaf(self, leaf: Leaf, field: Field | None) -> Finding:
        fields = self._in(field)
        for cause, tried, codes, where in (
            (Cause.FOUND, leaf, self._codes, fields),
            (Cause.FIELD, leaf, self._codes, Field),
            (Cause.LANGUAGE, leaf, self._further, fields),
            (Cause.FORM, loose(leaf), self._codes, fields),
        ):
            for place in self._reader.places(tried, codes):
                if place.field in where:
                    spots = tuple(self._reader.spots(tried, place, codes))
                    code = next((spot.language for spot in spots if spot.language), "")
                    language = code if cause is Cause.LANGUAGE else ""
                    return Finding(part=str(leaf), cause=cause, spots=spots, language=language)
        if isinstance(leaf, Pattern):
            return Finding(part=str(leaf), cause=Cause.NOTHING)
        return min((self._of_words(leaf, code, fields) for code in self._codes), key=near)

    def _of_words(self, phrase: Phrase, code: str, fields: Collection[Field]) -> Finding:
        """Return what is there of a phrase that is not found, read in one language."""
        rows = self._reader.words(phrase, code, fields)
        words = list(map(str, phrase.words))
        if all(rows):
            cause, where, between = self._apart(rows)
        elif _WORTH * sum(len(word) for word, row in zip(words, rows, strict=True) if row) > sum(map(len, words)):
            cause, where, between = Cause.WORDS, [row[0] if row else None for row in rows], None
        else:
            return self._inside(phrase, code, fields)
        spots = [self._reader.spot(phrase, at, place, (code,)) for at, place in enumerate(where) if place]
        return Finding(
            part=str(phrase),
            cause=cause,
            spots=tuple(spots),
            missing=tuple(word for word, row in zip(words, rows, strict=True) if not row),
            between=between,
            instead=self._reader.others(spots[0], phrase) if cause is Cause.READING else (),
        )

    def _apart(self, rows: list[list[At]]) -> tuple[Cause, Sequence[At | None], int | None]:
        """Return why words that are all there are no phrase, where they are nearest, and how many stand between."""
        if len(rows) == 1:
            return Cause.READING, rows[0][:1], None
        beside = [where for first in rows[0] if len(where := _beside(first, rows)) == len(rows)]
        if not beside:
            return Cause.APART, [row[0] for row in rows], None
        where = min(beside, key=_between)
        parted = not _between(where) and self._reader.parted(where[0], where[-1])
        return Cause.SENTENCE if parted else Cause.APART, where, _between(where)

    def _inside(self, phrase: Phrase, code: str, fields: Collection[Field]) -> Finding:
        nothing = Finding(part=str(phrase), cause=Cause.NOTHING)
        text = fold(phrase.words[0].text)
        if len(phrase.words) > 1 or len(text) < _SHORTEST_INSIDE:
            return nothing
        at = self._reader.inside(text, fields)
        return (
            replace(nothing, cause=Cause.INSIDE, spots=(self._reader.spot(phrase, 0, at, (code,)),)) if at else nothing
        )


def _beside(first: At, rows: Sequence[Sequence[At]]) -> list[At]:
    """Return the words of a phrase nearest to where they would follow its first one; only those in its field."""
    same = [[at for at in row if at.field is first.field] for row in rows[1:]]
    return [
        first,
        *(min(row, key=lambda at: abs(at.word - first.word - step)) for step, row in enumerate(same, 1) if row),
    ]


def _between(where: Sequence[At]) -> int:
    """Return how many other words stand between words of one field."""
    numbers = [at.word for at in where]
    return max(0, max(numbers) - min(numbers) + 1 - len(numbers))


def _of_all(parts: Sequence[Finding], of: Sequence[Expression]) -> Cause:
    asked = [part.cause for part, expression in zip(parts, of, strict=True) if not isinstance(expression, Not)]
    if asked and all(cause is Cause.NOTHING for cause in asked):
        return Cause.NOTHING
    if any(cause is not Cause.FOUND for cause in asked):
        return Cause.PARTS
    return Cause.BARRED if any(part.cause is Cause.BARRED for part in parts) else Cause.FOUND


def near(finding: Finding) -> int:
    """Return how far it is from being found; 0 if it is."""
    return _RANK[finding.cause]


def _within(part: Expression, field: Field | None) -> Expression:
    return part if field is None else In(field=field, part=part)


def loose(leaf: Leaf) -> Leaf:
    """Return a phrase with any form of its words where it asks for this very one."""
    if isinstance(leaf, Pattern):
        return leaf
    return replace(leaf, words=tuple(replace(word, exact=False) for word in leaf.words))
