"""Czech words, whatever form they stand in."""

import pytest

from monitor.morphology.czech import Czech
from tests.morphology.finding import finds


@pytest.fixture(scope="module")
def czech() -> Czech:
    return Czech()


@pytest.mark.parametrize(
    ("term", "form"),
    [
        ("voják", "vojáci"),
        ("vláda", "VLÁDĚ"),
        ("psycholog", "psycholozích"),
        ("vojenský", "Vojenského"),
        ("rychlý", "nejrychlejších"),
        ("fyzika", "fyziky"),  # also what physicists are in the accusative
        ("fyzik", "fyziky"),
        ("bombardovat", "bombardujeme"),
        ("mobilizovat", "mobilizují"),  # a verb that the dictionary lacks
        ("varovat", "nevarují"),
        ("Praha", "praze"),  # typed without a capital
        ("Zelenskyj", "Zelenského"),
    ],
)
def test_forms(czech: Czech, term: str, form: str) -> None:
    """A word is found in its forms: nouns, adjectives, denied verbs and names."""
    assert finds(czech, term, form)


@pytest.mark.parametrize(("term", "form"), [("fyzika", "fyzikové"), ("vláda", "vládl"), ("nebe", "být")])
def test_other_words(czech: Czech, term: str, form: str) -> None:
    """A word of the same root is not found."""
    assert not finds(czech, term, form)


def test_known(czech: Czech) -> None:
    """What the dictionary has is told from what is guessed."""
    assert czech.knows("ministři")
    assert not czech.knows("xqzami")
