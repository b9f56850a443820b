"""settings.flood and settings.late."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from monitor.model.configuration import Configuration, FloodLimits, Problem

Good = Callable[..., Configuration]
Bad = Callable[..., tuple[Problem, ...]]
FILE = "feeds: [https://a.example/rss]\nwatchlists: [b]\nnotify: terminal://\nsettings:\n  every: 5m\n  {}\n"


@pytest.mark.parametrize(
    ("written", "flood"),
    [
        ("", FloodLimits()),
        ("flood: on", FloodLimits()),
        ("flood: off", None),
        ("flood: {entries: 20, share: 50%}", FloodLimits(entries=20, share=0.5)),
    ],
)
def test_when_new_entries_are_a_flood(good: Good, written: str, flood: FloodLimits | None) -> None:
    """R26: what is said holds, what is not is the usual, and `off` holds nothing back."""
    assert good(FILE.format(written)).settings.flood == flood


@pytest.mark.parametrize(
    ("written", "late"), [("", timedelta(days=2)), ("late: 12h", timedelta(hours=12)), ("late: off", None)]
)
def test_when_an_entry_comes_late(good: Good, written: str, late: timedelta | None) -> None:
    """R29: how old an entry is that waits for the morning; with `off`, none does."""
    assert good(FILE.format(written)).settings.late == late


@pytest.mark.parametrize(
    ("written", "column", "message", "hint"),
    [
        ("flood: never", 10, 'flood can not be "never"', "write off, or {entries: 8"),
        ("flood: {share: 120%}", 18, '"120%" is no part of a whole', "60%"),
        ("late: never", 9, '"never" is no duration', "30s"),
    ],
)
def test_mistakes(bad: Bad, written: str, column: int, message: str, hint: str) -> None:
    """Each mistake is shown at its place, with the remedy."""
    [problem] = bad(FILE.format(written))
    assert (problem.line, problem.column, problem.message) == (6, column, message)
    assert hint in problem.hint
