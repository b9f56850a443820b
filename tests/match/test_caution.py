"""What looks like a mistake in a term."""

import pytest
from hypothesis import given

from monitor.match.caution import cautions
from monitor.match.expression import And, Expression, Not
from monitor.match.grammar import parse
from tests.match.terms import TERMS


def messages(term: str) -> list[str]:
    """What is said of a term."""
    return [caution.message for caution in cautions(parse(term))]


@pytest.mark.parametrize(
    "term",
    [
        "Putin NOT putin",
        "ёлка NOT Елка",
        "foreign agent NOT agent",
        "=putin NOT putin",
        "=mobilization NOT mobil*",
        "title:war NOT war",
        "title:(war NOT war)",
        "war AND (peace NOT war)",
        "(war OR peace) NOT (peace OR war)",
        "(war OR peace) NOT war NOT peace",
        "(war AND peace) NOT (war AND peace)",
        "war NEAR/5 peace NOT peace",
        r"/wa\w/ NOT /wa\w/",
    ],
)
def test_contradictions(term: str) -> None:
    """A term that excludes what it asks for is told to match never."""
    assert messages(term) == ["this can never match: it excludes what it asks for"]


@pytest.mark.parametrize(
    "term",
    [
        "agent NOT foreign agent",
        "putin NOT =putin",
        "war NOT title:war",
        "title:war NOT text:war",
        "(war OR peace) NOT war",
        "war AND (peace OR NOT war)",
        "war NOT (war AND peace)",
        "war NOT (NOT war)",
        "mobil* NOT mobilization",
        "freedom of information act of state",
        "习近平总书记重要讲话精神",
        "习",
        "🇺🇦",
        "S-300",
        r"/put\s+domoy/",
        "war NOT (peace OR NOT title)",
    ],
)
def test_nothing_to_say(term: str) -> None:
    """Terms that mean something pass without a word."""
    assert messages(term) == []


@pytest.mark.parametrize(
    ("term", "message"),
    [
        ("war OR (peace NOT peace)", "this alternative can never match: peace AND NOT peace"),
        ("C++ OR war", "the word C has only one letter, and is found wherever that stands alone"),
        ("war AND 5", "the word 5 has only one letter, and is found wherever that stands alone"),
        (r"war OR /\w/", r"/\w/ is found wherever a single character is, so in nearly every entry"),
        (
            "energy dependence Moldova Gazprom imports Romania grid",
            "energy dependence Moldova Gazprom imports Romania grid must stand in this order, word by word",
        ),
    ],
)
def test_suspicions(term: str, message: str) -> None:
    """What matches too much, or hardly anything, is told, once."""
    assert [message] == messages(f"({term}) OR {term}")


@given(TERMS)
def test_every_contradiction_is_seen(expression: Expression) -> None:
    """`x NOT x` is seen to be a contradiction, whatever x is, unless x itself is made of exclusions."""
    seen = cautions(And(parts=(expression, Not(part=expression))))
    assert any("never match" in caution.message for caution in seen)
