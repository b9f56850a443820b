"""Receivers that fail: their order is kept, they are probed and not stormed, and the others are told."""

from datetime import timedelta

import pytest

from monitor.model.alert import DeliveryState, Outcome, Result
from monitor.model.calm import HoldReason
from tests.pipeline.conftest import Newsroom

FAILED = Outcome(result=Result.FAILED, reason="connection refused")
UNKNOWN = Outcome(result=Result.UNKNOWN, reason="no answer in time")
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def titles(*numbers: int) -> list[str]:
    return [f"[draft] mobilized {number}" for number in numbers]


async def publish(newsroom: Newsroom, *numbers: int) -> None:
    """Have an alert made of each, in this order."""
    await newsroom.poll(*(f"{number} | mobilized {number}" for number in reversed(numbers)))


async def passes(newsroom: Newsroom, span: timedelta, *, every: timedelta = 10 * SECOND) -> None:
    """Let the service work for a while."""
    desk = newsroom.desk
    for _ in range(span // every):
        for receiver in desk.receivers.values():
            if newsroom.outbox.gates.is_open(receiver):
                _ = [each async for each in newsroom.outbox.deliver(receiver, desk)]
        await newsroom.outbox.gates.look(desk)
        newsroom.clock.advance(every)


@pytest.fixture(autouse=True)
async def baseline(newsroom: Newsroom) -> None:
    await newsroom.poll("0")


@pytest.mark.parametrize("outcome", [FAILED, UNKNOWN])
async def test_r43_order_is_kept_while_the_first_message_fails(newsroom: Newsroom, outcome: Outcome) -> None:
    """R43: what is behind a message that fails waits for it, and comes after it."""
    newsroom.notifier.poison[titles(1)[0]] = outcome
    await publish(newsroom, 1, 2, 3)
    await passes(newsroom, 4 * MINUTE)
    newsroom.notifier.poison.clear()
    await passes(newsroom, 5 * MINUTE)
    assert newsroom.titles() == titles(1, 2, 3)


async def test_r43_a_failing_message_is_passed_by_after_ten_minutes(newsroom: Newsroom) -> None:
    """R43: those behind it come ten minutes later, and it comes when it can."""
    newsroom.notifier.poison[titles(1)[0]] = FAILED
    await publish(newsroom, 1, 2, 3)
    await passes(newsroom, 10 * MINUTE)
    assert newsroom.titles() == []
    await passes(newsroom, 10 * MINUTE)
    assert newsroom.titles() == titles(2, 3)
    newsroom.notifier.poison.clear()
    await passes(newsroom, HOUR, every=MINUTE)
    assert newsroom.titles() == titles(2, 3, 1)


@pytest.mark.parametrize("outcome", [FAILED, UNKNOWN])
async def test_r39_poison_blocks_nobody_for_long(newsroom: Newsroom, outcome: Outcome) -> None:
    """R39: once passed by, messages that always fail hold up none of those that come later."""
    newsroom.notifier.poison = dict.fromkeys(titles(1, 2), outcome)
    await publish(newsroom, 1, 2, 3)
    await passes(newsroom, 20 * MINUTE)
    assert newsroom.titles() == titles(3)
    for number in range(4, 14):
        await publish(newsroom, number)
        await passes(newsroom, 10 * MINUTE, every=MINUTE)
        assert newsroom.titles()[-1:] == titles(number)


async def test_r39_poison_blocks_nobody_where_each_pass_is_a_program_of_its_own(newsroom: Newsroom) -> None:
    """R39: also with `rss-monitor poll` by cron, which remembers only what is stored."""
    newsroom.notifier.poison[titles(1)[0]] = FAILED
    await publish(newsroom, 1, 2)
    for _ in range(3):
        await newsroom.deliver()
        newsroom.restart()
        newsroom.clock.advance(10 * MINUTE)
    assert newsroom.titles() == titles(2)


async def test_r43_order_is_kept_over_a_restart(newsroom: Newsroom) -> None:
    """R43: a new start knows which message failed, and keeps those behind it waiting."""
    newsroom.notifier.answers["desk"] = FAILED
    await publish(newsroom, 1, 2)
    await newsroom.deliver()
    newsroom.restart()
    newsroom.notifier.answers.clear()
    await newsroom.deliver()
    assert newsroom.titles() == []
    await passes(newsroom, 2 * MINUTE)
    assert newsroom.titles() == titles(1, 2)


async def test_r40_a_receiver_that_is_out_is_probed_and_then_drained_in_order(newsroom: Newsroom) -> None:
    """R40: a receiver that is out for six hours is tried a few times, by one message each; then all come, in order."""
    newsroom.notifier.answers["desk"] = FAILED
    await publish(newsroom, *range(1, 21))
    await passes(newsroom, 6 * HOUR, every=MINUTE)
    assert 10 <= len(newsroom.notifier.tried) <= 40
    waiting = list(newsroom.store.deliveries())
    assert {each.hold_reason for each in waiting} == {HoldReason.BREAKER}
    assert {each.state for each in waiting} == {DeliveryState.PENDING}
    newsroom.notifier.answers.clear()
    await passes(newsroom, HOUR, every=MINUTE)
    first, *rest = newsroom.titles()
    assert rest == [title for title in titles(*range(1, 21)) if title != first]


async def test_r40_a_short_outage_changes_no_order(newsroom: Newsroom) -> None:
    """R40, R43: a receiver that is out for less than ten minutes gets everything in order, though it was probed."""
    newsroom.notifier.answers["desk"] = UNKNOWN
    await publish(newsroom, *range(1, 21))
    await passes(newsroom, 9 * MINUTE)
    newsroom.notifier.answers.clear()
    await passes(newsroom, HOUR, every=MINUTE)
    assert newsroom.titles() == titles(*range(1, 21))


async def test_r38_what_waits_for_a_receiver_that_is_out_is_given_up_too(newsroom: Newsroom) -> None:
    """R38: after 72 hours all that waits is a dead letter, also what was never tried; it can be queued again."""
    newsroom.notifier.answers["desk"] = FAILED
    await publish(newsroom, *range(1, 41))
    await passes(newsroom, 75 * HOUR, every=30 * MINUTE)
    dead = list(newsroom.store.deliveries(states=[DeliveryState.DEAD]))
    assert len(dead) == 40
    assert all("connection refused (given up" in each.error for each in dead)
    newsroom.notifier.answers.clear()
    assert newsroom.store.requeue(None, now=newsroom.clock()) == 40
    await passes(newsroom, 2 * HOUR, every=MINUTE)
    assert len(newsroom.notifier.sent) == 40


async def test_queueing_again_has_a_failing_receiver_tried_at_once(newsroom: Newsroom) -> None:
    """Who mends a receiver and queues its dead letters again need not wait an hour for the next probe."""
    newsroom.notifier.answers["desk"] = Outcome(result=Result.REJECTED, reason="HTTP 401", refuses_all=True)
    await publish(newsroom, *range(1, 21))
    await passes(newsroom, 3 * HOUR, every=MINUTE)
    newsroom.notifier.answers.clear()
    newsroom.store.requeue(None, now=newsroom.clock())
    newsroom.clock.advance(SECOND)
    await passes(newsroom, 30 * SECOND)
    assert len(newsroom.titles()) == 20


async def test_a_wrong_password_kills_few_messages(newsroom: Newsroom) -> None:
    """A receiver that refuses all is out: three messages are dead letters, the rest waits until it is mended."""
    newsroom.notifier.answers["desk"] = Outcome(
        result=Result.REJECTED, reason="authentication refused", refuses_all=True
    )
    await publish(newsroom, *range(1, 21))
    await newsroom.deliver()
    newsroom.notifier.answers.clear()
    await passes(newsroom, 2 * MINUTE)
    assert newsroom.titles() == titles(*range(4, 21))


async def test_refused_messages_do_not_open_the_breaker(newsroom: Newsroom) -> None:
    """Messages that are refused for what they are say nothing of the receiver: the next one goes at once."""
    newsroom.notifier.poison = dict.fromkeys(titles(1, 2, 3, 4), Outcome(result=Result.REJECTED, reason="HTTP 400"))
    await publish(newsroom, 1, 2, 3, 4, 5)
    await newsroom.deliver()
    assert newsroom.titles() == titles(5)


def told(newsroom: Newsroom) -> list[tuple[str, str]]:
    return [
        (name, notification.title) for name, notification in newsroom.notifier.sent if "alerts" in notification.title
    ]


FAILS, WELL = ("phone", "[rss-monitor] desk takes no alerts"), ("phone", "[rss-monitor] desk takes alerts again")


async def test_r47_a_failing_receiver_is_told_through_another(newsroom: Newsroom) -> None:
    """R47: after 15 minutes the others are told, once and with the reason; and once when it recovers."""
    newsroom.receivers = ("desk", "phone")
    newsroom.notifier.answers["desk"] = FAILED
    await publish(newsroom, 1, 2)
    await passes(newsroom, 14 * MINUTE)
    assert told(newsroom) == []
    await passes(newsroom, 5 * HOUR, every=MINUTE)
    assert told(newsroom) == [FAILS]
    body = newsroom.notifier.sent[-1][1].body
    assert "since 3 Jun 2024 12:00 (UTC): connection refused" in body
    assert "2 messages wait" in body
    newsroom.notifier.answers.clear()
    await passes(newsroom, 2 * HOUR, every=MINUTE)
    assert told(newsroom) == [FAILS, WELL]


async def test_r47_it_is_told_once_over_restarts(newsroom: Newsroom) -> None:
    """R47: also where each pass is a program of its own, it is told once that it fails, and once that it is well."""
    newsroom.receivers = ("desk", "phone")
    newsroom.notifier.answers["desk"] = FAILED
    await publish(newsroom, 1, 2)
    for count in range(20):
        if count == 12:
            newsroom.notifier.answers.clear()
        await passes(newsroom, MINUTE, every=MINUTE)
        await newsroom.deliver()
        newsroom.restart()
        newsroom.clock.advance(10 * MINUTE)
    assert told(newsroom) == [FAILS, WELL]


async def test_r47_poison_is_not_the_receivers_fault(newsroom: Newsroom) -> None:
    """R47: a message that fails for hours while others arrive is no failing receiver, also after a new start."""
    newsroom.receivers = ("desk", "phone")
    newsroom.notifier.poison[titles(1)[0]] = FAILED
    await publish(newsroom, 1)
    for number in range(2, 12):
        await publish(newsroom, number)
        await passes(newsroom, 10 * MINUTE, every=MINUTE)
        newsroom.restart()
    assert newsroom.titles()[-1:] == titles(11)
    assert told(newsroom) == []


async def test_r47_an_only_receiver_is_told_in_the_log(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """R47: where there is no other receiver, nothing is sent, and the log says it."""
    newsroom.notifier.answers["desk"] = FAILED
    await publish(newsroom, 1)
    await passes(newsroom, HOUR, every=MINUTE)
    newsroom.notifier.answers.clear()
    await passes(newsroom, HOUR, every=MINUTE)
    assert newsroom.titles() == titles(1)
    said = capsys.readouterr().out + caplog.text
    assert said.count("receiver told") == 2
    assert "receiver failing" in said
