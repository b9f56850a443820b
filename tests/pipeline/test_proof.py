"""Each receiver is sent a test once a week."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from monitor.model.alert import DeliveryState, Outcome, Result
from monitor.model.calm import Priority, Quiet
from monitor.model.configuration import Proof
from tests.pipeline.conftest import Newsroom

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def title(receiver: str) -> str:
    return f"[rss-monitor] TEST, no news: alerts for {receiver} arrive"


async def live(newsroom: Newsroom, span: timedelta, *, step: timedelta = timedelta(hours=1)) -> None:
    """Let the service work for a while."""
    for _ in range(span // step):
        newsroom.clock.advance(step)
        await newsroom.proofs.tell(newsroom.desk)
        await newsroom.deliver()


@pytest.fixture(autouse=True)
async def first_start(newsroom: Newsroom) -> None:
    await newsroom.proofs.tell(newsroom.desk)


async def test_once_a_week_also_over_restarts(newsroom: Newsroom) -> None:
    """The first comes a week after the first start, at nine, and then one a week, however often it is started."""
    await live(newsroom, WEEK)
    assert newsroom.titles() == []
    for _ in range(3):
        await live(newsroom, WEEK, step=timedelta(hours=12))
        newsroom.restart()
    assert newsroom.titles() == [title("desk")] * 3


async def test_what_it_says(newsroom: Newsroom) -> None:
    """It says that it is a test, how many alerts came of late, and when the next one comes."""
    await newsroom.poll("0 | Quiet")
    await live(newsroom, 6 * DAY)
    await newsroom.poll("1 | The mobilized", "0 | Quiet")
    await live(newsroom, 2 * DAY)
    body = newsroom.notifier.sent[-1][1].body
    assert body.startswith("This is the weekly test of this receiver. Nothing has happened")
    assert "In the last seven days 1 alert went to desk." in body
    assert "The next test comes after 18 Jun 2024 09:00 (UTC)." in body


async def test_a_new_receiver(newsroom: Newsroom) -> None:
    """A receiver that is added later has its first test a week after that, and so has one that comes back."""
    await live(newsroom, 8 * DAY)
    newsroom.receivers = ("desk", "phone")
    await live(newsroom, 7 * DAY)
    assert newsroom.titles() == [title("desk"), title("desk")]
    await live(newsroom, DAY)
    assert newsroom.titles()[2:] == [title("phone")]
    newsroom.receivers = ("desk",)
    await live(newsroom, 30 * DAY, step=DAY)
    newsroom.receivers, newsroom.notifier.sent[:] = ("phone",), []
    await live(newsroom, 6 * DAY)
    assert newsroom.titles() == []


async def test_what_was_missed_is_one(newsroom: Newsroom) -> None:
    """After a month in which nothing ran, there is one test."""
    newsroom.clock.advance(timedelta(days=31))
    await live(newsroom, 6 * DAY)
    assert newsroom.titles() == [title("desk")]


async def test_it_can_be_switched_off(newsroom: Newsroom) -> None:
    """There is none with `off`; switched on again, it begins anew."""
    newsroom.proof = Proof.OFF
    await live(newsroom, 30 * DAY, step=DAY)
    newsroom.proof = Proof.WEEKLY
    await live(newsroom, 7 * DAY)
    assert newsroom.titles() == []


async def test_the_way_of_all_alerts(newsroom: Newsroom) -> None:
    """It waits for the end of quiet hours, and no least priority keeps it back: who gets little needs it most."""
    night = Quiet(start=time(8), end=time(11, 30))
    newsroom.kind = replace(newsroom.kind, quiet=(night,), min_priority=Priority.HIGH)
    await live(newsroom, 7 * DAY + timedelta(hours=23))
    assert newsroom.titles() == []
    end = newsroom.clock().replace(hour=11, minute=30)
    assert [each.held_until for each in newsroom.store.deliveries()] == [end]
    await live(newsroom, timedelta(hours=1))
    assert newsroom.titles() == [title("desk")]


async def test_one_that_does_not_arrive(newsroom: Newsroom) -> None:
    """A test that a receiver refuses is a dead letter, and told through another one, once."""
    newsroom.receivers = ("desk", "phone")
    refused = Outcome(result=Result.REJECTED, reason="HTTP 404")
    newsroom.notifier.answers["phone"] = refused
    await live(newsroom, 10 * DAY, step=timedelta(hours=6))
    assert newsroom.titles() == [title("desk"), "[rss-monitor] Alerts to phone are not delivered"]
    dead = [each for each in newsroom.store.deliveries() if each.state is DeliveryState.DEAD]
    assert [each.receiver for each in dead] == ["phone"]


async def test_nobody_left_to_tell(newsroom: Newsroom) -> None:
    """Where all receivers refuse, they are told of one another once, and not for ever."""
    newsroom.receivers = ("desk", "phone")
    refused = Outcome(result=Result.REJECTED, reason="HTTP 404")
    newsroom.notifier.answers = {"desk": refused, "phone": refused}
    await live(newsroom, 10 * DAY, step=timedelta(hours=6))
    assert len(list(newsroom.store.deliveries())) == 4
