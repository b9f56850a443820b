"""What polls make of a feed's rhythm, and what is doubted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from monitor.model.feed import Trouble, Validators
from monitor.model.poll import Failure, Fetched, FetchFailed, NotModified
from monitor.schedule import Pace
from tests.pipeline.conftest import URL, Newsroom

ETAG = Validators(etag='"1"')
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def document(*lines: str) -> Fetched:
    return Fetched(body="\n".join(lines).encode(), content_type="", url=URL, validators=ETAG)


async def nothing_new(newsroom: Newsroom, *, days: int) -> None:
    """Answer "not modified" twice a day."""
    newsroom.fetcher.pages[URL] = NotModified(validators=ETAG)
    for _ in range(2 * days):
        newsroom.clock.advance(DAY / 2)
        await newsroom.poll_as_is()


def asked(newsroom: Newsroom) -> Validators:
    """The validators of the last request."""
    return newsroom.fetcher.requests[-1].validators


@pytest.mark.parametrize(("today", "after"), [("1", ETAG), ("2 | news", Validators())], ids=["honest", "lying"])
async def test_r3_eight_days_of_not_modified_are_doubted(newsroom: Newsroom, today: str, after: Validators) -> None:
    """R3: then the document is asked for once; a server that kept news from us is asked without validators."""
    newsroom.fetcher.pages[URL] = document("1")
    await newsroom.poll_as_is()
    await nothing_new(newsroom, days=8)
    assert asked(newsroom) == ETAG
    newsroom.fetcher.pages[URL] = document(today)
    newsroom.clock.advance(DAY / 2)
    with capture_logs() as logs:
        report = await newsroom.poll_as_is()
    assert asked(newsroom) == Validators()
    assert [log["event"] for log in logs if log["log_level"] == "warning"].count("validators untrusted") == report.new
    await newsroom.poll_as_is()
    assert asked(newsroom) == after


async def test_r3_a_server_that_was_caught_is_believed_again_after_a_month(newsroom: Newsroom) -> None:
    """R3: what was a mistake of one day does not cost whole documents for ever."""
    newsroom.fetcher.pages[URL] = document("1")
    await newsroom.poll_as_is()
    await nothing_new(newsroom, days=8)
    newsroom.fetcher.pages[URL] = document("2")
    for wait, sent in ((DAY / 2, Validators()), (29 * DAY, Validators()), (DAY, ETAG)):
        newsroom.clock.advance(wait)
        await newsroom.poll_as_is()
        assert asked(newsroom) == sent


async def test_r3_our_own_absence_is_no_lie(newsroom: Newsroom) -> None:
    """R3: a service that was off for a month does not suspect a feed that has changed meanwhile."""
    newsroom.fetcher.pages[URL] = document("1")
    await newsroom.poll_as_is()
    await nothing_new(newsroom, days=8)
    newsroom.clock.advance(30 * DAY)
    newsroom.fetcher.pages[URL] = document("2")
    report = await newsroom.poll_as_is()
    assert asked(newsroom) == ETAG
    assert report.state.untrusted is None


async def test_r20_a_document_that_shares_nothing_with_the_last_is_a_possible_gap(newsroom: Newsroom) -> None:
    """R20: it is logged, kept, and the feed is asked as often as it may be."""
    await newsroom.poll("2", "1")
    with capture_logs() as logs:
        report = await newsroom.poll("9", "8")
    assert "possible gap" in [log["event"] for log in logs]
    assert report.state.gap == newsroom.clock()
    assert report.state.interval == newsroom.feed.every
    assert report.state.interval_reason.startswith(Pace.GAP)


async def test_r20_a_possible_gap_is_told_once_and_ends_after_a_day(newsroom: Newsroom) -> None:
    """R20, R78: it is a trouble of the feed from then on, for a day."""
    await newsroom.poll("2", "1")
    troubles = []
    for lines in (("9", "8"), ("9", "8"), ("10", "9")):
        troubles.append((await newsroom.poll(*lines)).state.trouble)
        await newsroom.deliver()
        newsroom.clock.advance(DAY / 2)
    assert troubles == [Trouble.POSSIBLE_GAP, Trouble.POSSIBLE_GAP, None]
    told = [title for title in await titles_told(newsroom) if title.startswith("[rss-monitor]")]
    assert len(told) == 2


async def titles_told(newsroom: Newsroom) -> list[str]:
    await newsroom.deliver()
    return newsroom.titles()


@pytest.mark.parametrize("documents", [["", "2\n1"], ["1", "2"], ["2\n1", "3\n2"], ["2\n1", "", "3\n2"], ["2\n1", "1"]])
async def test_r20_where_nothing_is_missed_there_is_no_gap(newsroom: Newsroom, documents: list[str]) -> None:
    """R20: a first document, one that overlaps, one of a single entry, and an empty one show no gap."""
    for each in documents:
        report = await newsroom.poll(*each.split("\n"))
    assert report.state.gap is None


async def test_r4_what_a_publisher_wishes_outlives_its_document(newsroom: Newsroom) -> None:
    """R4: a 304 that says nothing changes nothing; one that says something counts."""
    fresh = timedelta(hours=3)
    newsroom.fetcher.pages[URL] = Fetched(body=b"1", content_type="", url=URL, validators=ETAG, fresh=fresh)
    assert (await newsroom.poll_as_is()).state.interval == fresh
    newsroom.fetcher.pages[URL] = NotModified(validators=ETAG)
    report = await newsroom.poll_as_is()
    assert report.state.interval == fresh
    assert report.state.interval_reason.startswith(Pace.FRESH)
    newsroom.fetcher.pages[URL] = NotModified(validators=ETAG, fresh=timedelta(hours=4))
    assert (await newsroom.poll_as_is()).state.interval == timedelta(hours=4)


async def test_a_failure_says_why_the_wait_is_long(newsroom: Newsroom) -> None:
    """The interval of a failing feed is that of its failures, and one good poll brings its own back."""
    newsroom.fetcher.pages[URL] = FetchFailed(failure=Failure.TIMED_OUT)
    for _ in range(3):
        report = await newsroom.poll_as_is()
    assert report.state.interval == 4 * newsroom.feed.every
    assert report.state.interval_reason == "failed: 3 times in a row"
    assert not (await newsroom.poll("1")).state.interval_reason.startswith(Pace.FAILED)


async def test_r4_what_the_publisher_wishes_holds_when_a_poll_fails(newsroom: Newsroom) -> None:
    """R4: a server in trouble is not asked more often than it wished when it was well; then the wait doubles."""
    newsroom.fetcher.pages[URL] = replace(document("1"), fresh=2 * HOUR)
    await newsroom.poll_as_is()
    newsroom.fetcher.pages[URL] = FetchFailed(failure=Failure.HTTP, status=500)
    assert [(await newsroom.poll_as_is()).state.interval for _ in range(3)] == [2 * HOUR, 4 * HOUR, 8 * HOUR]
