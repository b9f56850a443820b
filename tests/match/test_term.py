"""What may be written as a term."""

import pytest

from monitor.errors import TermInvalid
from monitor.match import check_term


@pytest.mark.parametrize(
    "term",
    [
        "foreign agent",
        "AC/DC",
        "24/7",
        "C++",
        "#мобилизация",
        "@user",
        "U.S.",
        "don't",
        "P&L",
        "http://x.y/z",
        "/dev/null",
        "rock and roll",
        "not or",
        "NEAR Protocol",
        "a = b",
        "Joint All-Domain Operations (JADO)",
        "Title of law",
        "🇺🇦",
        "习近平",
        '"OR"',
        '"sink OR swim"',
        'sink "OR" swim',
        '"M*A*S*H"',
        '"=x" "title:y"',
    ],
)
def test_usable(term: str) -> None:
    """Names, signs and numbers as people write them are terms, and so is anything with a word in double quotes."""
    check_term(term)


@pytest.mark.parametrize(
    ("term", "column", "message"),
    [
        ("put domoy OR путь домой", 10, "OR is an operator"),
        ("(a AND b)", 3, "AND is an operator"),
        ("NOT football", 0, "NOT is an operator"),
        ("NOT(football)", 0, "NOT is an operator"),
        ("putin NEAR/5 belousov", 6, "NEAR/5 is an operator"),
        ("OR", 0, "OR is an operator"),
        ("=mobilized", 0, "= asks"),
        ("foreign =agent", 8, "= asks"),
        ("мобилиз*", 7, r"\* stands"),
        ("моб*ация", 3, r"\* stands"),
        (r"/put\s+domoy/", 0, "regular expressions"),
        ("title:belousov", 0, "title: asks"),
        ("putin title: belousov", 6, "title: asks"),
        ('the "foreign agent', 4, 'this " is never closed'),
    ],
)
def test_reserved(term: str, column: int, message: str) -> None:
    """What the term language is to give a meaning is refused, at its place and with a remedy."""
    with pytest.raises(TermInvalid, match=f"^{message}") as refused:
        check_term(term)
    assert column == refused.value.column
    assert refused.value.hint


@pytest.mark.parametrize("term", ["", "  ", "!?", '""', '"..."', "\u200b", "&", "\n\n"])
def test_no_word(term: str) -> None:
    """A term without a word would match nothing, or everything: it is refused."""
    with pytest.raises(TermInvalid, match="no word") as refused:
        check_term(term)
    assert refused.value.hint
