"""How often a feed that does well is asked, and why."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.feed import Feed
from monitor.model.rhythm import Hints, Rhythm
from monitor.model.secret import Secret
from monitor.schedule import Pace, Plan, first_poll, learn, most_starts, plan

#: A Monday.
NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FEED = Feed(name="paper", url=Secret(""), shown_url="", every=5 * MINUTE)
UNKNOWN = Rhythm()
#: Two weeks of an entry every ten minutes from six to eighteen o'clock, and none at night.
BY_DAY = Rhythm(hours=tuple(84.0 if 6 <= hour < 18 else 0.0 for hour in range(24)), days=14, at=NOW)


def planned(
    rhythm: Rhythm = UNKNOWN,
    hints: Hints = Hints(),
    *,
    now: datetime = NOW,
    gap: datetime | None = None,
    chance: float = 0,
) -> Plan:
    return plan(FEED, rhythm, hints, now=now, gap=gap, chance=chance)


def pace(made: Plan) -> Pace:
    return Pace(made.reason.partition(": ")[0])


def steady(a_day: float) -> Rhythm:
    """Two weeks of so many entries a day, at any hour."""
    return Rhythm(hours=(a_day * 14 / 24,) * 24, days=14, at=NOW)


def test_a_busy_feed_is_asked_as_often_as_allowed() -> None:
    """Several entries an hour make the floor the interval, and the reason says how many are expected."""
    made = planned(steady(200))
    assert (made.interval, made.reason) == (FEED.every, "as often as every allows: about 8 entries an hour")


def test_what_comes_seldom_is_asked_seldom() -> None:
    """The rarer the entries, the longer the wait: four times as rare, twice as long; and never above the ceiling."""
    often, seldom = planned(steady(16)), planned(steady(4))
    assert seldom.interval / often.interval == pytest.approx(2, rel=0.05)
    assert seldom.reason == "its own rhythm: about 4 entries a day"
    never = planned(Rhythm(days=400, at=NOW))
    assert (never.interval, pace(never)) == (24 * FEED.every, Pace.AT_MOST)


def test_who_asks_for_seconds_means_it() -> None:
    """An interval of less than a minute is kept, unless a ceiling is set as well."""
    quick = replace(FEED, every=MINUTE / 2)
    for feed, interval in ((quick, quick.every), (replace(quick, at_most=5 * MINUTE), 5 * MINUTE)):
        assert plan(feed, steady(0), Hints(), now=NOW, gap=None, chance=0).interval == interval


def test_nights_are_slept_through_and_mornings_are_not() -> None:
    """A feed that is silent at night is asked seldom then, and soon when its day begins."""
    by_day, at_night = planned(BY_DAY), planned(BY_DAY, now=NOW.replace(hour=22))
    before_dawn = planned(BY_DAY, now=NOW.replace(hour=5, minute=20))
    assert by_day.interval == FEED.every
    assert at_night.interval > 2 * by_day.interval
    assert before_dawn.interval < at_night.interval


def test_a_burst_is_followed() -> None:
    """When a quiet feed suddenly brings much, it is asked more often for some hours."""
    quiet = steady(1)
    burst = learn(quiet, [NOW] * 10, now=NOW)
    waits = [planned(learn(burst, (), now=NOW + hours * HOUR), now=NOW + hours * HOUR).interval for hours in (0, 24)]
    assert waits[0] == FEED.every
    assert waits[1] > 2 * waits[0]


def test_the_first_document_shows_a_rhythm() -> None:
    """The times in a first document are a history already; without any, nothing is known and little assumed."""
    dated = learn(UNKNOWN, [NOW - hours * HOUR for hours in range(1, 20)], now=NOW)
    assert planned(dated).reason.endswith("about 10 entries a day")
    undated = learn(UNKNOWN, [None] * 19, now=NOW)
    assert planned(undated).reason.endswith("about 1 entry a day")


@pytest.mark.parametrize("claimed", [NOW + HOUR, NOW - 9 * HOUR, None], ids=["to come", "before the last poll", "none"])
def test_times_that_can_not_be_count_as_now(claimed: datetime | None) -> None:
    """An entry that was not there at the last poll came since, whatever date it bears."""
    before = learn(UNKNOWN, (), now=NOW - HOUR)
    odd, dated = (replace(learn(before, [at], now=NOW), newest=None) for at in (claimed, NOW))
    assert odd == dated


@given(
    st.lists(st.tuples(st.timedeltas(timedelta(0), 40 * DAY), st.integers(0, 2000)), max_size=20),
    st.timedeltas(timedelta(seconds=1), DAY),
    st.timedeltas(timedelta(seconds=1), 9 * DAY),
)
def test_the_interval_stays_between_floor_and_ceiling(
    polls: list[tuple[timedelta, int]], every: timedelta, at_most: timedelta
) -> None:
    """Whatever a feed brought, it is asked no more often than `every`, and no more seldom than `at_most`."""
    rhythm, now = UNKNOWN, NOW
    for wait, entries in polls:
        now += wait
        rhythm = learn(rhythm, [None] * entries, now=now)
    feed = Feed(name="paper", url=Secret(""), shown_url="", every=every, at_most=at_most)
    made = plan(feed, rhythm, Hints(), now=now, gap=None, chance=0.5)
    assert every <= made.interval <= max(every, at_most)
    assert now + made.interval <= made.next_poll <= now + 1.05 * made.interval


@pytest.mark.parametrize(
    ("hints", "interval", "reason"),
    [
        (Hints(), 5 * MINUTE, Pace.EVERY),
        (Hints(fresh=timedelta(0)), 5 * MINUTE, Pace.EVERY),
        (Hints(fresh=MINUTE, ttl=2 * MINUTE), 5 * MINUTE, Pace.EVERY),
        (Hints(fresh=30 * MINUTE), 30 * MINUTE, Pace.FRESH),
        (Hints(fresh=30 * MINUTE, ttl=HOUR), HOUR, Pace.TTL),
        (Hints(fresh=HOUR, ttl=30 * MINUTE), HOUR, Pace.FRESH),
        (Hints(ttl=16 * 365 * DAY), 6 * HOUR, Pace.TTL),
        (Hints(fresh=DAY), 6 * HOUR, Pace.FRESH),
    ],
)
def test_r4_the_longest_wish_counts(hints: Hints, interval: timedelta, reason: Pace) -> None:
    """R4: max(own interval, freshness, ttl), wishes up to six hours, never faster than the user's floor."""
    made = planned(BY_DAY, hints)
    assert (made.interval, pace(made)) == (interval, reason)


