"""Languages that simplemma or Snowball knows, as they are."""

import pytest

from monitor.morphology import simple, snowball
from monitor.morphology.simple import Simple
from monitor.morphology.snowball import Stemmed
from tests.morphology.finding import finds


@pytest.mark.parametrize(
    ("code", "term", "form"),
    [
        ("it", "elezione", "Elezioni"),
        ("pt", "greve", "greves"),
        ("sr", "vojnik", "vojnika"),
        ("sr", "војник", "војника"),
        ("hr", "vojska", "vojsku"),
        ("bg", "война", "войните"),
        ("ka", "ჯარი", "ჯარის"),
    ],
)
def test_dictionaries(code: str, term: str, form: str) -> None:
    """A word is found in its forms, in languages without rules of their own."""
    assert code in simple.LANGUAGES
    assert finds(Simple(code), term, form)


def test_names() -> None:
    """Names that no dictionary has are found in other forms where names inflect; a known word has no such stem."""
    assert finds(Simple("lt"), "Trumpauskas", "Trumpausko")
    assert finds(Simple("lt"), "Drutskas", "Drutsko")
    assert not finds(Simple("lt"), "namas", "Drutsko")


@pytest.mark.parametrize(("code", "term", "form"), [("eu", "gizon", "gizonak"), ("ta", "வீடு", "வீடுகள்")])
def test_stems(code: str, term: str, form: str) -> None:
    """A language without a dictionary is read by rules; nothing in it is known."""
    language = Stemmed(code)
    assert code in snowball.LANGUAGES
    assert finds(language, term, form)
    assert not language.knows(form)
    assert (form,) == language.forms(language.readings(form)[0])


def test_no_stems() -> None:
    """A word that neither dictionary nor stemmer knows is found as it is written."""
    georgian = Simple("ka")
    assert not georgian.knows("ტრუმბლორფი")
    assert finds(georgian, "ტრუმბლორფი", "ტრუმბლორფი")
