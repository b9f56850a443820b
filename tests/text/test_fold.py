"""Spellings that readers take for the same word."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.text.fold import fold, plain

LETTERS = st.text(
    alphabet=st.characters(codec="utf-8")
    | st.sampled_from("еёиіїйєўYyуoоcсıПp\u0301\u0300\u0306\u0308\u0307İIŉ’ʼ\u00ad👍🏽ﾞ")
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
        ("ўё\u0301й", "ўёй"),
        ("Oʻzbekiston", "O‘zbekiston"),
        ("ﾃﾞﾓ", "デモ"),
        ("👍🏽", "👍"),
        ("❤\ufe0f", "❤"),
    ],
)
def test_one_word_in_two_spellings(one: str, other: str) -> None:
    """Case, composition, stress, ё, invisible characters, apostrophes and width make no other word."""
    assert fold(other) == fold(one)


@pytest.mark.parametrize(
    ("mixed", "word"),
    [
        ("Mocквa", "Москва"),
        ("cвет", "свет"),
        ("Укрaïна", "Україна"),
        ("вcë", "всё"),
        ("праy\u0306да", "праўда"),
        ("вo\u0301йна", "война"),
        ("Рutin", "Putin"),
        ("Меxico", "Mexico"),
        ("Mеxico", "Mexico"),
        ("саfe\u0301", "café"),
        ("хаoс", "хаос"),
        ("Ѕtop", "Stop"),
    ],
)
def test_look_alikes(mixed: str, word: str) -> None:
    """Letters of another script that only look like a word's own are read as its own; where in doubt, as the most."""
    assert word == plain(mixed)


@pytest.mark.parametrize("word", ["VIPы", "CMI", "СМІ", "Mac", "Мас", "iPhone", "Ёж", "ďábel", "сђ"])
def test_words_of_one_script(word: str) -> None:
    """A word of one script, and one whose letters no single script has, stays as it is."""
    assert word == plain(word)


@pytest.mark.parametrize(("one", "other"), [("її", "іі"), ("йод", "иод"), ("café", "cafe"), ("мяч", "м'яч")])
def test_letters_stay_letters(one: str, other: str) -> None:
    """Letters that only look related stay apart: ї and і, й and и, é and e."""
    assert fold(other) != fold(one)


@given(LETTERS)
@example("ŉ")
@example("а\u0308\u0301")
@example("а\u0301\u0308\u0301")
@example("праy\u0306да")
@example("I\u0307\u0307")
def test_folding_twice_is_folding_once(text: str) -> None:
    """A folded word is its own folding, a plain one its own plain spelling, and folding takes either."""
    assert fold(text) == fold(fold(text)) == fold(plain(text))
    assert plain(text) == plain(plain(text))