def test_r17_hours_and_days_to_skip() -> None:
    """R17: a feed is not asked in hours and days that its publisher names, but never left for more than six hours."""
    made = planned(BY_DAY, Hints(skip_hours=(12, 13)))
    assert (made.next_poll, pace(made)) == (NOW.replace(hour=14), Pace.SKIP)
    assert planned(BY_DAY, Hints(skip_days=(0,))).interval == 6 * HOUR
    assert planned(BY_DAY, Hints(skip_hours=tuple(range(24)))).interval == 6 * HOUR
    assert pace(planned(BY_DAY, Hints(skip_hours=(14,), skip_days=(1,)))) is Pace.EVERY


def test_r17_an_update_period_counts_until_the_feed_shows_otherwise() -> None:
    """R17: "hourly" is believed of a quiet feed; one that brings six entries an hour has shown that it is not so."""
    hourly = Hints(updates=HOUR)
    assert planned(steady(5), hourly).interval == HOUR
    assert pace(planned(steady(5), hourly)) is Pace.UPDATES
    assert planned(BY_DAY, hourly).interval == FEED.every
    assert planned(steady(0), Hints(updates=7 * DAY)).interval == 6 * HOUR


def test_r20_a_feed_with_a_possible_gap_is_asked_faster() -> None:
    """R20: for a day after a possible gap the floor is the interval; the publisher's wishes hold all the same."""
    quiet = steady(1)
    made = planned(quiet, gap=NOW - HOUR)
    assert (made.interval, pace(made)) == (FEED.every, Pace.GAP)
    assert planned(quiet, gap=NOW - DAY).interval > FEED.every
    assert planned(quiet, Hints(ttl=HOUR), gap=NOW).interval == HOUR


def test_r8_ten_thousand_feeds_begin_and_go_on_evenly() -> None:
    """R8: from a start with nothing known on, no second has more than twice the mean of polls."""
    every, feeds = 600, [f"paper {number}" for number in range(10_000)]
    due = [
        (first_poll(name, now=NOW, feeds=len(feeds), every=every * timedelta(seconds=1)) - NOW).total_seconds()
        for name in feeds
    ]
    most = most_starts([timedelta(seconds=every)] * len(feeds), tick=timedelta(seconds=1))
    counts, chances = [], random.Random(1)
    for second in range(3 * every):
        ready = sorted((at, name) for name, at in enumerate(due) if at <= second)[:most]
        counts.append(len(ready))
        for _, name in ready:
            due[name] = second + every * (1 + 0.05 * chances.random())
    assert max(counts) <= 2 * len(feeds) / every
    assert sum(counts[every:]) >= 0.9 * 2 * len(feeds)


def test_r8_a_few_feeds_begin_at_once() -> None:
    """R8: who has a handful of feeds does not wait for the first of them."""
    assert first_poll("paper", now=NOW, feeds=30, every=HOUR) == NOW
    assert most_starts([HOUR] * 30, tick=timedelta(seconds=1)) == 10
