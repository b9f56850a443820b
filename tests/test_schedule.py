"""When to poll and when to try again, as laws."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.model.configuration import Retry
from monitor.schedule import BUSY_WAIT, host_free, next_attempt, next_poll

NOW = datetime(2024, 6, 3, tzinfo=UTC)
spans = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3))
chances = st.floats(min_value=0, max_value=1, exclude_max=True)


@given(interval=spans, failures=st.integers(0, 100_000))
def test_r9_polling_never_stops_for_good(interval: timedelta, failures: int) -> None:
    """R9: the next poll is at least the interval away, and never more than a day (or the interval)."""
    wait = next_poll(now=NOW, interval=interval, failures=failures) - NOW
    assert interval <= wait <= max(interval, timedelta(days=1))


def test_r9_each_failure_doubles_the_wait() -> None:
    """R9: 10, 10, 20, 40 minutes after none, one, two, three failures."""
    waits = [next_poll(now=NOW, interval=timedelta(minutes=10), failures=count) - NOW for count in range(4)]
    assert [wait / timedelta(minutes=1) for wait in waits] == [10, 10, 20, 40]


@given(asked=spans, chance=chances)
def test_r5_a_server_is_left_alone_at_least_as_long_as_it_asks(asked: timedelta, chance: float) -> None:
    """R5: chance only ever adds."""
    assert host_free(now=NOW, asked=NOW + asked, chance=chance) >= NOW + asked


@given(chance=chances)
def test_r5_a_busy_server_that_asks_for_nothing_gets_ten_minutes(chance: float) -> None:
    """R5: without a Retry-After the wait is ten minutes at least."""
    assert host_free(now=NOW, asked=None, chance=chance) >= NOW + BUSY_WAIT


@given(attempts=st.integers(1, 10_000), chance=chances)
def test_deliveries_are_tried_again_between_half_a_minute_and_an_hour(attempts: int, chance: float) -> None:
    """R38: full jitter between 30 s and 1 h."""
    wait = next_attempt(now=NOW, attempts=attempts, retry=Retry(), chance=chance) - NOW
    assert timedelta(seconds=30) <= wait <= timedelta(hours=1)


def test_a_receiver_is_left_alone_as_long_as_it_asks() -> None:
    """A receiver's own Retry-After is respected."""
    asked = timedelta(hours=5)
    assert next_attempt(now=NOW, attempts=1, retry=Retry(), chance=0.5, asked=asked) == NOW + asked
