"""Times of the clock on the wall, in zones that change their clocks (R42, R50)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.group import always, instant, next_slot, quiet_until
from monitor.model.calm import EVERY_DAY, Quiet, Slot

HOUR = timedelta(hours=1)
#: Half an hour of difference, a change at midnight, one that left a whole day out, and two ordinary ones.
ZONES = [
    ZoneInfo(name)
    for name in ("Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Pacific/Apia")
]
START = datetime(2011, 1, 1, tzinfo=UTC)
zones = st.sampled_from(ZONES)
moments = st.timedeltas(timedelta(0), timedelta(days=19 * 365)).map(lambda since: START + since)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
days = st.frozensets(st.integers(0, 6), min_size=1)
slots = st.lists(st.builds(Slot, at=times, days=days), min_size=1, max_size=4)
quiets = st.lists(st.builds(Quiet, start=times, end=times, days=days), max_size=4).filter(lambda each: not always(each))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "at", "first", "last"),
    [
        ("Europe/Kyiv", "2026-06-01", "08:00", "2026-06-01T05:00", "2026-06-01T05:00"),
        ("Europe/Kyiv", "2026-10-25", "03:30", "2026-10-25T00:30", "2026-10-25T01:30"),  # put back at 04:00
        ("Europe/Kyiv", "2026-03-29", "03:30", "2026-03-29T01:00", "2026-03-29T01:00"),  # put forward at 03:00
        ("America/New_York", "2026-11-01", "01:15", "2026-11-01T05:15", "2026-11-01T06:15"),
        ("America/New_York", "2026-03-08", "02:59", "2026-03-08T07:00", "2026-03-08T07:00"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45", "2026-04-04T15:15"),  # by half an hour
        ("Australia/Lord_Howe", "2026-10-04", "02:10", "2026-10-03T15:30", "2026-10-03T15:30"),
        ("America/Santiago", "2026-09-06", "00:00", "2026-09-06T04:00", "2026-09-06T04:00"),  # midnight is left out
        ("America/Santiago", "2026-04-04", "23:30", "2026-04-05T02:30", "2026-04-05T03:30"),
        ("Pacific/Apia", "2011-12-30", "08:00", "2011-12-30T10:00", "2011-12-30T10:00"),  # the day is left out
    ],
)
def test_r50_gaps_and_folds(zone: str, day: str, at: str, first: str, last: str) -> None:
    """R50: a time that comes twice has a first and a last moment; one that is left out is the moment of the change."""
    found = [
        instant(date.fromisoformat(day), time.fromisoformat(at), ZoneInfo(zone), last=which) for which in (False, True)
    ]
    assert found == [utc(first), utc(last)]


@given(moments, slots, zones)
def test_r42_a_digest_a_day(start: datetime, slots: list[Slot], zone: ZoneInfo) -> None:
    """R42: going from digest to digest, each slot comes once on each of its days, whatever the clock does."""
    found, at = [], start
    while at < start + timedelta(days=8):
        at = next_slot(slots, after=at, zone=zone)
        found.append(at)
    assert found == sorted(set(found))
    first = start.astimezone(zone).date()
    expected = {
        instant(first + timedelta(days=ahead), slot.at, zone)
        for ahead in range(-1, 18)
        for slot in slots
        if (first + timedelta(days=ahead)).weekday() in slot.days
    }
    assert found == sorted(each for each in expected if start < each <= at)


@given(moments, quiets, zones)
def test_quiet_hours_end(now: datetime, quiets: list[Quiet], zone: ZoneInfo) -> None:
    """Quiet hours end within days, and at their end it is not quiet."""
    until = quiet_until(quiets, at=now, zone=zone)
    assert now <= until < now + timedelta(days=9)
    assert quiet_until(quiets, at=until, zone=zone) == until


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-06-01T19:59", "2026-06-01T19:59"),  # 22:59 in Kyiv
        ("2026-06-01T20:00", "2026-06-02T04:00"),
        ("2026-06-02T03:59", "2026-06-02T04:00"),
        ("2026-06-02T04:00", "2026-06-02T04:00"),
        ("2026-10-24T20:30", "2026-10-25T05:00"),  # a longer night
        ("2026-03-28T21:30", "2026-03-29T04:00"),  # a shorter one
    ],
)
def test_over_midnight(now: str, until: str) -> None:
    """From eleven in the evening to seven in the morning, also when the clock is changed at night."""
    night = Quiet(start=time(23), end=time(7))
    assert quiet_until([night], at=utc(now), zone=ZoneInfo("Europe/Kyiv")) == utc(until)


def test_a_quiet_weekend() -> None:
    """Quiet times that follow each other are one; days are those on which they begin."""
    quiets = [
        Quiet(start=time(18), end=time(0), days=frozenset({4})),
        Quiet(start=time(0), end=time(0), days=frozenset({5, 6})),
        Quiet(start=time(0), end=time(8), days=frozenset({0})),
    ]
    assert quiet_until(quiets, at=utc("2026-06-05T19:00"), zone=ZoneInfo("UTC")) == utc("2026-06-08T08:00")
    assert quiet_until(quiets, at=utc("2026-06-04T19:00"), zone=ZoneInfo("UTC")) == utc("2026-06-04T19:00")


@pytest.mark.parametrize(
    ("quiets", "expected"),
    [
        ([], False),
        ([Quiet(start=time(0), end=time(0))], True),
        ([Quiet(start=time(12), end=time(12), days=EVERY_DAY - {3})], False),
        ([Quiet(start=time(23), end=time(7)), Quiet(start=time(7), end=time(23))], True),
        ([Quiet(start=time(23), end=time(7)), Quiet(start=time(7), end=time(22, 59))], False),
    ],
)
def test_no_time_is_left(quiets: list[Quiet], *, expected: bool) -> None:
    """Quiet hours that never end are noticed."""
    assert always(quiets) is expected
