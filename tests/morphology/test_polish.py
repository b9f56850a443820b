"""Polish words, whatever form they stand in."""

import pytest

from monitor.morphology.polish import Polish
from tests.morphology.finding import finds


@pytest.fixture(scope="module")
def polish() -> Polish:
    return Polish()


@pytest.mark.parametrize(
    ("term", "form"),
    [
        ("wojna", "wojnie"),
        ("żołnierz", "ŻOŁNIERZE"),
        ("zadanie", "zadaniach"),
        ("wojskowy", "Wojskowej"),
        ("rana", "ranie"),  # the dictionary names another word for it
        ("łan", "łanie"),
        ("tani", "najtańszych"),
        ("młody", "młodszych"),
        ("śpiewać", "śpiewano"),
        ("śpiewać", "śpiewa"),
        ("Tusk", "Tuskowi"),
        ("Warszawa", "warszawie"),  # typed without a capital
        ("Pieskow", "Pieskowa"),  # that could be a form of an adjective
        ("Zełenski", "Zełenskiego"),
    ],
)
def test_forms(polish: Polish, term: str, form: str) -> None:
    """A word is found in its forms: nouns, adjectives, verbs and names."""
    assert finds(polish, term, form)


@pytest.mark.parametrize(
    ("term", "form"),
    [
        ("zadanie", "zadał"),  # who types the noun does not mean the verb
        ("wojna", "wojsko"),
        ("znany", "znają"),
    ],
)
def test_other_words(polish: Polish, term: str, form: str) -> None:
    """A word of the same root is not found."""
    assert not finds(polish, term, form)


def test_known(polish: Polish) -> None:
    """What the dictionary has is told from what is guessed."""
    assert polish.knows("ministrowie")
    assert not polish.knows("xqzami")
