"""Spanish words: nouns, adjectives and verbs that share forms."""

from functools import partial

import pytest

from monitor.morphology.language import Reading
from monitor.morphology.spanish import Spanish
from tests.morphology.finding import finds_last

SPANISH = Spanish()


finds = partial(finds_last, SPANISH)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("soldado", "Soldados"),
        ("explosión", "explosiones"),
        ("voz", "voces"),
        ("interés", "intereses"),
        ("costero", "zonas costeras"),
        ("detener", "fue detenido"),
        ("detener", "detuvieron"),
        ("escribir", "escrita"),
        ("romper", "rotas"),
        ("manifestar", "manifestarse"),
        ("entregar", "para entregarlos"),
        ("entregarse", "entregar"),
        ("hackatón", "hackatones"),
    ],
)
def test_forms(term: str, text: str) -> None:
    """A word is found in its forms, also with pronouns at its end."""
    assert finds(term, text)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("la marcha", True),
        ("gran marcha", True),
        ("se marcha", False),
        ("ella marcha", False),
        ("marcha", True),
    ],
)
def test_noun_or_verb(text: str, *, noun: bool) -> None:
    """The word before tells a noun from a verb; where it does not, it is the noun."""
    assert noun is finds("marcha", text)
    assert noun is not finds("marchar", text)


@pytest.mark.parametrize(("term", "form"), [("moral", "morral"), ("informe", "informó"), ("ver", "vista")])
def test_other_words(term: str, form: str) -> None:
    """What only looks alike, or is a noun by itself, is another word."""
    assert not finds(term, f"la {form}")


def test_auxiliaries() -> None:
    """A word that is also a form of an auxiliary is neither lost nor found in each perfect tense."""
    assert finds("Estado", "el Estado")
    assert finds("Estados", "Estado")
    assert not finds("Estado", "ha estado")
    assert not finds("Estado", "está")


def test_plural_typed() -> None:
    """One who types a plural means the noun, not the verb that has the same form."""
    assert finds("reformas", "la reforma")
    assert not finds("reformas", "reformar")


def test_forms_shown() -> None:
    """People are shown forms that the dictionary confirms."""
    assert {"voto", "votos"} <= set(SPANISH.forms(Reading(key="voto", lemma="voto")))
