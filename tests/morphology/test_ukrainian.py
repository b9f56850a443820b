"""Ukrainian, by the large dictionary where it is installed, and without it."""

import pytest

from monitor.morphology import registry
from monitor.morphology.language import Language
from monitor.morphology.simple import Simple
from monitor.morphology.ukrainian import Ukrainian
from tests.morphology.finding import finds, keys

WITH = Ukrainian()
WITHOUT = Simple("uk")


@pytest.mark.parametrize("language", [WITH, WITHOUT], ids=["with the dictionary", "without"])
@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("страйк", "учасники страйків"),
        ("мобілізація", "про мобілізацію"),
        ("мобілізований", "дружини мобілізованих"),
        ("п'ятий корпус", "у п'ятому корпусі"),
        ("Київ", "мер Києва"),
    ],
)
def test_a_word_is_found_in_each_of_its_forms(language: Language, term: str, text: str) -> None:
    """A term finds its words however they are inflected, whichever dictionary is installed."""
    assert finds(language, term, text)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Зеленський", "закон Зеленського"),
        ("протестувати", "протестуючи мовчки"),
        ("повернутися", "повернувшись додому"),
        ("вижити", "виживши там"),
        ("сержантів", "молодий сержант"),
        ("мова", "статус мов"),
        ("Петра", "бачили Петра"),
    ],
)
def test_the_large_dictionary_finds_more(term: str, text: str) -> None:
    """With the large dictionary, names and gerunds are found too."""
    assert finds(WITH, term, text)


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("критик", "без гострої критики", False),
        ("критик", "відомі критики", True),
        ("радий", "Верховна Рада України", False),
        ("радий", "дуже радий", True),
    ],
)
def test_neighbours_tell_which_word_is_meant(term: str, text: str, *, found: bool) -> None:
    """Of two words with the same form, the one that agrees with the words beside it is meant."""
    assert finds(WITH, term, text) == found


def test_what_is_installed_decides() -> None:
    """The large dictionary is used where it is installed, without a word in the configuration."""
    assert keys(registry.language("uk"), "протестуючи") == keys(WITH, "протестуючи") == ("протестувати",)


def test_forms_are_shown() -> None:
    """People are shown forms that a term finds; without the large dictionary the dictionary form alone."""
    for language, forms in ((WITH, {"наказ", "наказу", "наказами"}), (WITHOUT, {"наказ"})):
        ((reading,),) = language.readings_of_term(["наказ"])
        assert forms <= {*language.forms(reading)}
        assert language.knows("наказами")
