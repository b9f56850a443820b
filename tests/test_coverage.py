"""When is told how all feeds do."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.coverage import due
from monitor.model.configuration import Coverage

KYIV = ZoneInfo("Europe/Kyiv")
DAILY, WEEKLY, OFF = Coverage.DAILY, Coverage.WEEKLY, Coverage.OFF


@pytest.mark.parametrize(
    ("period", "last", "now", "expected"),
    [
        (DAILY, "2024-06-03T09:00", "2024-06-04T08:59", False),
        (DAILY, "2024-06-03T09:00", "2024-06-04T09:00", True),
        (DAILY, "2024-06-03T08:59", "2024-06-03T09:00", True),
        (DAILY, "2024-05-01T09:00", "2024-06-03T03:00", True),
        (DAILY, "2024-03-30T09:00", "2024-03-31T08:59", False),  # the night that summer time begins
        (DAILY, "2024-03-30T09:00", "2024-03-31T09:00", True),
        (WEEKLY, "2024-06-03T09:00", "2024-06-09T23:59", False),  # Monday to Sunday
        (WEEKLY, "2024-06-03T09:00", "2024-06-10T08:59", False),
        (WEEKLY, "2024-06-03T09:00", "2024-06-10T09:00", True),
        (WEEKLY, "2024-06-06T17:00", "2024-06-10T09:01", True),
        (OFF, "2020-01-01T09:00", "2024-06-10T09:01", False),
    ],
)
def test_when_it_is_due(period: Coverage, last: str, now: str, *, expected: bool) -> None:
    """At nine in the morning of the user, daily or on Mondays; later if that was missed."""
    moments = [datetime.fromisoformat(each).replace(tzinfo=KYIV) for each in (last, now)]
    assert due(period, last=moments[0], now=moments[1], timezone=KYIV) is expected


def test_once_a_week() -> None:
    """Asked every minute of eight weeks, it is due eight times."""
    now = last = datetime(2024, 3, 4, 12, tzinfo=KYIV)
    count = 0
    for _ in range(8 * 7 * 24 * 60):
        now += timedelta(minutes=1)
        if due(WEEKLY, last=last, now=now, timezone=KYIV):
            last, count = now, count + 1
    assert count == 8
