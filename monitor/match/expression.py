"""What a term means: its parts, how they are written, and when they hold. Knows no text and no language."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from monitor.match.pattern import Pattern
from monitor.model.entry import Field
from monitor.text.words import parted, tokens

OPERATORS: Final = ("AND", "OR", "NOT", "NEAR")
#: Pairs that one NEAR looks at in an entry; more say nothing new, and a hostile text could hold millions.
_MOST_PAIRS: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word as it was typed: any form of it, this very form, or all words that begin so."""

    text: str
    exact: bool = False
    prefix: bool = False

    def __str__(self) -> str:
        if self.exact or self.prefix:
            return f"{'=' * self.exact}{self.text}{'*' * self.prefix}"
        return f'"{self.text}"' if self.text in OPERATORS else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that follow each other; at least one."""

    words: tuple[Word, ...]
    #: Whether it may reach across the end of a sentence, because it holds one itself: "Yahoo! Finance".
    crosses: bool = False

    def __str__(self) -> str:
        first = str(self.words[0])
        further = "".join(_gap(before, word) + str(word) for before, word in pairwise(self.words))
        if not self.crosses:
            return first + further
        shown = f"{first}! {further.lstrip()}"
        return shown if parted(shown, 0, len(shown)) else f"{first}。{further}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Parts of which each further one stands within `distance` words of those before it, in any order.

    Next to each other is a distance of 1. Parts are phrases, patterns, and alternatives and nearness of such.
    """

    parts: tuple["Expression", ...]
    distance: int

    def __str__(self) -> str:
        return f" NEAR/{self.distance} ".join(map(_inner, self.parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """All of these parts, anywhere in the entry."""

    parts: tuple["Expression", ...]

    def __str__(self) -> str:
        return " AND ".join(str(part) if isinstance(part, Not) else _inner(part) for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """Any of these parts."""

    parts: tuple["Expression", ...]

    def __str__(self) -> str:
        return " OR ".join(str(part) if isinstance(part, Not) else _inner(part) for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """Everything that this part does not hold for."""

    part: "Expression"

    def __str__(self) -> str:
        return f"NOT {_inner(self.part)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class In:
    """This part, looked for in one field only."""

    field: Field
    part: "Expression"

    def __str__(self) -> str:
        return f"{self.field}:{_inner(self.part)}"


Leaf: TypeAlias = Phrase | Pattern
Expression: TypeAlias = Leaf | Near | And | Or | Not | In


class Place(NamedTuple):
    """Where a phrase or a pattern stands in an entry."""

    field: Field
    #: The words it stands on, counted from 0; a pattern between two words has the one after it and the one before it.
    first: int
    last: int
    #: Offsets into the field's text.
    start: int
    end: int


#: Says where a leaf stands: in one field, or, for None, in all that the watchlist looks in.
Places: TypeAlias = Callable[[Leaf, Field | None], Sequence[Place]]


def leaves(expression: Expression, field: Field | None = None) -> Iterator[tuple[Leaf, Field | None]]:
    """Yield what is looked for, and the field it is restricted to."""
    match expression:
        case Near() | And() | Or():
            for part in expression.parts:
                yield from leaves(part, field)
        case Not():
            yield from leaves(expression.part, field)
        case In():
            yield from leaves(expression.part, expression.field)
        case _:
            yield expression, field


def evaluate(expression: Expression, places: Places) -> tuple[Place, ...]:
    """Return the places that make it hold, in the order of the expression, each once; none when it does not hold.

    The expression must not be `negative`.
    """
    if isinstance(expression, Phrase | Pattern):
        return tuple(places(expression, None))
    return tuple(dict.fromkeys(_support(expression, places, None, wanted=True) or ()))


def negative(expression: Expression) -> bool:
    """Whether it holds for an entry in which nothing is found, and so for nearly every entry."""
    return _support(expression, lambda _leaf, _field: (), None, wanted=True) is not None


def _support(expression: Expression, look: Places, field: Field | None, *, wanted: bool) -> list[Place] | None:
    """Return what makes it hold, or with `wanted` false, not hold; None when nothing does."""
    match expression:
        case Not():
            return _support(expression.part, look, field, wanted=not wanted)
        case In():
            return _support(expression.part, look, expression.field, wanted=wanted)
        case And() | Or():
            found = [_support(part, look, field, wanted=wanted) for part in expression.parts]
            held = [places for places in found if places is not None]
            enough = len(found) if isinstance(expression, And) == wanted else 1
            return [place for places in held for place in places] if len(held) >= enough else None
        case _:
            spots = [place for span in _spans(expression, look, field) for place in span.places]
            return (spots or None) if wanted else (None if spots else [])


class _Span(NamedTuple):
    """What stands near each other: a stretch of words, and the places within that count."""

    field: Field
    first: int
    last: int
    places: tuple[Place, ...]


def _spans(expression: Expression, look: Places, field: Field | None) -> list[_Span]:
    match expression:
        case Near():
            first, *further = (_spans(part, look, field) for part in expression.parts)
            for others in further:
                first = _pairs(first, others, expression.distance)
            return first
        case And() | Or():
            return [span for part in expression.parts for span in _spans(part, look, field)]
        case In() | Not():
            return _spans(expression.part, look, expression.field if isinstance(expression, In) else field)
        case _:
            return [_Span(place.field, place.first, place.last, (place,)) for place in look(expression, field)]


def _pairs(spans: Iterable[_Span], others: Iterable[_Span], distance: int) -> list[_Span]:
    """Return each stretch once from a span to another one within the distance; those two do not overlap."""
    rows: dict[Field, list[_Span]] = {}
    for other in sorted(others, key=lambda span: span.first):
        rows.setdefault(other.field, []).append(other)
    widest = {field: max(other.last - other.first for other in row) for field, row in rows.items()}
    found: dict[tuple[Field, int, int], _Span] = {}
    for span in spans:
        row = rows.get(span.field, [])
        low = bisect_left(row, span.first - distance - widest.get(span.field, 0), key=lambda other: other.first)
        high = bisect_right(row, span.last + distance, key=lambda other: other.first)
        for other in row[low:high]:
            both = (span.field, min(span.first, other.first), max(span.last, other.last))
            if both not in found and other.last >= span.first - distance and _apart(span, other):
                found[both] = _Span(*both, span.places + other.places)
        if len(found) >= _MOST_PAIRS:
            break
    return list(found.values())


def _apart(span: _Span, other: _Span) -> bool:
    return all(one.end <= two.start or two.end <= one.start for one in span.places for two in other.places)


def _inner(part: Expression) -> str:
    """Write an expression as a part of another one."""
    return str(part) if isinstance(part, Phrase | Pattern | In) else f"({part})"


def _gap(before: Word, word: Word) -> str:
    """Return what must stand between two words so that they are these two: nothing where no spaces are written."""
    if before.exact or before.prefix or word.exact or tokens(before.text + word.text) != [before.text, word.text]:
        return " "
    return "" if len(before.text) == len(word.text) == 1 or tokens(word.text) != [word.text] else " "
