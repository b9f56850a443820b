"""What is held goes later, in one message, and is never lost (R36, R39, R41, R42)."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.model.alert import Delivery, DeliveryState, Outcome, Result
from monitor.model.calm import Burst, HoldReason, Priority, Quiet, Silence, Slot
from monitor.model.watchlist import Watchlist
from tests.pipeline.conftest import Newsroom

HOUR = timedelta(hours=1)
NIGHT = Quiet(start=time(23), end=time(7))
EVENING = datetime(2024, 6, 3, 23, 30, tzinfo=UTC)
MORNING = datetime(2024, 6, 4, 7, tzinfo=UTC)


@pytest.fixture
async def night(newsroom: Newsroom) -> Newsroom:
    """A receiver in its quiet hours, with nothing to be told yet."""
    newsroom.kind = replace(newsroom.kind, quiet=(NIGHT,))
    newsroom.clock.time = EVENING
    await newsroom.poll("0")
    return newsroom


async def alerts(room: Newsroom, *numbers: int) -> None:
    """Publish entries that match, and deliver what may go."""
    await room.poll(*(f"{number} | mobilized {number}" for number in reversed(numbers)))
    await room.deliver()


def deliveries(room: Newsroom) -> list[Delivery]:
    return list(room.store.deliveries())


def sent_ids(room: Newsroom) -> list[str]:
    """The alerts named in each message, in order."""
    return [
        " ".join(line.removeprefix("Alert ").split()[0] for line in _alerts(notification.body))
        for _, notification in room.notifier.sent
    ]


def _alerts(body: str) -> list[str]:
    return [part.strip() for line in body.splitlines() for part in line.split("·") if "Alert " in part]


async def test_quiet_hours_hold_and_tell_in_one_message(night: Newsroom) -> None:
    """What comes at night is held with its reason and its time, over a restart, and goes as one digest, once."""
    await alerts(night, 1, 2)
    night.restart()
    await alerts(night, 3)
    assert {(each.hold_reason, each.held_until, each.next_attempt) for each in deliveries(night)} == {
        (HoldReason.QUIET, MORNING, MORNING)
    }
    assert night.notifier.sent == []
    night.clock.time = MORNING
    night.restart()
    assert len(await night.deliver()) == 3
    assert sent_ids(night) == ["1 2 3"]
    assert {(each.state, each.message_id) for each in deliveries(night)} == {(DeliveryState.SENT, "1-3")}
    assert "Message 1-3" in night.notifier.sent[0][1].body
    assert await night.deliver() == []


async def test_a_flood_is_held_whole(night: Newsroom) -> None:
    """However much comes at night, all of it is held at once, and comes in as few messages as it needs."""
    await alerts(night, *range(1, 1101))
    assert len(night.store.held_deliveries(now=night.clock())) == 1100
    night.clock.time = MORNING
    await night.deliver()
    assert len(night.notifier.sent) == 11
    assert {each.state for each in deliveries(night)} == {DeliveryState.SENT}


async def test_a_single_one_looks_as_always(night: Newsroom) -> None:
    """One alert of the night is told as if it came in the morning."""
    await alerts(night, 1)
    night.clock.time = MORNING
    await night.deliver()
    assert night.titles() == ["[draft] mobilized 1"]


async def test_critical_alerts_pass(night: Newsroom) -> None:
    """What is critical goes at once, at night and past a digest."""
    night.kind = replace(night.kind, digest=(Slot(at=time(18)),))
    night.watchlists = (Watchlist(name="draft", any=("mobilized",), priority=Priority.CRITICAL),)
    await alerts(night, 1, 2)
    assert night.titles() == ["[draft] mobilized 1", "[draft] mobilized 2"]


async def test_the_past_keeps_its_priority(night: Newsroom) -> None:
    """An alert that was made stays as urgent as it was when the file is edited."""
    await alerts(night, 1)
    night.watchlists = (replace(night.watchlists[0], priority=Priority.CRITICAL),)
    await alerts(night, 2)
    assert [each.alert.priority for each in night.store.alerts()] == [Priority.NORMAL, Priority.CRITICAL]
    assert night.titles() == ["[draft] mobilized 2"]


async def test_alerts_below_the_least_priority_are_not_for_a_receiver(newsroom: Newsroom) -> None:
    """A receiver that takes only what is urgent has no delivery of the rest."""
    newsroom.kind = replace(newsroom.kind, min_priority=Priority.HIGH)
    await newsroom.poll("0")
    await alerts(newsroom, 1)
    (made,) = newsroom.store.alerts()
    assert made.deliveries == ()
    assert newsroom.desk.configuration.health_receivers == ("desk",)  # somebody has to be told of the service itself


async def test_r42_a_digest_a_day(newsroom: Newsroom) -> None:
    """R42: where the clock is put back the digest of half past three comes once, with all that came before it."""
    newsroom.kind = replace(newsroom.kind, digest=(Slot(at=time(3, 30)),))
    newsroom.timezone = ZoneInfo("Europe/Kyiv")
    newsroom.clock.time = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    await newsroom.poll("0")
    for number in range(1, 30):
        await alerts(newsroom, number)
        newsroom.clock.advance(timedelta(minutes=15))
        newsroom.restart()
        await newsroom.outbox.reconsider(newsroom.desk)
    assert sent_ids(newsroom) == ["1 2 3 4 5 6 7 8 9 10"]
    waits = [each for each in deliveries(newsroom) if each.state is DeliveryState.PENDING]
    assert {each.held_until for each in waits} == {datetime(2026, 10, 26, 1, 30, tzinfo=UTC)}


async def test_a_digest_that_was_missed(newsroom: Newsroom) -> None:
    """A digest that was due while nothing ran goes at the start; what comes then waits for the next."""
    newsroom.kind = replace(newsroom.kind, digest=(Slot(at=time(18)),))
    await newsroom.poll("0")
    await alerts(newsroom, 1, 2)
    newsroom.clock.advance(9 * HOUR)
    newsroom.restart()
    await alerts(newsroom, 3)
    assert sent_ids(newsroom) == ["1 2"]
    assert deliveries(newsroom)[-1].held_until == datetime(2024, 6, 4, 18, tzinfo=UTC)


async def test_no_more_quiet_hours(night: Newsroom) -> None:
    """What is held goes when its quiet hours are taken out of the file, in one message."""
    await alerts(night, 1, 2)
    night.kind = replace(night.kind, quiet=())
    await night.outbox.reconsider(night.desk)
    await night.deliver()
    assert sent_ids(night) == ["1 2"]


async def test_other_quiet_hours(night: Newsroom) -> None:
    """What is held waits for the hours that the file says now."""
    await alerts(night, 1)
    night.kind = replace(night.kind, quiet=(replace(NIGHT, end=time(9)),))
    await night.outbox.reconsider(night.desk)
    assert [each.held_until for each in deliveries(night)] == [MORNING + 2 * HOUR]


async def test_a_receiver_of_another_name(night: Newsroom) -> None:
    """What is held for a name that is gone waits as what is owed to it, three days from the morning on."""
    await alerts(night, 1)
    night.receivers = ("phone",)
    await night.outbox.reconsider(night.desk)
    night.clock.time = MORNING + timedelta(hours=71)
    await night.outbox.abandon(night.desk)
    assert night.store.owed()["desk"] == 1
    night.clock.advance(2 * HOUR)
    await night.outbox.abandon(night.desk)
    assert [each.state for each in deliveries(night) if each.receiver == "desk"] == [DeliveryState.DEAD]


async def test_after_a_burst_the_rest_comes_together(newsroom: Newsroom) -> None:
    """After five messages the others wait until the first is five minutes old, and come in one; then all goes on."""
    newsroom.kind = replace(newsroom.kind, burst=Burst())
    await newsroom.poll("0")
    await alerts(newsroom, *range(1, 9))
    assert sent_ids(newsroom) == ["1", "2", "3", "4", "5"]
    newsroom.clock.advance(timedelta(minutes=4))
    await alerts(newsroom, 9)
    held = [each for each in deliveries(newsroom) if each.state is DeliveryState.PENDING]
    due = datetime(2024, 6, 3, 12, 5, tzinfo=UTC)
    assert [(each.hold_reason, each.held_until) for each in held] == [(HoldReason.BURST, due)] * 4
    newsroom.clock.time = due
    newsroom.restart()
    await newsroom.deliver()
    await alerts(newsroom, 10)
    assert sent_ids(newsroom)[5:] == ["6 7 8 9", "10"]


async def test_r36_a_digest_that_may_have_arrived_is_the_same_again(night: Newsroom) -> None:
    """R36: a message whose outcome is unknown comes again with the same alerts and id, whatever is held meanwhile."""
    await alerts(night, 1, 2)
    night.clock.time = MORNING
    night.notifier.answers["desk"] = Outcome(result=Result.UNKNOWN, reason="no answer in time")
    await night.deliver()
    assert {(each.state, each.message_id) for each in deliveries(night)} == {(DeliveryState.UNKNOWN, "1-2")}
    night.notifier.answers.clear()
    night.clock.time = EVENING + timedelta(days=1)
    await alerts(night, 3)
    assert night.notifier.sent == []
    night.clock.time = MORNING + timedelta(days=1)
    await night.deliver()
    assert sent_ids(night) == ["1 2", "3"]


async def test_a_digest_that_was_on_its_way_at_a_kill_is_the_same_again(night: Newsroom) -> None:
    """Which alerts a message tells is written before it is sent: after a kill the very same message comes again."""
    await alerts(night, 1, 2)
    night.clock.time = MORNING
    held = [replace(each, message_id="1-2") for each in deliveries(night)]
    night.store.take(held)  # and then the end
    night.restart()
    await alerts(night, 3)
    assert sent_ids(night) == ["1 2", "3"]


async def test_r39_a_poison_row_takes_no_digest_with_it(night: Newsroom) -> None:
    """R39: when a digest is refused, it goes in parts; only the alert that is refused by itself is dead."""
    await alerts(night, *range(1, 8))
    night.clock.time = MORNING
    night.notifier.refused = "mobilized 5"
    await night.deliver()
    assert sent_ids(night) == ["1 2 3 4", "6", "7"]
    assert [(each.number, each.state) for each in deliveries(night) if each.state is not DeliveryState.SENT] == [
        (5, DeliveryState.DEAD)
    ]


async def test_a_digest_too_long_for_its_receiver_is_several(night: Newsroom) -> None:
    """What does not fit one message comes in as many as are needed, each alert once; that costs no attempt."""
    await alerts(night, *range(1, 8))
    night.clock.time = MORNING
    night.notifier.longest = 500
    await night.deliver()
    assert " ".join(sent_ids(night)).split() == ["1", "2", "3", "4", "5", "6", "7"]
    assert 1 < len(sent_ids(night)) < 7
    assert {each.attempts for each in deliveries(night)} == {1}


async def test_a_dead_digest_goes_once_more_one_by_one(night: Newsroom) -> None:
    """Before a digest is given up after three days, each of its alerts is tried by itself."""
    await alerts(night, 1, 2)
    night.clock.time = MORNING
    night.notifier.answers["desk"] = Outcome(result=Result.FAILED, reason="HTTP 500")
    await night.deliver()
    night.clock.advance(timedelta(hours=71, minutes=50))
    await night.deliver()
    assert {each.state for each in deliveries(night)} == {DeliveryState.PENDING}
    night.clock.advance(timedelta(hours=2))
    night.kind = replace(night.kind, quiet=())
    await night.deliver()
    assert [(each.state, each.message_id) for each in deliveries(night)] == [
        (DeliveryState.DEAD, "1"),
        (DeliveryState.DEAD, "2"),
    ]


async def test_giving_up_counts_from_the_morning_only_for_what_was_never_tried(night: Newsroom) -> None:
    """Quiet hours do not keep a dead receiver's deliveries alive for ever."""
    night.receivers = ("desk",)
    night.notifier.answers["desk"] = Outcome(result=Result.FAILED, reason="HTTP 500")
    night.clock.time = MORNING
    await alerts(night, 1)
    for _ in range(24 * 4):
        night.clock.advance(HOUR)
        await night.deliver()
    assert [each.state for each in deliveries(night)] == [DeliveryState.DEAD]


