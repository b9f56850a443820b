"""First in, first out, and the circuit breaker, as decisions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.configuration import Retry
from monitor.schedule import Breaker, Order

NOW = datetime(2024, 6, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_r43_what_is_behind_a_failing_delivery_waits_ten_minutes() -> None:
    """R43: the failing one itself and those before it have their turn, those behind it ten minutes later."""
    order = Order().failed(5, now=NOW).failed(5, now=NOW + 9 * MINUTE)
    assert [order.admits(number, now=NOW + 9 * MINUTE) for number in (4, 5, 6)] == [True, True, False]
    assert order.admits(6, now=NOW + 10 * MINUTE)


def test_r43_order_is_kept_again_once_the_failing_one_has_arrived() -> None:
    """R43: when the failing delivery is sent or given up, the next one that fails holds up those behind it."""
    order = Order().failed(5, now=NOW).ended(5, now=NOW + MINUTE)
    assert order.admits(9, now=NOW + MINUTE)
    assert not order.failed(6, now=NOW + MINUTE).admits(7, now=NOW + 10 * MINUTE)


def test_r39_a_poison_delivery_holds_up_the_others_only_once() -> None:
    """R39: one that was passed by may fail as often as it likes."""
    order = Order().failed(5, now=NOW).ended(6, now=NOW + 11 * MINUTE).failed(5, now=NOW + 15 * MINUTE)
    assert order.admits(7, now=NOW + 15 * MINUTE)


def test_r39_several_poison_deliveries_hold_up_the_others_only_once() -> None:
    """R39: those that fail after the ten minutes are not waited for, each for itself."""
    order = Order().failed(5, now=NOW).failed(6, now=NOW + 11 * MINUTE).failed(7, now=NOW + 11 * MINUTE)
    assert order.admits(8, now=NOW + 11 * MINUTE)
    order = order.ended(8, now=NOW + 11 * MINUTE)
    for number in (7, 6, 5):
        order = order.failed(number, now=NOW + 20 * MINUTE)
    assert order.admits(9, now=NOW + 20 * MINUTE)


def test_an_old_delivery_that_arrives_at_last_changes_nothing_for_the_failing_one() -> None:
    """What was passed by and is sent later does not let those behind a newer failure go."""
    order = Order().failed(5, now=NOW).ended(6, now=NOW + 11 * MINUTE).failed(8, now=NOW + 12 * MINUTE)
    assert not order.ended(5, now=NOW + 13 * MINUTE).admits(9, now=NOW + 13 * MINUTE)


@given(
    st.lists(st.tuples(st.integers(1, 9), st.booleans(), st.timedeltas(min_value=timedelta(0), max_value=3 * MINUTE)))
)
def test_nobody_waits_longer_than_ten_minutes(steps: list[tuple[int, bool, timedelta]]) -> None:
    """R43: whatever happens, ten minutes without anything new later every delivery has its turn."""
    order, now = Order(), NOW
    for number, fails, wait in steps:
        now += wait
        order = order.failed(number, now=now) if fails else order.ended(number, now=now)
    assert order.admits(10, now=now + 10 * MINUTE)


def failed(breaker: Breaker, *, now: datetime = NOW, chance: float = 0.5) -> Breaker:
    return breaker.failed(now=now, since=now, retry=Retry(), chance=chance)


def test_r40_a_breaker_opens_at_the_third_failure_in_a_row() -> None:
    """R40: one or two failures are no reason to stop; since when it fails is that of the first."""
    first = failed(Breaker())
    second = failed(first, now=NOW + MINUTE)
    assert (first.probe, second.probe) == (None, None)
    third = failed(second, now=NOW + 2 * MINUTE)
    assert third.probe is not None
    assert (third.failures, third.since) == (3, NOW)


@pytest.mark.parametrize("chance", [0, 0.999])
def test_r40_a_receiver_that_is_out_is_probed_between_half_a_minute_and_an_hour(chance: float) -> None:
    """R40: the intervals grow from half a minute to an hour, and no further."""
    breaker, waits = Breaker(), []
    for _ in range(20):
        breaker = failed(breaker, chance=chance)
        if breaker.probe is not None:
            waits.append(breaker.probe - NOW)
    assert sorted(waits) == waits
    assert waits[0] < MINUTE
    assert timedelta(seconds=30) <= min(waits) <= max(waits) <= timedelta(hours=1)
    assert max(waits) > timedelta(minutes=59) or chance == 0
