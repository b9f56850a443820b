"""Russian: many forms make one word, one form makes many words, and the neighbours tell which is meant."""

from functools import partial

import pytest

from monitor.morphology.russian import Russian
from tests.morphology import finding

RUSSIAN = Russian()


finds = partial(finding.finds, RUSSIAN)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("забастовка", "участники забастовок"),
        ("забастовок", "объявили забастовку"),
        ("ребёнок", "о детях"),
        ("чёрный список", "в черных списках"),
        ("черный", "чёрного"),
        ("арестовать", "арестованных отпустили"),
        ("арестовали", "её арестуют"),
        ("арестованный", "двое арестованных"),
        ("высокий", "высочайшего"),
        ("иноагент", "список иноагентов"),
        ("Белоусов", "доклад Белоусову"),
        ("Навальная", "письмо Навальной"),
        ("Путин", "слова Путина"),
        ("мать солдата", "матери солдат"),
        ("бастуя", "рабочие бастуют"),
        ("YouTube", "видео на YOUTUBE"),
    ],
)
def test_a_word_is_found_in_each_of_its_forms(term: str, text: str) -> None:
    """A term finds its words however they are inflected, whichever form was typed, with ё and without."""
    assert finds(term, text)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("арестованный", "их арестовали"),
        ("лучший", "хорошая погода"),
        ("Белоусов", "заросли белоуса"),
        ("бывшей", "она была дома"),
        ("следовать", "в следующем году"),
        ("Петровна", "Иван Петрович"),
        ("сталь", "они стали ждать"),
        ("летом", "он летит"),
    ],
)
def test_another_word_that_looks_alike_is_not_found(term: str, text: str) -> None:
    """A form of another word is no match, though a dictionary may say that it could be one."""
    assert not finds(term, text)


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("критик", "без всякой критики", False),
        ("критик", "известные критики", True),
        ("полк", "с верхней полки", False),
        ("полк", "командир полка", True),
    ],
)
def test_neighbours_tell_which_word_is_meant(term: str, text: str, *, found: bool) -> None:
    """Of two words with the same form, the one that agrees with the words beside it is meant."""
    assert finds(term, text) == found


@pytest.mark.parametrize("term", ["не", "о", "2024", "Covid", "ы", "ёё", "в о", "Поле", "мой"])
def test_whatever_is_typed_finds_itself(term: str) -> None:
    """A term finds itself, be it a function word, a number or no word at all."""
    assert finds(term, term)


def test_a_reading_says_what_the_word_is() -> None:
    """People are told the dictionary form and the kind of word."""
    kinds = {form: [(r.lemma, r.kind) for r in RUSSIAN.readings(form)] for form in ("осуждённых", "Москве", "лучшим")}
    assert kinds == {
        "осуждённых": [("осуждённый", "participle"), ("осудить", "verb")],
        "Москве": [("Москва", "place")],
        "лучшим": [("лучший", "superlative"), ("хороший", "adjective")],
    }


def test_a_sample_of_forms_is_shown() -> None:
    """People are shown some forms that a term finds, of a participle only its own."""
    (word,), (participle,), (place,) = RUSSIAN.readings_of_term(["протест", "осуждённый", "Москва"])
    assert {"протест", "протеста", "протестами"} <= {*RUSSIAN.forms(word)}
    assert {"осуждённый", "осуждённого"} <= {*RUSSIAN.forms(participle)}
    assert not {"осудить", "осуждён"} & {*RUSSIAN.forms(participle)}
    assert "Москвы" in RUSSIAN.forms(place)
    assert len(RUSSIAN.forms(word)) <= 12


def test_a_guess_is_told_from_knowledge() -> None:
    """A word that the dictionary lacks is guessed by its ending, and said to be a guess."""
    assert RUSSIAN.knows("еж")
    assert not RUSSIAN.knows("зюкозавров")
    assert "зюкозавр" in finding.keys(RUSSIAN, "зюкозавров")
