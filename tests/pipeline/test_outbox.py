"""The outbox sends, then marks; nothing is lost and nobody waits for another."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from monitor.errors import StoreUnavailable
from monitor.model.alert import DeliveryState, Outcome, Result
from monitor.model.rate import Rate
from tests.pipeline.conftest import Newsroom

FAILED = Outcome(result=Result.FAILED, reason="HTTP 503")


async def test_every_receiver_gets_its_own_row(newsroom: Newsroom) -> None:
    """R33: one alert is one delivery to each receiver, sent oldest first."""
    newsroom.receivers = ("desk", "phone")
    await newsroom.poll("0")
    await newsroom.poll("2 | mobilized 2", "1 | mobilized 1")
    await newsroom.deliver()
    assert newsroom.titles() == ["[draft] mobilized 1", "[draft] mobilized 2"] * 2
    assert {each.state for each in newsroom.store.deliveries()} == {DeliveryState.SENT}
    assert await newsroom.deliver() == []


async def test_a_failed_send_is_tried_again_later(newsroom: Newsroom) -> None:
    """R38: a refused delivery waits, is tried again, and arrives."""
    await newsroom.poll("0")
    await newsroom.poll("1 | mobilized")
    newsroom.notifier.answers["desk"] = FAILED
    (attempt,) = await newsroom.deliver()
    assert (attempt.delivery.state, attempt.delivery.error) == (DeliveryState.PENDING, "HTTP 503")
    assert await newsroom.deliver() == []
    assert newsroom.store.owed() == {"desk": 1}
    newsroom.notifier.answers.clear()
    newsroom.clock.advance(timedelta(hours=1))
    assert [each.delivery.state for each in await newsroom.deliver()] == [DeliveryState.SENT]


async def test_an_unknown_outcome_waits_five_minutes(newsroom: Newsroom) -> None:
    """R36: what may have arrived is called unknown, counted, and tried again no sooner than in five minutes."""
    await newsroom.poll("0")
    await newsroom.poll("1 | mobilized")
    newsroom.notifier.answers["desk"] = Outcome(result=Result.UNKNOWN, reason="no answer within 60 s")
    (attempt,) = await newsroom.deliver()
    assert attempt.delivery.state is DeliveryState.UNKNOWN
    assert attempt.delivery.next_attempt is not None
    assert attempt.delivery.next_attempt >= newsroom.clock() + timedelta(minutes=5)


async def test_delivering_is_given_up_after_three_days_and_told(newsroom: Newsroom) -> None:
    """R38: after 72 h a delivery is a dead letter; the other receiver is told once; requeue sends it again."""
    newsroom.receivers = ("desk", "phone")
    await newsroom.poll("0")
    await newsroom.poll("2 | mobilized 2", "1 | mobilized 1")
    newsroom.notifier.answers["desk"] = FAILED
    for _ in range(80):
        await newsroom.deliver()
        newsroom.clock.advance(timedelta(hours=1))
    dead = list(newsroom.store.deliveries(states=[DeliveryState.DEAD]))
    assert [each.receiver for each in dead] == ["desk", "desk"]
    assert "given up" in dead[0].error
    notices = [title for title in newsroom.titles() if "desk" in title]
    assert notices == ["[rss-monitor] Alerts to desk are not delivered"]
    newsroom.notifier.answers.clear()
    assert newsroom.store.requeue(None, now=newsroom.clock()) == 2
    assert [each.delivery.state for each in await newsroom.deliver()] == [DeliveryState.SENT] * 2


async def test_a_refused_message_does_not_block_those_behind_it(newsroom: Newsroom) -> None:
    """R39: a row that is refused for good is dead at once; the next one goes out."""
    await newsroom.poll("0")
    await newsroom.poll("1 | mobilized 1")
    newsroom.notifier.answers["desk"] = Outcome(result=Result.REJECTED, reason="HTTP 400")
    await newsroom.deliver()
    newsroom.notifier.answers.clear()
    await newsroom.poll("2 | mobilized 2")
    await newsroom.deliver()
    assert newsroom.titles() == ["[draft] mobilized 2"]
    assert [each.state for each in newsroom.store.deliveries()] == [DeliveryState.DEAD, DeliveryState.SENT]


async def test_a_failing_receiver_does_not_hold_up_another(newsroom: Newsroom) -> None:
    """What one receiver refuses reaches the other."""
    newsroom.receivers = ("desk", "phone")
    newsroom.notifier.answers["desk"] = FAILED
    await newsroom.poll("0")
    await newsroom.poll("1 | mobilized")
    await newsroom.deliver()
    assert [name for name, _ in newsroom.notifier.sent] == ["phone"]


async def test_r41_what_is_too_much_comes_together(newsroom: Newsroom) -> None:
    """R41: a receiver gets a burst, then at its rate what has come meanwhile in one message; none is dropped."""
    newsroom.rate = Rate(burst=2, every=timedelta(seconds=3))
    await newsroom.poll("0")
    await newsroom.poll(*(f"{number} | mobilized {number}" for number in (5, 4, 3, 2, 1)))
    came = []
    for _ in range(4):
        came.append(len(await newsroom.deliver()))
        newsroom.clock.advance(timedelta(seconds=1.5))
    assert came == [2, 0, 3, 0]
    *alone, together = newsroom.titles()
    assert alone == ["[draft] mobilized 1", "[draft] mobilized 2"]
    assert "3 alerts" in together


async def test_a_receiver_that_asks_for_a_rest_is_left_alone(newsroom: Newsroom) -> None:
    """R41: after "too many requests" the other messages wait as long as it asks, too."""
    await newsroom.poll("0")
    await newsroom.poll("2 | mobilized 2", "1 | mobilized 1")
    rest = timedelta(minutes=2)
    newsroom.notifier.answers["desk"] = Outcome(result=Result.FAILED, reason="HTTP 429", retry_after=rest)
    assert len(await newsroom.deliver()) == 1
    newsroom.notifier.answers.clear()
    newsroom.clock.advance(rest - timedelta(seconds=1))
    assert await newsroom.deliver() == []
    newsroom.clock.advance(timedelta(seconds=1))
    assert [each.delivery.state for each in await newsroom.deliver()] == [DeliveryState.SENT] * 2


async def test_what_can_not_be_written_is_written_later(newsroom: Newsroom) -> None:
    """While the database is held by another, a refusal is remembered: not sent again, and told of afterwards."""
    newsroom.receivers = ("desk", "phone")
    await newsroom.poll("0")
    await newsroom.poll("1 | mobilized")
    newsroom.notifier.answers["desk"] = Outcome(result=Result.REJECTED, reason="HTTP 400")
    with newsroom.store.reading() as db:
        db.exec_driver_sql("PRAGMA busy_timeout = 0")  # it would be waited for
    with closing(sqlite3.connect(newsroom.data / "rss-monitor.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable):
            await newsroom.deliver()
    newsroom.notifier.answers.clear()
    await newsroom.deliver()
    assert newsroom.titles() == ["[draft] mobilized", "[rss-monitor] Alerts to desk are not delivered"]
    assert [name for name, _ in newsroom.notifier.sent] == ["phone", "phone"]
    (dead,) = newsroom.store.deliveries(states=[DeliveryState.DEAD])
    assert (dead.receiver, dead.attempts) == ("desk", 1)


async def test_what_waits_for_a_receiver_that_is_gone_ends(newsroom: Newsroom) -> None:
    """Deliveries to a receiver that was taken out of the configuration are owed for three days, then dead."""
    newsroom.receivers = ("desk", "phone")
    newsroom.notifier.answers["phone"] = FAILED
    await newsroom.poll("0")
    await newsroom.poll("1 | mobilized")
    await newsroom.deliver()
    newsroom.receivers = ("desk",)
    await newsroom.outbox.abandon(newsroom.desk)
    assert newsroom.store.owed()["phone"] == 1
    newsroom.clock.advance(timedelta(hours=73))
    await newsroom.outbox.abandon(newsroom.desk)
    assert "phone" not in newsroom.store.owed()
    (dead,) = newsroom.store.deliveries(states=[DeliveryState.DEAD])
    assert "no receiver of this name" in dead.error


async def test_what_waits_for_a_receiver_that_is_gone_is_told(newsroom: Newsroom) -> None:
    """When messages wait for a name that the configuration has no more, the others are told, once until it is back."""
    newsroom.receivers = ("desk", "phone")
    newsroom.notifier.answers["phone"] = FAILED
    await newsroom.poll("0")
    await newsroom.poll("1 | mobilized")
    await newsroom.deliver()
    for names in (("desk", "phone"), ("desk",), ("desk",), ("desk", "phone"), ("desk", "mobile")):
        newsroom.receivers = names
        newsroom.restart()
        await newsroom.outbox.abandon(newsroom.desk)
        newsroom.clock.advance(timedelta(hours=1))
    newsroom.receivers = ("desk", "mobile")
    assert newsroom.store.move("phone", "mobile", now=newsroom.clock()) == 1
    await newsroom.deliver()
    said = [note.title for name, note in newsroom.notifier.sent if name == "desk"]
    assert said[1:] == ["[rss-monitor] A message waits for phone, which is gone"] * 2
    assert "[draft] mobilized" in [note.title for name, note in newsroom.notifier.sent if name == "mobile"]
    assert newsroom.store.owed() == {}


async def test_a_send_that_is_stopped_may_have_arrived(newsroom: Newsroom) -> None:
    """R36, R80: what is on its way when the service stops is unknown afterwards, not untried."""
    await newsroom.poll("0")
    await newsroom.poll("1 | mobilized")
    newsroom.notifier.hangs.add("desk")
    sending = asyncio.create_task(newsroom.deliver())
    await newsroom.notifier.hanging.wait()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    (delivery,) = newsroom.store.deliveries()
    assert (delivery.state, delivery.attempts) == (DeliveryState.UNKNOWN, 1)
