"""settings.proof."""

from collections.abc import Callable

import pytest

from monitor.model.configuration import Configuration, Problem, Proof

Good = Callable[..., Configuration]
Bad = Callable[..., tuple[Problem, ...]]
FILE = "feeds: [https://a.example/rss]\nwatchlists: [b]\nnotify: terminal://\nsettings:\n  every: 5m\n  {}\n"


@pytest.mark.parametrize(
    ("written", "proof"), [("proof: off", Proof.OFF), ("proof: weekly", Proof.WEEKLY), ("", Proof.WEEKLY)]
)
def test_how_often(good: Good, written: str, proof: Proof) -> None:
    """Receivers are sent a test each week, unless that is switched off."""
    assert good(FILE.format(written)).settings.proof is proof


def test_a_mistake(bad: Bad) -> None:
    """Anything else is told at its place."""
    [problem] = bad(FILE.format("proof: daily"))
    assert (problem.line, problem.column, problem.message) == (6, 10, 'proof can not be "daily"')
    assert problem.hint == "write weekly or off"