async def test_a_silence_keeps_back_what_comes(newsroom: Newsroom) -> None:
    """Silenced alerts are stored and counted, and not sent, neither during the silence nor after it."""
    await newsroom.poll("0")
    silence = Silence(watchlist="draft", begins=newsroom.clock(), ends=newsroom.clock() + HOUR)
    assert newsroom.store.silence(silence).alerts == 0
    await alerts(newsroom, 1, 2)
    newsroom.clock.advance(2 * HOUR)
    await alerts(newsroom, 3)
    assert newsroom.titles() == ["[draft] mobilized 3"]
    assert [(each.state, each.hold_reason) for each in deliveries(newsroom)][:2] == [
        (DeliveryState.SILENCED, HoldReason.SILENCED)
    ] * 2
    assert [each.alerts for each in newsroom.store.silences()] == [2]
    assert newsroom.store.owed() == {}


async def test_a_silence_takes_what_waits(night: Newsroom) -> None:
    """A silence keeps back what is held and would go before its end; what goes later is not its concern."""
    await alerts(night, 1)
    until = [MORNING - HOUR, MORNING + HOUR]
    kept = [night.store.silence(Silence(feed="paper", begins=night.clock(), ends=each)).alerts for each in until]
    assert kept == [0, 1]
    night.clock.time = MORNING
    assert await night.deliver() == []


async def test_a_silence_counts_for_what_is_being_tried(newsroom: Newsroom) -> None:
    """A silence that comes while a delivery fails keeps it from being tried again."""
    await newsroom.poll("0")
    await newsroom.poll("1 | mobilized 1")
    (tried,) = deliveries(newsroom)
    newsroom.store.silence(Silence(feed="paper", begins=newsroom.clock(), ends=newsroom.clock() + HOUR))
    newsroom.store.settle([replace(tried, attempts=1, next_attempt=newsroom.clock() + HOUR, error="HTTP 503")])
    assert [each.state for each in deliveries(newsroom)] == [DeliveryState.SILENCED]


async def test_a_silence_that_was_ended(newsroom: Newsroom) -> None:
    """An ended silence keeps nothing back any more; it can not be ended twice."""
    await newsroom.poll("0")
    kept = newsroom.store.silence(Silence(term="mobilized", begins=newsroom.clock(), ends=newsroom.clock() + HOUR))
    assert newsroom.store.end_silence(kept.number, now=newsroom.clock())
    assert not newsroom.store.end_silence(kept.number, now=newsroom.clock())
    await alerts(newsroom, 1)
    assert newsroom.titles() == ["[draft] mobilized 1"]
