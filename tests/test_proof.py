"""When a receiver is sent a test."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.proof import following, slot

KYIV = ZoneInfo("Europe/Kyiv")


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("2024-06-03T09:00", "2024-06-10T09:00"),
        ("2024-06-03T09:01", "2024-06-11T09:00"),  # of a new receiver: a week, at least
        ("2024-06-03T03:00", "2024-06-10T09:00"),
        ("2024-03-27T09:00", "2024-04-03T09:00"),  # summer time begins in between
    ],
)
def test_when_the_next_one_is_due(last: str, expected: str) -> None:
    """A week later at nine in the morning of the user, over changes of the clock."""
    then = datetime.fromisoformat(last).replace(tzinfo=KYIV)
    assert following(then, timezone=KYIV) == datetime.fromisoformat(expected).replace(tzinfo=KYIV)


@given(st.timedeltas(timedelta(0), timedelta(weeks=1000)))
def test_weeks_do_not_drift(span: timedelta) -> None:
    """Whenever a test is late, the next one comes at nine, a week after the day that it was late on."""
    now = datetime(2020, 1, 1, tzinfo=UTC) + span
    last = slot(now, timezone=KYIV)
    assert timedelta(0) <= now - last <= timedelta(hours=25)
    assert timedelta(days=6, hours=22) < following(last, timezone=KYIV) - last < timedelta(days=7, hours=2)
    assert slot(following(last, timezone=KYIV), timezone=KYIV) == following(last, timezone=KYIV)
