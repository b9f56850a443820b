"""settings.evidence and settings.archive."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from monitor.model.configuration import Configuration, Problem

Good = Callable[..., Configuration]
Bad = Callable[..., tuple[Problem, ...]]
FILE = "feeds: [https://a.example/rss]\nwatchlists: [b]\nnotify: terminal://\nsettings:\n  every: 5m\n  {}\n"


@pytest.mark.parametrize(
    ("written", "days"), [("", 90), ("evidence: off", None), ("evidence: 30d", 30), ("evidence: 366d", 366)]
)
def test_how_long(good: Good, written: str, days: int | None) -> None:
    """Documents are kept for 90 days, or as long as the user says, or not at all."""
    kept = good(FILE.format(written)).settings.evidence
    assert kept == (None if days is None else timedelta(days=days))


def test_archive(good: Good) -> None:
    """An archive is one if it has a place for the page's address."""
    assert good(FILE.format("")).settings.archive is None
    where = "https://web.archive.org/save/{url}"
    assert good(FILE.format(f'archive: "{where}"')).settings.archive == where


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("evidence: 1h", '"1h" is out of range'),
        ("evidence: on", '"on" is no duration'),
        ("archive: https://web.archive.org/save/", "no address of an archive"),
        ('archive: "ftp://a.example/{url}"', "no address of an archive"),
        ('archive: "https://{url}"', "no address of an archive"),
        ('archive: "https://[::1/{url}"', "no address of an archive"),
    ],
)
def test_mistakes(bad: Bad, written: str, message: str) -> None:
    """Each mistake is shown at its place."""
    [problem] = bad(FILE.format(written))
    assert problem.line == 6
    assert message in problem.message
