"""Which silence keeps an alert back."""

from datetime import UTC, datetime

import pytest

from monitor.group import silenced_by
from monitor.model.calm import Silence

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def silence(watchlist: str | None = None, feed: str | None = None, term: str | None = None) -> Silence:
    return Silence(watchlist=watchlist, feed=feed, term=term, begins=NOW, ends=NOW)


@pytest.mark.parametrize(
    ("silences", "by"),
    [
        ([], None),
        ([silence(watchlist="war")], 1),
        ([silence(watchlist="sport")], None),
        ([silence(feed="times")], 1),
        ([silence(watchlist="war", feed="paper")], None),
        ([silence(watchlist="war", feed="times", term="putin")], None),  # belousov is told
        ([silence(term="putin"), silence(term="belousov", feed="times")], 2),
        ([silence(term="putin"), silence(term="belousov", feed="paper")], None),
        ([silence(term="putin"), silence(feed="times")], 2),
    ],
)
def test_what_it_covers(silences: list[Silence], by: int | None) -> None:
    """All that it names must fit; a silenced term hides no other term that was found."""
    numbered = dict(enumerate(silences, 1))
    assert silenced_by(numbered, watchlist="war", feed="times", terms=("belousov", "putin")) == by


def test_an_alert_without_terms() -> None:
    """Silences of terms do not keep back what has none."""
    assert silenced_by({1: silence(term="putin")}, watchlist="war", feed="times", terms=()) is None
