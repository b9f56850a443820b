"""Who else carries a story: in the alert, and in what is told later."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from monitor.model.alert import Outcome, Result
from monitor.model.calm import Priority, Quiet
from monitor.model.feed import Feed
from monitor.model.secret import Secret
from monitor.model.watchlist import Watchlist
from monitor.pipeline import AlsoIn
from tests.pipeline.conftest import Newsroom

HOUR = timedelta(hours=1)
TITLE = "Relatives of mobilized soldiers protest outside Defense Ministry"


@pytest.fixture(autouse=True)
async def feeds(newsroom: Newsroom) -> None:
    """Four feeds that were read before."""
    urls = [f"https://{name}.example/feed" for name in ("one", "two", "three", "four", "five")]
    newsroom.feeds = tuple(Feed(name=url.split("/")[2], url=Secret(url), shown_url=url) for url in urls)
    newsroom.restart()
    for feed in newsroom.feeds:
        await bring(newsroom, feed, "Quiet day")


async def bring(newsroom: Newsroom, feed: Feed, title: str = TITLE) -> None:
    """Have a feed bring one entry."""
    line = f"{title} | {title} | | {newsroom.clock().isoformat()} | https://{feed.name}/{len(title)}"
    newsroom.fetcher.pages[feed.url.reveal()] = line.encode()
    await newsroom.poll_as_is(feed)


async def tell(newsroom: Newsroom) -> None:
    also = AlsoIn(store=newsroom.store, records=newsroom.records, clock=newsroom.clock)
    await also.tell(newsroom.desk)


async def test_alert_that_waited_names_who_else(newsroom: Newsroom) -> None:
    """An alert tells who carried its story by the time it is sent."""
    for feed in newsroom.feeds:
        await bring(newsroom, feed)
    await newsroom.deliver()
    [(_, note)] = newsroom.notifier.sent
    assert "\n\nAlso in: two.example, three.example, four.example and 1 more\n\n" in note.body


async def test_digest_names_who_else(newsroom: Newsroom) -> None:
    """So does each alert of a digest."""
    newsroom.kind = replace(newsroom.kind, quiet=(Quiet(start=time(0), end=time(23, 59)),))
    await bring(newsroom, newsroom.feeds[0])
    await bring(newsroom, newsroom.feeds[1], "The mobilized of Perm ask for leave")
    await newsroom.deliver()
    await bring(newsroom, newsroom.feeds[2])
    newsroom.clock.advance(24 * HOUR)
    newsroom.kind = replace(newsroom.kind, quiet=())
    await newsroom.deliver()
    [(_, note)] = newsroom.notifier.sent
    assert note.several
    assert note.body.count("Also in: three.example\n") == 1


async def test_those_who_came_later_are_told_once(newsroom: Newsroom) -> None:
    """Who carries a story after its alert was sent is told under it, once, when it is calm, also over a restart."""
    newsroom.notifier.answers["desk"] = Outcome(result=Result.SENT, receipt="<1@mail>")
    await bring(newsroom, newsroom.feeds[0])
    await newsroom.deliver()
    newsroom.clock.advance(HOUR)
    await bring(newsroom, newsroom.feeds[1])
    await tell(newsroom)
    assert await newsroom.deliver() == []
    newsroom.clock.advance(HOUR)
    await tell(newsroom)
    newsroom.restart()
    await tell(newsroom)
    await newsroom.deliver()
    _, (_, note) = newsroom.notifier.sent
    assert note.title == "[rss-monitor] Others carry what alert 1 told, too"
    assert (note.follows, note.subject) == (("<1@mail>",), f"Re: [draft] {TITLE}")
    assert note.body.splitlines()[:3] == [f"Alert 1: {TITLE}", "also in two.example:", "https://two.example/64"]
    await bring(newsroom, newsroom.feeds[2])
    newsroom.clock.advance(9 * HOUR)
    await tell(newsroom)
    assert await newsroom.deliver() == []


async def test_no_two_such_messages_in_a_while(newsroom: Newsroom) -> None:
    """Stories that grow soon after such a message wait, and come together, then under no alert."""
    newsroom.notifier.answers["desk"] = Outcome(result=Result.SENT, receipt="<1@mail>")
    titles = [
        f"Mobilized soldiers of {town} write to their governor about leave" for town in ("Perm", "Ryazan", "Kostroma")
    ]
    for title in titles:
        await bring(newsroom, newsroom.feeds[0], title)
    await newsroom.deliver()
    for title, hours in zip(titles, (1, 2, 1), strict=True):
        newsroom.clock.advance(hours * HOUR)
        await bring(newsroom, newsroom.feeds[1], title)
        newsroom.clock.advance(HOUR)
        await tell(newsroom)
    assert len(await newsroom.deliver()) == 1
    newsroom.clock.advance(6 * HOUR)
    await tell(newsroom)
    await newsroom.deliver()
    (_, note) = newsroom.notifier.sent[-1]
    assert note.title == "[rss-monitor] Others carry 2 stories of your alerts, too"
    assert note.follows == ()


async def test_nobody_is_told_who_did_not_get_the_alert(newsroom: Newsroom) -> None:
    """What was not sent needs no such message: the alert itself will tell."""
    await bring(newsroom, newsroom.feeds[0])
    await bring(newsroom, newsroom.feeds[1])
    newsroom.clock.advance(2 * HOUR)
    await tell(newsroom)
    assert len(await newsroom.deliver()) == 1


async def test_corroborated(newsroom: Newsroom) -> None:
    """The alert that so many carry a story says how many, and follows the first."""
    newsroom.watchlists = (Watchlist(name="draft", any=("mobilized",), corroborated=((3, Priority.HIGH),)),)
    newsroom.receivers = ("desk", "phone")
    for feed in newsroom.feeds[:2]:
        await bring(newsroom, feed)
    await newsroom.deliver()
    await bring(newsroom, newsroom.feeds[2])
    await newsroom.deliver()
    *_, (_, note) = newsroom.notifier.sent
    assert note.body.startswith(f"Follow-up to alert 1: {TITLE}\nHigh priority · Now in 3 sources · three.example")
