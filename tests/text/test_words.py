"""Where words begin and end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.words import parted, sentence_edges, spans, tokens

TEXTS = st.text() | st.text(alphabet=st.sampled_from("aБї中ส1 .!?\n-'’\u0301\u00ad\u200b\u00a0🇺_s"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("СМИ-иноагентов", ["СМИ", "иноагентов"]),
        ("до—после – и‑так", ["до", "после", "и", "так"]),
        ("п’ять м'яч об\u02bcєкт", ["п’ять", "м'яч", "об\u02bcєкт"]),
        ("don't 'quoted' rock", ["don't", "quoted", "rock"]),
        ("Putin's Путин’s", ["Putin", "s", "Путин", "s"]),
        ("l'armée d’Ukraine qu'il", ["l", "armée", "d", "Ukraine", "qu", "il"]),
        ("за\u0301мок моби\u00adлизация\u00ad", ["за\u0301мок", "моби\u00adлизация"]),
        ("no\u00a0break", ["no", "break"]),
        ("#StopWar_now @user", ["StopWar", "now", "user"]),
        ("24/7 AC/DC U.S.", ["24", "7", "AC", "DC", "U", "S"]),
        ("Putin¹", ["Putin"]),
        ("𝐏𝐮𝐭𝐢𝐧", ["𝐏𝐮𝐭𝐢𝐧"]),
        ("习近平X", ["习", "近", "平", "X"]),
        ("war 🇺🇦", ["war", "🇺", "🇦"]),
        ("हिन्दी عربى", ["हिन्दी", "عربى"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    """Words are what a reader calls so, in every script."""
    assert words == tokens(text)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("They fled. Who? We!", 2),
        ("St. Petersburg, U.S. troops, проф. Иванов", 1),
        ("Солдаты вернулись. «Война окончена.» Конец", 3),
        ("one\n \ntwo", 2),
        ("他来了。我走了", 2),
        ("Версия 2.0 мобилизации", 1),
    ],
)
def test_sentence_ends(text: str, sentences: int) -> None:
    """A full stop after an abbreviation, or inside a number, ends no sentence; a blank line does."""
    assert parted(text, 0, len(text)) == (sentences > 1)
    assert sentences == len(sentence_edges(text)) - 1


def test_lines() -> None:
    """The end of a line parts sentences for the eye, and not the words of a phrase."""
    assert sentence_edges("one\ntwo") == [0, 4, 7]
    assert not parted("one\ntwo", 0, 7)


@given(TEXTS)
def test_spans_are_the_tokens(text: str) -> None:
    """Every token stands where its span says, after the one before it."""
    where = spans(text)
    assert tokens(text) == [text[start:end] for start, end in where]
    assert where == sorted(where)
    assert all(start < end for start, end in where)


@given(TEXTS)
def test_words_hold_no_space(text: str) -> None:
    """No word covers white space."""
    assert not any(char.isspace() for token in tokens(text) for char in token)


@given(TEXTS)
def test_sentences_are_the_text(text: str) -> None:
    """Sentences begin at the beginning, end at the end, and leave nothing out."""
    edges = sentence_edges(text)
    assert text == "".join(text[start:end] for start, end in pairwise(edges))


def test_a_text_that_hung_a_regular_expression() -> None:
    """Rare letters, soft hyphens and combining marks end too: Python 3.11.2 once went on for ever here."""
    text = "\U0001f9df]|@e\xad\U00022e06-\xf0bT\xe4{>\xe3\xb1"
    assert tokens(text) == ["\U0001f9df", "e", "\U00022e06", "\xf0bT\xe4", "\xe3"]
