"""Spellings that readers take for the same word."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.text.fold import fold

LETTERS = st.text(
    alphabet=st.characters(codec="utf-8") | st.sampled_from("еёиіїйєı\u0301\u0300\u0308\u0307İIŉ’ʼ\u00ad")
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("МОБИЛИЗАЦИЯ", "мобилизация"),
        ("Straße", "STRASSE"),
        ("ёлка", "елка"),
        ("е\u0308лка", "ёлка"),
        ("за\u0301мок", "замок"),
        ("Украї\u0301на", "Україна"),
        ("cafe\u0301", "café"),
        ("и\u0306од", "йод"),
        ("моби\u00adли\u200bзация", "мобилизация"),
        ("м’яч", "м'яч"),
        ("мʼяч", "м'яч"),
        ("ＵＳＡ", "usa"),
        ("ﬁnance", "finance"),
        ("İstanbul", "istanbul"),
    ],
)
def test_one_word_in_two_spellings(one: str, other: str) -> None:
    """Case, composition, stress, ё, invisible characters, apostrophes and width make no other word."""
    assert fold(other) == fold(one)


@pytest.mark.parametrize(("one", "other"), [("її", "іі"), ("йод", "иод"), ("café", "cafe"), ("мяч", "м'яч")])
def test_letters_stay_letters(one: str, other: str) -> None:
    """Letters that only look related stay apart: ї and і, й and и, é and e."""
    assert fold(other) != fold(one)


@given(LETTERS)
@example("ŉ")
@example("а\u0308\u0301")
@example("I\u0307\u0307")
def test_folding_twice_is_folding_once(text: str) -> None:
    """A folded word is its own folding."""
    assert fold(text) == fold(fold(text))
