"""Pages behind alerts are looked at for some days, where that is wanted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model.alert import Gone, Outcome, Result
from monitor.model.feed import Address, Validators
from monitor.model.poll import Failure, Fetched, FetchFailed, FetchOutcome
from monitor.model.secret import Secret
from monitor.pipeline import Vigil
from tests.pipeline.conftest import Newsroom
from tests.pipeline.test_identity import line

PAGE, ROBOTS = "https://paper.example/1", "https://paper.example/robots.txt"
HERE = Fetched(body=b"<p>", content_type="text/html", url=PAGE, validators=Validators())


async def alerted(room: Newsroom) -> Vigil:
    """Make an alert of the page; return who looks at it."""
    room.watchlists = (replace(room.watchlists[0], follow=True),)
    await room.poll(line("0", "first"))
    await room.poll(line("1", "mobilized"))
    room.fetcher.pages.setdefault(ROBOTS, failed(404))
    return Vigil(store=room.store, fetcher=room.fetcher, reader=room.reader, records=room.records, clock=room.clock)


def looks(room: Newsroom) -> int:
    return sum(each.url == PAGE for each in room.fetcher.requests)


def failed(status: int) -> FetchFailed:
    return FetchFailed(failure=Failure.HTTP, status=status, detail=str(status))


async def pass_time(room: Newsroom, vigil: Vigil, span: timedelta) -> None:
    """Let time pass in steps of five minutes, and look each time."""
    for _ in range(span // timedelta(minutes=5)):
        room.clock.advance(timedelta(minutes=5))
        await vigil.look(room.desk)


async def test_a_page_that_stays(newsroom: Newsroom) -> None:
    """It is asked for four times within three days, by the proxy of its feed, and nobody is told anything."""
    newsroom.feed = replace(newsroom.feed, proxy=Address(url=Secret("http://proxy.example"), shown="proxy"))
    newsroom.feeds = (newsroom.feed,)
    vigil = await alerted(newsroom)
    newsroom.fetcher.pages[PAGE] = HERE
    await pass_time(newsroom, vigil, timedelta(days=4))
    assert looks(newsroom) == 4
    assert newsroom.fetcher.requests[-1].proxy == Secret("http://proxy.example")
    await newsroom.deliver()
    assert newsroom.titles() == ["[draft] mobilized"]


@pytest.mark.parametrize(("answers", "asked"), [([failed(404), failed(404)], 2), ([failed(410)], 1)])
async def test_a_page_that_is_gone(newsroom: Newsroom, answers: list[FetchOutcome], asked: int) -> None:
    """It is told once when the server says for certain that there is no such page, and stands with the alert."""
    vigil = await alerted(newsroom)
    newsroom.clock.advance(timedelta(minutes=55))
    for answer in answers:
        newsroom.fetcher.pages[PAGE] = answer
        await pass_time(newsroom, vigil, timedelta(minutes=15))
    await pass_time(newsroom, vigil, timedelta(days=4))
    await newsroom.deliver()
    assert looks(newsroom) == asked
    assert newsroom.titles() == ["[draft] mobilized", "[rss-monitor] Page gone: mobilized"]
    [record] = newsroom.store.alerts()
    assert record.alert.vanished is not None
    assert record.alert.vanished.what is Gone.PAGE


async def test_under_the_alert(newsroom: Newsroom) -> None:
    """That a page is gone is told under its alert; to who was not sent that, by itself."""
    newsroom.receivers = ("desk", "phone")
    newsroom.notifier.answers["desk"] = Outcome(result=Result.SENT, receipt="<1@desk>")
    newsroom.notifier.answers["phone"] = Outcome(result=Result.REJECTED, reason="HTTP 400")
    vigil = await alerted(newsroom)
    await newsroom.deliver()
    newsroom.notifier.answers.clear()
    newsroom.fetcher.pages[PAGE] = failed(410)
    await pass_time(newsroom, vigil, timedelta(hours=1))
    newsroom.restart()
    await newsroom.deliver()
    told = [(name, note) for name, note in newsroom.notifier.sent if note.title == "[rss-monitor] Page gone: mobilized"]
    expected = [("desk", 1, ("<1@desk>",), "Re: [draft] mobilized"), ("phone", 1, (), "")]
    assert [(name, note.alert, note.follows, note.subject) for name, note in told] == expected


@pytest.mark.parametrize("answer", [failed(503), failed(403), FetchFailed(failure=Failure.TIMED_OUT)])
async def test_a_page_that_can_not_be_had(newsroom: Newsroom, answer: FetchFailed) -> None:
    """Of a server that fails or keeps us out nothing is told; nor of a page that was missing once."""
    vigil = await alerted(newsroom)
    newsroom.fetcher.pages[PAGE] = failed(404)
    await pass_time(newsroom, vigil, timedelta(hours=1))
    newsroom.fetcher.pages[PAGE] = answer
    await pass_time(newsroom, vigil, timedelta(days=4))
    [record] = newsroom.store.alerts()
    assert (looks(newsroom), record.alert.vanished) == (5, None)


async def test_a_site_that_forbids_it(newsroom: Newsroom) -> None:
    """A page that robots.txt keeps us from is not asked for."""
    newsroom.fetcher.pages[ROBOTS] = Fetched(body=PAGE.encode(), content_type="", url=ROBOTS, validators=Validators())
    vigil = await alerted(newsroom)
    await pass_time(newsroom, vigil, timedelta(days=1))
    assert looks(newsroom) == 0


async def test_nobody_follows_any_more(newsroom: Newsroom) -> None:
    """A watchlist that no longer follows its alerts has no page asked for; one that never did neither."""
    vigil = await alerted(newsroom)
    newsroom.watchlists = (replace(newsroom.watchlists[0], follow=False),)
    await newsroom.poll(line("2", "mobilized again"))
    await pass_time(newsroom, vigil, timedelta(days=1))
    assert not any(each.url != newsroom.feed.shown_url for each in newsroom.fetcher.requests)
