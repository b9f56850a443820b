"""German words, whatever form they stand in."""

import pytest

from monitor.morphology.german import German
from tests.morphology.finding import finds


@pytest.fixture(scope="module")
def german() -> German:
    return German()


@pytest.mark.parametrize(
    ("term", "form"),
    [
        ("Haus", "Häusern"),
        ("haus", "Hauses"),  # typed without a capital
        ("Ministerin", "Ministerinnen"),
        ("gehen", "ging"),
        ("Größe", "GRÖSSE"),  # and as the Swiss spell it
        ("groß", "größten"),
        ("anderer", "anderem"),
        ("italienisch", "Italienischen"),
        ("Abgeordnete", "Abgeordneter"),
        ("Grüne", "Grünen"),
        ("überraschend", "überraschendem"),
        ("schneiden", "geschnitten"),
        ("geschnitten", "geschnittene"),
        ("weiß", "weißem"),
        ("mobilisieren", "mobilisiert"),
        ("liegen", "lag"),
        ("hassen", "hasste"),
        ("Finnland", "Finnlands"),
        ("Pistorius", "Pistorius"),
        ("Selenskyj", "Selenskyjs"),  # a name that no dictionary has
        ("Selenskyj", "SELENSKYJS"),  # in a headline, where no capital tells nouns
        ("Finnland", "FINNLANDS"),
        ("verlieren", "VERLOREN"),
        ("stehen", "STAND"),
        ("Stand", "STAND"),
    ],
)
def test_forms(german: German, term: str, form: str) -> None:
    """A word is found in its forms: strong verbs, adjectives that stand for nouns, names with -s, capitals."""
    assert finds(german, term, form)


@pytest.mark.parametrize(
    ("term", "form"),
    [
        ("Schule", "schult"),  # a noun is no verb
        ("überraschend", "überrascht"),  # who types a participle does not mean the verb
        ("Lehrer", "leer"),
        ("der", "dieser"),
        ("reisen", "REIS"),  # a noun rather than a command
    ],
)
def test_other_words(german: German, term: str, form: str) -> None:
    """A word that only looks alike is not found."""
    assert not finds(german, term, form)


def test_known(german: German) -> None:
    """What the dictionary has is told from what is guessed."""
    assert german.knows("Regierung")
    assert not german.knows("Xqzung")


def test_sample(german: German) -> None:
    """A person is shown some of the forms that a word is found in."""
    (reading,) = german.readings("Soldat")
    assert german.forms(reading) == ("Soldat", "Soldaten")
