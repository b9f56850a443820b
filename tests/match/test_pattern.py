"""Regular expressions: what they find, and that none can hang."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import TermInvalid
from monitor.match.pattern import MOST_FOUND, Pattern, PatternTooSlow


def forms(source: str, text: str) -> list[str]:
    """What a regular expression finds in a text, as it stands there."""
    return [text[start:end] for start, end in Pattern(source=source).find(text)]


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        (
            r"put\s+domoy",
            "Put  domoy, put\u00a0domoy, put\ndomoy, putdomoy",
            ["Put  domoy", "put\u00a0domoy", "put\ndomoy"],
        ),
        (r"\bмобилиз\w+\b", "Мобилизация; демобилизация", ["Мобилизация"]),
        (r"\bмир\b", "мир, Мир! мирный и кумир", ["мир", "Мир"]),
        (r"\w+", "ґанок їжак", ["ґанок", "їжак"]),
        (r"\d+", "٣٤ и 56", ["٣٤", "56"]),
        ("(?-i)Мир", "мир Мир МИР", ["Мир"]),
        ("(?-i:М)ир", "мир Мир МИР", ["Мир", "МИР"]),
        (r"(?<=штраф )\d+(?! рублей)", "штраф 500 рублей, штраф 600 гривен", ["50", "600"]),
    ],
)
def test_finds(source: str, text: str, found: list[str]) -> None:
    """Any case is found unless (?-i) says otherwise; letters, digits and word boundaries are those of every script."""
    assert found == forms(source, text)


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        (r"мобилизованн\w+", "моби\u00adлизо\u0301ванных", ["моби\u00adлизо\u0301ванных"]),
        ("ещё", "Еще, ещё, ЕЩЕ\u0308", ["Еще", "ещё", "ЕЩЕ\u0308"]),
        ("[а-я]+", "ёлка", ["ёлка"]),
        ("й", "и\u0306", ["и\u0306"]),
        ("и\u0306", "й", ["й"]),
        ("don't", "don’t", ["don’t"]),
        ("put domoy", "put\u00a0domoy", ["put\u00a0domoy"]),
        ("№ 5", "№ 5", ["№ 5"]),
        ("b", "\u200ba\u200bb\u200bc", ["b\u200b"]),
    ],
)
def test_spellings_are_alike(source: str, text: str, found: list[str]) -> None:
    """Stress marks, invisible characters, ё, apostrophes and no-break spaces hide no match, nor shift its place."""
    assert found == forms(source, text)


@pytest.mark.parametrize(
    ("source", "column", "message"),
    [
        ("[a", 2, "no regular expression: unterminated character set"),
        ("put(domoy", 9, "no regular expression: missing"),
        ("a)b", 1, "no regular expression: unbalanced parenthesis"),
        ("*a", 0, "no regular expression: nothing to repeat"),
        (r"\p{Foo}a", 7, "no regular expression: unknown property"),
        ("и\u0306и\u0306[a", 6, "no regular expression: unterminated"),
        ("(?au)a", 0, "no regular expression"),
        ("x*", 0, "finds the empty text"),
        ("(war|)", 0, "finds the empty text"),
        (r"\b", 0, "finds the empty text"),
        ("$", 0, "finds the empty text"),
        ("", 0, "finds the empty text"),
        ("(?R)|a", 0, "finds no end"),
        ("a{1000000}", 1, "too large"),
        ("(?:ab{1000}){1000}", 12, "too large"),
        ("(?:" * 25 + "a" + ")+" * 25, 97, "too large"),
        ("(" * 40 + "a" + ")" * 40, 29, "too large"),
        ("a" * 1001, 1000, "too large"),
    ],
)
def test_refused(source: str, column: int, message: str) -> None:
    """What is no regular expression, finds empty text, or is too much for the engine is refused at its place."""
    with pytest.raises(TermInvalid, match=message) as refused:
        Pattern(source=source)
    assert column == refused.value.column
    assert refused.value.hint


@pytest.mark.parametrize("source", ["(a+)+$", "(a|aa)+$", r"(?:a+a+)+\W\W"])
def test_slow(source: str) -> None:
    """A regular expression that would run for years is given up, by name."""
    with pytest.raises(PatternTooSlow):
        Pattern(source=source).find("a" * 20_000 + "!")


def test_places_are_bounded() -> None:
    """Of thousands of places the first ones are shown."""
    assert [(2 * at, 2 * at + 1) for at in range(MOST_FOUND)] == Pattern(source="a").find("a " * 5000)


@pytest.mark.parametrize("source", [".", r"\w", r"\s+", "[^x]"])
def test_any_character(source: str) -> None:
    """What a single character of a common kind is enough for is known."""
    assert Pattern(source=source).finds_any_character
    assert not Pattern(source=f"war{source}").finds_any_character


_PIECES = st.sampled_from(
    [
        *"()[]{}?*+|^$.,#- аё",
        "\\b",
        "\\w",
        "\\1",
        "(?:",
        "(?=",
        "(?<!",
        "(?P<a>",
        "(?1)",
        "(?-i)",
        "{2}",
        "{2,",
        "\u0301",
        "\\",
    ]
)


@given(st.lists(_PIECES, max_size=12).map("".join), st.text(max_size=40))
def test_any_source(source: str, text: str) -> None:
    """Whatever is between the slashes is refused, or finds places that are not empty and lie inside the text."""
    try:
        pattern = Pattern(source=source)
    except TermInvalid as invalid:
        column, places = invalid.column, []
    else:
        column, places = 0, pattern.find(text)
    assert 0 <= column <= len(source)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert sorted(places) == places
