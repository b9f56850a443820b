"""Too much at once is held, told once, and never dropped (R26)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model.alert import DeliveryState
from monitor.model.feed import FullText
from monitor.model.match import Reason
from tests.pipeline.conftest import Newsroom
from tests.pipeline.test_identity import alerted, line

OLD = "2024-05-01T10:00:00Z"


async def flooded(room: Newsroom, *more: str) -> None:
    """Have a feed bring ten old entries at once, and what else there is."""
    await room.poll(*(line(f"a{n}", f"report {n}") for n in range(10)))
    room.clock.advance(timedelta(minutes=20))
    await room.poll(*more, *(line(f"b{n}", f"mobilized {n}", day=OLD) for n in range(10)))


def reasons(room: Newsroom) -> list[Reason]:
    return [made.reason for record in room.store.entries() for made in record.decisions if made.matches]


async def test_r26_old_entries_all_at_once_are_held(newsroom: Newsroom) -> None:
    """Ten entries of a month ago make no alert but one message that names three of them, and what to do."""
    await flooded(newsroom)
    await newsroom.deliver()
    [(receiver, told)] = newsroom.notifier.sent
    assert (receiver, told.title) == ("desk", "[rss-monitor] paper: 10 entries at once, most are old")
    assert [line for line in told.body.splitlines() if line.startswith("mobilized")] == [
        "mobilized 9",
        "mobilized 8",
        "mobilized 7",
    ]
    assert "rss-monitor feeds release paper" in told.body
    assert "rss-monitor feeds accept paper" in told.body
    assert (alerted(newsroom), reasons(newsroom)) == ([], [Reason.FLOOD_HELD] * 10)
    [record] = newsroom.store.feeds()
    assert record.held == 10


async def test_r26_titles_that_were_known(newsroom: Newsroom) -> None:
    """A site that gives all entries new ids, links and dates of today alerts for none of the titles that were there."""
    titles = [f"mobilized {n}" for n in range(12)]
    await newsroom.poll(*(line(f"a{n}", title, day=OLD) for n, title in enumerate(titles)))
    newsroom.clock.advance(timedelta(minutes=20))
    await newsroom.poll(*(line(f"b{n}", title) for n, title in enumerate(titles)))
    await newsroom.deliver()
    assert newsroom.titles() == ["[rss-monitor] paper: 12 entries at once, most titles or links were known"]
    assert newsroom.store.states()["paper"].trouble is None


async def test_r26_far_more_than_usual(newsroom: Newsroom) -> None:
    """Twenty at once, of a feed that brings one a day and that was asked all the time, are held."""
    for day in range(6):
        await newsroom.poll(line(f"d{day}", f"report {day}", day=newsroom.clock().isoformat()))
        newsroom.clock.advance(timedelta(days=1))
    await newsroom.poll_as_is()
    newsroom.clock.advance(timedelta(minutes=15))
    now = newsroom.clock().isoformat()
    await newsroom.poll(*(line(f"b{n}", f"mobilized {n}", day=now) for n in range(20)))
    assert reasons(newsroom) == [Reason.FLOOD_HELD] * 20


@pytest.mark.parametrize("away", [timedelta(hours=12), timedelta(days=6)])
async def test_a_feed_that_catches_up_is_no_flood(newsroom: Newsroom, away: timedelta) -> None:
    """What was published while nobody asked is news, however much of it there is and however old it is by now."""
    for day in range(6):
        await newsroom.poll(line(f"d{day}", f"report {day}", day=newsroom.clock().isoformat()))
        newsroom.clock.advance(timedelta(days=1))
    await newsroom.poll_as_is()
    asked = newsroom.clock()
    newsroom.clock.advance(away)
    news = [line(f"b{n}", f"mobilized {n}", day=(asked + n / 20 * away).isoformat()) for n in range(20)]
    await newsroom.poll(*news)
    assert reasons(newsroom) == [Reason.MATCHED] * 20


async def test_a_feed_that_failed_catches_up(newsroom: Newsroom) -> None:
    """What a feed brings after its server was down for hours is news."""
    for day in range(6):
        await newsroom.poll(line(f"d{day}", f"report {day}", day=newsroom.clock().isoformat()))
        newsroom.clock.advance(timedelta(days=1))
    await newsroom.poll_as_is()
    newsroom.fetcher.pages.clear()
    newsroom.clock.advance(timedelta(minutes=30))
    await newsroom.poll_as_is()
    newsroom.clock.advance(timedelta(minutes=30))
    now = newsroom.clock().isoformat()
    await newsroom.poll(*(line(f"b{n}", f"mobilized {n}", day=now) for n in range(20)))
    assert reasons(newsroom) == [Reason.MATCHED] * 20


async def test_news_beside_a_flood_of_none_that_match(newsroom: Newsroom) -> None:
    """A flood in which nothing matches, and no page is to be read, holds nothing; it is told as a possible gap only."""
    newsroom.feeds = (replace(newsroom.feed, full_text=FullText.NO),)
    await newsroom.poll(*(line(f"a{n}", f"report {n}") for n in range(10)))
    await newsroom.poll(*(line(f"b{n}", f"other {n}", day=OLD) for n in range(10)))
    await newsroom.deliver()
    assert newsroom.titles() == ["[rss-monitor] paper: possible gap"]
    assert newsroom.store.states()["paper"].flood is None


async def test_a_flood_is_told_once_a_day(newsroom: Newsroom) -> None:
    """What is held meanwhile is told with the first; a day later the user is reminded by the next."""
    await flooded(newsroom)
    for hours, letter in ((1, "c"), (24, "d")):
        newsroom.clock.advance(timedelta(hours=hours))
        await newsroom.poll(*(line(f"{letter}{n}", f"mobilized {letter}{n}", day=OLD) for n in range(10)))
    await newsroom.deliver()
    assert len(newsroom.titles()) == 2
    flood = newsroom.store.states()["paper"].flood
    assert flood is not None
    assert flood.entries == 30


async def test_released_alerts_go_together(newsroom: Newsroom) -> None:
    """What is released goes out in one message, oldest first, once; then nothing is held."""
    await flooded(newsroom)
    numbers = newsroom.store.release("paper", at=newsroom.clock(), routes=newsroom.desk.routes)
    await newsroom.deliver()
    assert [record.alert.number for record in newsroom.store.alerts()] == list(numbers)
    assert alerted(newsroom) == [f"mobilized {n}" for n in range(9, -1, -1)]
    assert newsroom.titles()[1:] == ["[rss-monitor] 10 alerts: draft 10"]
    assert newsroom.store.release("paper", at=newsroom.clock(), routes=newsroom.desk.routes) == ()
    assert {each.state for each in newsroom.store.deliveries()} == {DeliveryState.SENT}
    assert newsroom.store.feeds()[0].state.flood is None


async def test_accepted_floods_are_old_news(newsroom: Newsroom) -> None:
    """What is accepted makes no alert, then or later; what is new after that does."""
    await flooded(newsroom)
    assert newsroom.store.accept("paper") == 10
    await newsroom.poll(line("n", "mobilized, new"), *(line(f"b{n}", f"mobilized {n}", day=OLD) for n in range(10)))
    assert (alerted(newsroom), reasons(newsroom)[:10]) == (["mobilized, new"], [Reason.BASELINE] * 10)


async def test_a_poll_under_way_does_not_undo_a_decision(newsroom: Newsroom) -> None:
    """A poll that began before the user decided leaves it so."""
    await flooded(newsroom)
    state = newsroom.store.states()["paper"]
    newsroom.store.accept("paper")
    await newsroom.poller.poll(newsroom.feed, state, newsroom.desk)
    assert newsroom.store.states()["paper"].flood is None


async def test_all_edited_at_once(newsroom: Newsroom) -> None:
    """A site that edits all of its entries so that they match sends no alert for each, but one message."""
    towns = ("Tula", "Omsk", "Perm", "Ufa", "Kazan", "Pskov", "Tver", "Orel", "Kursk", "Sochi")
    await newsroom.poll(*(line(f"a{n}", f"report {n}") for n in range(10)))
    await newsroom.poll(*(line(f"a{n}", f"report {n}", f"{town} mobilized {town}") for n, town in enumerate(towns)))
    await newsroom.deliver()
    assert newsroom.titles() == ["[rss-monitor] paper: 10 entries at once, most were edited at once"]
    assert reasons(newsroom) == [Reason.FLOOD_HELD] * 10
