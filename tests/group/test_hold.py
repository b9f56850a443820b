"""What is held, why, and until when; what goes together."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from monitor.group import Past, hold, messages
from monitor.model.alert import Delivery, DeliveryState, Receiver
from monitor.model.calm import Burst, Hold, HoldReason, Priority, Quiet, Slot
from monitor.model.secret import Secret
from tests.group.test_wall import moments, quiets, slots, zones

UTC_ZONE = ZoneInfo("UTC")
MINUTE = timedelta(minutes=1)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
priorities = st.sampled_from(Priority)
bursts = st.none() | st.builds(
    Burst, messages=st.integers(1, 9), within=st.timedeltas(timedelta(seconds=1), timedelta(hours=1))
)


def delivery(number: int = 1, *, at: datetime = NOON, priority: Priority = Priority.NORMAL) -> Delivery:
    return Delivery(
        number=number,
        alert=number,
        receiver="desk",
        state=DeliveryState.PENDING,
        attempts=0,
        created=at,
        queued=at,
        next_attempt=at,
        error="",
        priority=priority,
    )


def receiver(
    quiet: list[Quiet] | None = None, digest: list[Slot] | None = None, burst: Burst | None = None
) -> Receiver:
    url = Secret("terminal://")
    return Receiver(name="desk", url=url, quiet=tuple(quiet or ()), digest=tuple(digest or ()), burst=burst)


def held(each: Delivery, why: Hold) -> Delivery:
    return replace(each, held_until=why.until, hold_reason=why.reason, next_attempt=why.until, queued=why.until)


@given(moments, quiets, st.just([]) | slots, bursts, priorities, zones)
def test_nothing_is_held_for_ever(
    now: datetime, quiet: list[Quiet], digest: list[Slot], burst: Burst | None, priority: Priority, zone: ZoneInfo
) -> None:
    """Whatever the receiver's calm, each delivery has a reason and a time to come as long as it is held, and goes."""
    desk, each, start = receiver(quiet, digest, burst), delivery(at=now, priority=priority), now
    for _ in range(4):
        why = hold(each, desk, Past(), now=now, zone=zone)
        if why is None:
            break
        assert why.until > now
        assert priority is not Priority.CRITICAL
        each, now = held(each, why), why.until
    else:
        raise AssertionError("it is still held")
    assert now - start < timedelta(days=18)


@given(moments, slots, quiets, zones, st.lists(st.timedeltas(timedelta(0), timedelta(days=2)), min_size=1, max_size=20))
def test_r42_no_digest_twice(
    start: datetime, digest: list[Slot], quiet: list[Quiet], zone: ZoneInfo, gaps: list[timedelta]
) -> None:
    """R42: alerts that come at any times make one digest a slot, also if the machine's clock steps back."""
    desk, now, past, sent = receiver(quiet, digest), start, Past(), []
    waiting: list[Delivery] = []
    for number, gap in enumerate(gaps, 1):
        now += gap
        due = [each.held_until for each in waiting if each.held_until and each.held_until <= now]
        if due:
            sent += due
            past = Past(last_digest=max(due))
            waiting = [each for each in waiting if each.held_until not in due]
        stepped = now - timedelta(seconds=5)
        made = delivery(number, at=stepped)
        why = hold(made, desk, past, now=stepped, zone=zone)
        assert why is not None
        assert why.reason is HoldReason.DIGEST
        waiting.append(held(made, why))
        assert why.until not in sent


def test_a_digest_of_the_night_comes_in_the_morning() -> None:
    """A digest that falls into quiet hours is sent at their end; what comes after that waits for the next."""
    desk = receiver([Quiet(start=time(23), end=time(7))], [Slot(at=time(2)), Slot(at=time(18))])
    first = delivery(at=NOON + timedelta(hours=8))
    why = hold(first, desk, Past(), now=first.created, zone=UTC_ZONE)
    assert why == Hold(reason=HoldReason.DIGEST, until=NOON + timedelta(hours=19))
    anew = hold(held(first, why), desk, Past(), now=NOON + timedelta(hours=15), zone=UTC_ZONE)  # as after a restart
    assert anew == Hold(reason=HoldReason.QUIET, until=why.until)
    late = delivery(at=NOON + timedelta(hours=15))
    assert hold(late, desk, Past(), now=late.created, zone=UTC_ZONE) == replace(why, until=NOON + timedelta(hours=30))


