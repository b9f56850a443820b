"""French words: nouns, adjectives and verbs that share forms."""

from functools import partial

import pytest

from monitor.morphology.french import French
from monitor.morphology.language import Reading
from tests.morphology.finding import finds_last

FRENCH = French()


finds = partial(finds_last, FRENCH)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("soldat", "Soldats"),
        ("journaux", "journal"),
        ("royal", "famille royale"),
        ("actif", "actives"),
        ("libérer", "otages libérés"),
        ("libérer", "a libéré"),
        ("détruire", "ponts détruits"),
        ("rendre", "rendu"),
        ("craindre", "craignant"),
        ("arrêter", "arrêtera"),
        ("œuvre", "oeuvres"),
        ("oeuvre", "œuvres"),
        ("État", "Etats"),
        ("Elodie", "Élodie"),
        ("hackathon", "hackathons"),
    ],
)
def test_forms(term: str, text: str) -> None:
    """A word is found in its forms, accents on capitals and ligatures as people type them."""
    assert finds(term, text)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("la marche", True),
        ("longue marche", True),
        ("il marche", False),
        ("ça ne marche", False),
        ("marche", True),
    ],
)
def test_noun_or_verb(text: str, *, noun: bool) -> None:
    """The word before tells a noun from a verb; where it does not, it is the noun."""
    assert noun is finds("marche", text)
    assert noun is not finds("marcher", text)


def test_participles() -> None:
    """A participle is a form of the verb, but one who types it as a noun means the noun."""
    assert finds("réfugié", "les réfugiées")
    assert finds("réfugier", "s'est réfugié")
    assert not finds("réfugié", "se réfugier")
    assert not finds("réfugier", "un réfugié")


def test_auxiliaries() -> None:
    """A word that is also a form of an auxiliary is neither lost nor found in each perfect tense."""
    assert finds("été", "cet été")
    assert finds("été", "Été")
    assert not finds("été", "a été")
    assert not finds("été", "sera")


@pytest.mark.parametrize(("term", "form"), [("final", "finalement"), ("prendre", "pendant"), ("cour", "cours")])
def test_other_words(term: str, form: str) -> None:
    """What only looks alike is another word."""
    assert not finds(term, form)


def test_readings_shown() -> None:
    """People are shown what is a verb, and forms that the dictionary confirms."""
    assert Reading(key="marcher", lemma="marcher", kind="verb") in FRENCH.readings("marche")
    assert {"loi", "lois"} == set(FRENCH.forms(Reading(key="loi", lemma="loi")))
