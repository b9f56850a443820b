"""English words: what is found in whatever form and spelling, and what is not."""

from functools import partial

import pytest

from monitor.morphology.english import English
from monitor.morphology.language import Reading
from tests.morphology.finding import finds_last

ENGLISH = English()


finds = partial(finds_last, ENGLISH)


@pytest.mark.parametrize(
    ("term", "form"),
    [
        ("soldier", "Soldiers"),
        ("soldiers", "soldier"),
        ("agency", "AGENCIES"),
        ("wife", "wives"),
        ("arrest", "arrested"),
        ("arrested", "arresting"),
        ("shoot", "shot"),
        ("bind", "bound"),
        ("London", "london"),
        ("deepfake", "deepfakes"),  # in no dictionary, found by its stem
        ("greenwashed", "greenwashes"),
    ],
)
def test_forms(term: str, form: str) -> None:
    """A word is found in its forms, regular or not, in any case, known or not."""
    assert finds(term, form)


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("mobilised", "mobilized"),
        ("organisation", "organizations"),
        ("Finlandisation", "Finlandization"),
        ("analyse", "analyzed"),
        ("neighbour", "neighbors"),
        ("theatre", "theaters"),
        ("defence", "defense"),
        ("traveller", "travelers"),
        ("catalogue", "catalog"),
        ("judgement", "judgments"),
        ("grey", "gray"),
        ("programme", "programs"),
        ("anaemia", "anemia"),
        ("fulfil", "fulfilled"),
        ("sceptic", "skeptics"),
    ],
)
def test_spelling(british: str, american: str) -> None:
    """Words are found as either shore spells them, whichever was typed."""
    assert finds(british, american)
    assert finds(american, british)


@pytest.mark.parametrize(
    ("term", "form"),
    [
        ("mobilization", "mobilized"),
        ("mobilized", "mobilization"),
        ("universe", "university"),
        ("prize", "prise"),
        ("exercise", "exorcize"),
        ("hour", "hor"),
        ("Jonescu", "Jonescus"),  # an unknown name, maybe another one
        ("Don", "don't"),
        ("AI", "are"),
        ("interesting", "interest"),
    ],
)
def test_other_words(term: str, form: str) -> None:
    """What only looks alike is another word."""
    assert not finds(term, form)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("they landed", True),
        ("the plane is landing", True),
        ("to land", True),
        ("planes land", True),
        ("their land", False),
        ("land", True),
    ],
)
def test_verbs(text: str, *, found: bool) -> None:
    """One who types a verb's form does not mean the noun that is spelled like the verb."""
    assert found is finds("landed", text)
    assert finds("land", text)


def test_forms_shown() -> None:
    """People are shown forms that the dictionary confirms."""
    (reading,) = {reading for reading in ENGLISH.readings("agencies") if reading.key == "agency"}
    assert ENGLISH.forms(reading) == ("agency", "agencies")
    assert ENGLISH.forms(Reading(key="stop", lemma="stop")) == ("stop", "stops", "stopped", "stopping")


def test_known() -> None:
    """A form is known if the dictionary has it."""
    assert ENGLISH.knows("Ministries")
    assert not ENGLISH.knows("blorfing")
