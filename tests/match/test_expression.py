"""What a term finds, once it is known where its words stand."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.match.expression import And, Expression, Leaf, Not, Or, Phrase, Place, evaluate, leaves, negative
from monitor.match.grammar import parse
from monitor.match.pattern import Pattern
from monitor.model.entry import Field
from monitor.text.fold import fold
from monitor.text.words import spans
from tests.match.terms import EXPRESSIONS, TERMS

TEXTS = st.lists(
    st.sampled_from(["war", "мир", "don't", "or", "习平", "🇺🇦", "title", "24", ".", "peace"]), max_size=12
).map(" ".join)
ENTRIES = st.dictionaries(st.sampled_from(Field), TEXTS)


def look(entry: dict[Field, str]) -> Callable[[Leaf, Field | None], Sequence[Place]]:
    """A reader who knows no inflection: says where a leaf stands in an entry."""

    def places(leaf: Leaf, field: Field | None) -> list[Place]:
        return [place for one in entry if field in {None, one} for place in _stand(leaf, one, entry[one])]

    return places


def _stand(leaf: Leaf, field: Field, text: str) -> list[Place]:
    where = spans(text)
    if isinstance(leaf, Pattern):
        return [
            Place(field, sum(b <= start for _, b in where), sum(a < end for a, _ in where) - 1, start, end)
            for start, end in leaf.find(text)
        ]
    written = [fold(text[a:b]) for a, b in where]
    wanted = [fold(word.text) for word in leaf.words]
    size = len(wanted)
    return [
        Place(field, at, at + size - 1, where[at][0], where[at + size - 1][1])
        for at in range(len(written) - size + 1)
        if written[at : at + size] == wanted
    ]


def found(term: str, *, title: str = "", text: str = "") -> list[str]:
    """The words that a term finds in an entry."""
    entry = {Field.TITLE: title, Field.TEXT: text}
    return [entry[place.field][place.start : place.end] for place in evaluate(parse(term), look(entry))]


@pytest.mark.parametrize(
    ("term", "text", "words"),
    [
        ("put domoy", "Put domoy!", ["Put domoy"]),
        ("war OR peace", "peace, then war", ["war", "peace"]),
        ("war OR peace", "peace", ["peace"]),
        ("war AND peace", "peace", []),
        ("war peace OR war", "war", ["war"]),
        ("war NOT peace", "war", ["war"]),
        ("war NOT peace", "war and peace", []),
        ("war AND (peace OR NOT title)", "war", ["war"]),
        ("war AND (peace OR NOT title)", "war title", []),
        ("war AND (peace OR NOT title)", "war title peace", ["war", "peace"]),
        ("NOT (NOT war)", "war", ["war"]),
        ("NOT (NOT war OR peace)", "war", ["war"]),
        ("NOT (NOT war OR peace)", "war peace", []),
        ("war NOT (peace AND title)", "war peace", ["war"]),
        (r"/w\w+/ AND peace", "war we peace", ["war", "we", "peace"]),
        ("war AND war", "war", ["war"]),
    ],
)
def test_operators(term: str, text: str, words: list[str]) -> None:
    """A term shows what it asks for, each place once, and nothing when it does not hold."""
    assert words == found(term, text=text)


@pytest.mark.parametrize(
    ("term", "text", "words"),
    [
        ("a NEAR/2 b", "a x b", ["a", "b"]),
        ("a NEAR/2 b", "b x a", ["a", "b"]),
        ("a NEAR/1 b", "a x b", []),
        ("a NEAR/1 b", "a, b", ["a", "b"]),
        ("a NEAR/2 b", "a x b x x x a", ["a", "b"]),
        ("a NEAR/2 a", "a x x", []),
        ("a NEAR/2 a", "a x a", ["a", "a"]),
        ("a b NEAR/2 b", "a b", []),
        ("a b NEAR/3 c d", "a b x x c d", ["a b", "c d"]),
        ("a b NEAR/2 c d", "a b x x c d", []),
        ("a NEAR/1 (b OR c)", "b a x c", ["a", "b"]),
        ("a NEAR/2 b NEAR/2 c", "a x b x c", ["a", "b", "c"]),
        ("a NEAR/2 b NEAR/2 c", "a c b", ["a", "b", "c"]),
        ("a NEAR/2 b NEAR/1 c", "a x b x c", []),
        ("a NEAR/1 (b NEAR/3 c)", "a b x x c", ["a", "b", "c"]),
        ("a NEAR/1 a NEAR/1 a", "a a a", ["a", "a", "a"]),
        ("a NEAR/1 a NEAR/1 a", "a a", []),
        (r"a NEAR/1 /\d+/", "a 24 x 25", ["a", "24"]),
        (r"a NEAR/1 /%/", "a % x %", ["a", "%"]),
    ],
)
def test_nearness(term: str, text: str, words: list[str]) -> None:
    """NEAR/n finds what stands within n words, in any order, and shows only what is that near."""
    assert sorted(words) == sorted(found(term, text=text))


def test_nearness_is_within_a_field() -> None:
    """The end of the title is not near the beginning of the text; AND looks in the entry as a whole."""
    assert found("a NEAR/5 b", title="a", text="b") == []
    assert found("a AND b", title="a", text="b") == ["a", "b"]


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("title:war", ["war"]),
        ("title:peace", []),
        ("text:(war OR peace)", ["peace"]),
        ("war NOT title:peace", ["war"]),
        ("peace NOT title:war", []),
        ("title:war AND text:peace", ["war", "peace"]),
        (r"text:/w\w+/", []),
        ("title:(war NEAR/5 now)", ["war", "now"]),
        ("title:war NEAR/5 now", ["war", "now"]),
        ("text:war NEAR/5 now", []),
    ],
)
def test_fields(term: str, words: list[str]) -> None:
    """A field before a colon restricts what follows to that part of the entry."""
    assert words == found(term, title="war now", text="peace")


def test_leaves() -> None:
    """The parts that are looked for come with the field they are looked for in."""
    expression = parse("a NEAR/5 b NOT title:(c OR /d/)")
    assert [(str(leaf), field) for leaf, field in leaves(expression)] == [
        ("a", None),
        ("b", None),
        ("c", Field.TITLE),
        ("/d/", Field.TITLE),
    ]


def test_a_hostile_text_is_bounded() -> None:
    """A text that repeats a word twenty thousand times is matched, and shows a bounded number of places."""
    places = [Place(Field.TEXT, at, at, 2 * at, 2 * at + 1) for at in range(20_000)]
    shown = evaluate(parse("a NEAR/100 a NEAR/100 a"), lambda _leaf, _field: places)
    assert 3 <= len(shown) <= 5000


@given(TERMS)
def test_print_and_parse_agree(expression: Expression) -> None:
    """What is printed of a term is a term that means the same."""
    assert expression == parse(str(expression))


@given(TERMS, TERMS, ENTRIES)
def test_an_alternative_loses_nothing(term: Expression, other: Expression, entry: dict[Field, str]) -> None:
    """Adding an alternative to a term never loses a match, nor a place of one."""
    both = evaluate(Or(parts=(term, other)), look(entry))
    assert set(both) == {*evaluate(term, look(entry)), *evaluate(other, look(entry))}


@given(TERMS, ENTRIES)
def test_a_contradiction_never_matches(term: Expression, entry: dict[Field, str]) -> None:
    """`x NOT x` matches nothing, whatever x is."""
    assert evaluate(And(parts=(term, Not(part=term))), look(entry)) == ()


@given(TERMS, EXPRESSIONS, ENTRIES)
def test_an_exclusion_only_removes(term: Expression, other: Expression, entry: dict[Field, str]) -> None:
    """A term either matches with an exclusion or with its opposite, and shows the same places of its own."""
    without = evaluate(And(parts=(term, Not(part=other))), look(entry))
    with_it = evaluate(And(parts=(term, other)), look(entry))
    assert bool(evaluate(term, look(entry))) == bool(without or with_it)
    assert not (without and with_it)
    assert set(evaluate(term, look(entry))) <= {*without, *with_it}


@given(EXPRESSIONS)
def test_negative_is_what_matches_an_empty_entry(expression: Expression) -> None:
    """An expression is negative exactly if its opposite is not."""
    assert negative(expression) != negative(Not(part=expression))


def test_a_phrase_is_a_leaf() -> None:
    """A term without operators is its phrase."""
    assert isinstance(parse("put domoy"), Phrase)
