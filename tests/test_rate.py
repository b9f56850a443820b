"""How fast a receiver may be written to, as laws and by service."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.rate import UNLIMITED, Rate
from monitor.schedule import Bucket, rate_of

NOW = datetime(2024, 6, 3, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def sent(rate: Rate, *, tries: list[timedelta]) -> list[datetime]:
    """When messages go that are tried after each of these waits."""
    bucket, now, times = Bucket(rate=rate), NOW, []
    for wait in tries:
        now += wait
        if bucket.free <= now:
            bucket = bucket.taken(now=now)
            times.append(now)
    return times


@given(
    count=st.integers(1, 50),
    tries=st.lists(st.timedeltas(min_value=timedelta(0), max_value=timedelta(seconds=20)), max_size=200),
)
def test_r41_no_minute_has_more_than_its_count(count: int, tries: list[timedelta]) -> None:
    """R41: however messages come, no minute, wherever it begins, has more of them than the rate says."""
    times = sent(Rate.of(count, MINUTE), tries=tries)
    assert all(sum(begin <= time < begin + MINUTE for time in times) <= count for begin in times)


@given(count=st.integers(1, 50))
def test_r41_the_rate_is_used(count: int) -> None:
    """R41: who waits only as long as needed sends two thirds of what the rate allows, at least."""
    times = sent(Rate.of(count, MINUTE), tries=[SECOND / 50] * 30_000)
    assert len(times) >= count * 10 * 2 / 3


def test_a_burst_comes_first_then_the_steady_rate() -> None:
    """Three messages go at once, the next ones one a second; after a rest there are three again."""
    at_once, rest = [timedelta(0)] * 9, timedelta(minutes=1)
    times = sent(Rate(burst=3, every=SECOND), tries=[*at_once, *[SECOND] * 2, rest, *at_once])
    assert times == [NOW] * 3 + [NOW + SECOND, NOW + 2 * SECOND] + [NOW + 2 * SECOND + rest] * 3


@pytest.mark.parametrize("rate", [UNLIMITED, Rate(burst=3, every=SECOND)])
def test_a_receiver_that_asks_for_a_rest_has_it(rate: Rate) -> None:
    """After "too many requests" nothing goes until the time it named, and then no burst."""
    bucket = Bucket(rate=rate).taken(now=NOW).emptied(until=NOW + MINUTE)
    assert bucket.free == NOW + MINUTE
    assert bucket.taken(now=NOW + MINUTE).free == NOW + MINUTE + rate.every


def test_a_rest_is_never_cut_short() -> None:
    """A shorter rest that is asked for later does not end the longer one."""
    bucket = Bucket(rate=UNLIMITED).emptied(until=NOW + MINUTE).emptied(until=NOW + SECOND)
    assert bucket.free == NOW + MINUTE


@pytest.mark.parametrize(
    ("url", "rate"),
    [
        ("tgram://123:abc/456", Rate(burst=3, every=SECOND)),
        ("tgram://123:abc/-456", Rate.of(20, MINUTE)),
        ("tgram://123:abc/%40news/", Rate.of(20, MINUTE)),
        ("tgram://123:abc/?to=-456", Rate.of(20, MINUTE)),
        ("slack://a/b/c", Rate(burst=3, every=SECOND)),
        ("https://hooks.slack.com/services/a/b/c", Rate(burst=3, every=SECOND)),
        ("https://discord.com/api/webhooks/1/2", Rate(burst=5, every=MINUTE / 26)),
        ("MAILTOS://u:p@h.example", Rate.of(30, MINUTE)),
        ("jsons://[::1", UNLIMITED),
        ("terminal://", UNLIMITED),
        ("pover://u@t", Rate(burst=5, every=SECOND)),
    ],
)
def test_rate_of_a_service(url: str, rate: Rate) -> None:
    """R41: each service has the rate that its documentation allows; a webhook of one's own takes what comes."""
    assert rate_of(url) == rate
