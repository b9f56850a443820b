"""Whether a feed gives the whole text of an entry."""

import pytest

from monitor.model.entry import Entry
from monitor.text.teaser import WHOLE_SUMMARY, WHOLE_TEXT, is_teaser

WORDS = "Вдоль дороги стоят дома и сады. " * 100


@pytest.mark.parametrize(
    "end",
    [
        "…",
        "...",
        "[…]",
        "[...]",
        "… Continue reading →",
        "Continue reading Protest in the city",
        "Read more",
        "Читать далее »",
        "Подробнее…",
        "Читати далі",
        "Weiterlesen",
        "Lire la suite",
        "… The post Protest appeared first on The Paper.",
        "[…]\nThe post Protest appeared first on The Paper.",
    ],
)
def test_what_says_that_it_goes_on(end: str) -> None:
    """A text that says at its end that there is more is a teaser, however long it is."""
    assert is_teaser(Entry(summary=WORDS + end))
    assert is_teaser(Entry(summary="Short.", text=WORDS + end))


@pytest.mark.parametrize(
    "end", ["", "The post Protest appeared first on The Paper.", "Read by many. He said no more than that."]
)
def test_the_whole_text(end: str) -> None:
    """A long text that just ends is the whole."""
    assert not is_teaser(Entry(summary="Short…", text=WORDS + end))


def test_short_ones_are_teasers() -> None:
    """A summary that stands alone may be shorter than the whole, sooner than a text that stands beside one."""
    assert is_teaser(Entry(title="Only a title"))
    assert is_teaser(Entry(summary=WORDS[: WHOLE_TEXT + 1]))
    assert not is_teaser(Entry(text=WORDS[: WHOLE_TEXT + 1]))
    assert not is_teaser(Entry(summary=WORDS[: WHOLE_SUMMARY + 1]))


def test_long_rows_of_dots_cost_nothing() -> None:
    """Hostile ends are looked at in their last characters only."""
    assert is_teaser(Entry(summary="." * 1_000_000))