def test_a_digest_that_was_missed_goes_at_once() -> None:
    """What should have gone while nothing ran goes as soon as it runs, whether it was held before or not."""
    desk, night = receiver(digest=[Slot(at=time(18))]), NOON + timedelta(hours=11)
    assert hold(delivery(), desk, Past(), now=night, zone=UTC_ZONE) is None
    waited = held(delivery(), Hold(reason=HoldReason.DIGEST, until=NOON + timedelta(hours=6)))
    assert hold(waited, desk, Past(), now=night, zone=UTC_ZONE) is None


def test_a_receiver_that_failed_still_gets_a_digest() -> None:
    """What waited for a receiver that fails goes with its digest, not as soon as the receiver is well."""
    failed = held(delivery(), Hold(reason=HoldReason.BREAKER, until=NOON + MINUTE))
    why = hold(failed, receiver(digest=[Slot(at=time(18))]), Past(), now=NOON + 2 * MINUTE, zone=UTC_ZONE)
    assert why == Hold(reason=HoldReason.DIGEST, until=NOON + timedelta(hours=6))


def test_after_five_messages_in_five_minutes() -> None:
    """The sixth message waits until the first of the five is five minutes old; a critical one does not."""
    desk = receiver(burst=Burst())
    recent = [NOON - timedelta(seconds=10 * ago) for ago in (20, 4, 3, 2, 1)]
    assert hold(delivery(), desk, Past(recent=recent[1:]), now=NOON, zone=UTC_ZONE) is None
    assert hold(delivery(), desk, Past(recent=recent), now=NOON, zone=UTC_ZONE) == Hold(
        reason=HoldReason.BURST, until=NOON - timedelta(seconds=200) + timedelta(minutes=5)
    )
    critical = delivery(priority=Priority.CRITICAL)
    assert hold(critical, desk, Past(recent=recent), now=NOON, zone=UTC_ZONE) is None


@given(st.lists(st.tuples(priorities, st.sampled_from([None, *HoldReason]), st.sampled_from([None, "a", "b"]))))
def test_no_delivery_is_left_out(kinds: list[tuple[Priority, HoldReason | None, str | None]]) -> None:
    """Each delivery goes in one message, oldest first; deliveries of one message before stay together."""
    due = [
        replace(
            delivery(number, priority=priority),
            hold_reason=reason,
            held_until=NOON if reason else None,
            message_id=name,
        )
        for number, (priority, reason, name) in enumerate(kinds, 1)
    ]
    made = messages(due, receiver())
    assert sorted(each.number for message in made for each in message) == [each.number for each in due]
    assert [message[0].number for message in made] == sorted(message[0].number for message in made)
    named = {each.message_id for each in due if each.message_id}
    assert named <= {message[0].message_id for message in made}
    assert all(len({each.message_id for each in message}) == 1 for message in made)


def test_what_was_held_goes_together() -> None:
    """Held deliveries are one message with an id of its own; others, and what is critical, go by themselves."""
    waited = [held(delivery(number), Hold(reason=HoldReason.QUIET, until=NOON)) for number in (1, 3)]
    critical = replace(held(delivery(4), Hold(reason=HoldReason.BURST, until=NOON)), priority=Priority.CRITICAL)
    made = messages([waited[0], delivery(2), waited[1], critical], receiver())
    assert [[each.number for each in message] for message in made] == [[1, 3], [2], [4]]
    assert [message[0].message_id for message in made] == ["1-3", None, None]


def test_a_hundred_at_most() -> None:
    """A flood does not become one endless message."""
    waited = [held(delivery(number), Hold(reason=HoldReason.QUIET, until=NOON)) for number in range(1, 251)]
    assert [len(message) for message in messages(waited, receiver())] == [100, 100, 50]
