"""A poll takes a feed's new entries once, and keeps everything or nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from monitor.match import Matcher
from monitor.model.configuration import FirstRun
from monitor.model.entry import Entry
from monitor.model.feed import FeedHealth, Validators
from monitor.model.match import Decision, Reason
from monitor.model.poll import Failure, Fetched, FetchFailed, NotModified
from monitor.model.watchlist import Watchlist
from tests.pipeline.conftest import URL, Newsroom

OLD, NEW = "1 | Quiet day", "2 | Relatives of mobilized soldiers"


async def test_the_first_version_of_a_feed_is_no_news(newsroom: Newsroom) -> None:
    """R27: what a feed holds when it is first polled alerts nobody; it is kept, and says why."""
    assert (await newsroom.poll(NEW, OLD)).alerts == ()
    decisions = [record.decisions[0] for record in newsroom.store.entries()]
    assert [decision.reason for decision in decisions] == [Reason.BASELINE, Reason.BASELINE]
    assert [decision.terms for decision in decisions] == [(), ("mobilized",)]


async def test_what_comes_later_alerts_once(newsroom: Newsroom) -> None:
    """An entry that matches makes one alert, however often it is served again."""
    await newsroom.poll(OLD)
    assert len((await newsroom.poll(NEW, OLD)).alerts) == 1
    assert (await newsroom.poll(NEW, OLD, "0 | Older")).alerts == ()


async def test_an_entry_that_leaves_and_returns_alerts_once(newsroom: Newsroom) -> None:
    """An entry that comes back after an absence is not new."""
    await newsroom.poll(OLD)
    await newsroom.poll(NEW, OLD)
    await newsroom.poll(OLD)
    assert (await newsroom.poll(NEW, OLD)).new == 0


async def test_an_entry_twice_in_one_document_alerts_once(newsroom: Newsroom) -> None:
    """A feed that lists an entry twice makes one alert of it."""
    await newsroom.poll(OLD)
    assert len((await newsroom.poll(NEW, NEW, OLD)).alerts) == 1


async def test_an_empty_feed_forgets_nothing(newsroom: Newsroom) -> None:
    """A feed that is empty for a while and then has everything back alerts for none of it."""
    await newsroom.poll(NEW, OLD)
    await newsroom.poll()
    assert (await newsroom.poll(NEW, OLD)).new == 0


async def test_first_run_last_counts_from_the_newest(newsroom: Newsroom) -> None:
    """With `first_run: last 1` the newest entry of a new feed is news."""
    newsroom.first_run = FirstRun(last=1)
    report = await newsroom.poll("2 | mobilized b", "1 | mobilized a")
    assert len(report.alerts) == 1
    assert [alert.alert.entry.entry.title for alert in newsroom.store.alerts()] == ["mobilized b"]


async def test_first_run_all_takes_the_whole_feed(newsroom: Newsroom) -> None:
    """With `first_run: all` every entry of a new feed is news."""
    newsroom.first_run = FirstRun(last=None)
    assert len((await newsroom.poll("2 | mobilized b", "1 | mobilized a")).alerts) == 2


async def test_alerts_are_made_oldest_first(newsroom: Newsroom) -> None:
    """R31: by date where all entries have one, else from the end of the feed."""
    await newsroom.poll(OLD)
    await newsroom.poll("4 | mobilized 4", "3 | mobilized 3", OLD)
    await newsroom.poll(
        "5 | mobilized 5 | | 2024-06-03T10:00:00+00:00", "6 | mobilized 6 | | 2024-06-03T11:00:00+00:00"
    )
    titles = [alert.alert.entry.entry.title for alert in newsroom.store.alerts()]
    assert titles == ["mobilized 3", "mobilized 4", "mobilized 5", "mobilized 6"]


async def test_an_excluded_entry_says_so(newsroom: Newsroom) -> None:
    """A term under `none` keeps an entry from alerting, and the reason is kept."""
    newsroom.watchlists = (Watchlist(name="draft", any=("mobilized",), none=("football",)),)
    await newsroom.poll(OLD)
    assert (await newsroom.poll("2 | football club mobilized", OLD)).alerts == ()
    *_, last = newsroom.store.entries()
    assert last.decisions[0].reason is Reason.EXCLUDED


async def test_r1_r2_validators_are_sent_back_and_replaced(newsroom: Newsroom) -> None:
    """R1, R2: what the server gave goes back byte for byte; a 304 may replace it."""
    odd = Validators(etag='W/"a\\b"', last_modified="yesterday")
    newsroom.fetcher.pages[URL] = Fetched(body=b"1", content_type="", url=URL, validators=odd)
    await newsroom.poll_as_is()
    newsroom.fetcher.pages[URL] = NotModified(validators=Validators(etag='"2"'))
    report = await newsroom.poll_as_is()
    await newsroom.poll_as_is()
    sent = [request.validators for request in newsroom.fetcher.requests]
    assert sent == [Validators(), odd, Validators(etag='"2"')]
    assert not report.modified
    assert report.state.health is FeedHealth.WELL


async def test_r2_r16_an_error_page_replaces_nothing(newsroom: Newsroom) -> None:
    """R2, R16: a 200 that is no feed is a failure; validators and entries stay."""
    good = Validators(etag='"1"')
    newsroom.fetcher.pages[URL] = Fetched(body=b"1", content_type="", url=URL, validators=good)
    await newsroom.poll_as_is()
    bad = Fetched(body=b"<html>", content_type="", url=URL, validators=Validators(etag='"2"'))
    newsroom.fetcher.pages[URL] = bad
    report = await newsroom.poll_as_is()
    assert report.state.health is FeedHealth.FAILING
    assert report.state.reason == "not a feed"
    assert report.state.validators == good
    assert (await newsroom.poll("1")).new == 0


async def test_r5_a_busy_host_is_left_alone(newsroom: Newsroom) -> None:
    """R5: Retry-After holds for the whole host, and at least as long as was asked."""
    until = newsroom.clock() + timedelta(hours=2)
    newsroom.fetcher.pages[URL] = FetchFailed(failure=Failure.HTTP, detail="503", status=503, retry_after=until)
    report = await newsroom.poll_as_is()
    assert report.state.next_poll is not None
    assert report.state.next_poll >= until
    assert newsroom.store.host_waits(now=newsroom.clock())["paper.example"] >= until
    assert newsroom.store.host_waits(now=until + timedelta(hours=1)) == {}


async def test_same_bytes_are_not_parsed_again(newsroom: Newsroom) -> None:
    """A 200 with the bytes of last time is told as unchanged."""
    await newsroom.poll(OLD)
    report = await newsroom.poll(OLD)
    assert not report.modified
    assert report.state.health is FeedHealth.WELL


async def test_a_parser_that_crashes_is_that_feeds_failure(newsroom: Newsroom) -> None:
    """Whatever goes wrong in one feed's poll is kept as its failure, so that it is asked more seldom."""
    newsroom.fetcher.pages[URL] = b"\xff"
    report = await newsroom.poll_as_is()
    assert (report.state.health, report.state.failures) == (FeedHealth.FAILING, 1)
    assert report.state.reason == "internal error: see the log"


async def test_an_entry_that_cannot_be_matched_holds_up_no_other(newsroom: Newsroom) -> None:
    """It is kept as `failed`, once; those of the same document alert as ever."""
    await newsroom.poll(OLD)
    newsroom.fetcher.pages[URL] = "\n".join(("3 | poison", NEW, OLD)).encode()
    desk = replace(newsroom.desk, matcher=Poisonable(newsroom.watchlists))
    report = await newsroom.poller.poll(newsroom.feed, newsroom.store.states()["paper"], desk)
    assert (report.new, len(report.alerts), report.state.health) == (2, 1, FeedHealth.WELL)
    *_, alerted, failed = newsroom.store.entries()
    assert [decision.reason for decision in alerted.decisions] == [Reason.MATCHED]
    assert [decision.reason for decision in failed.decisions] == [Reason.FAILED]


class Poisonable(Matcher):
    """A matcher that fails on an entry titled "poison"."""

    def decide(
        self, entry: Entry, *, feed: str | None = None, languages: Sequence[str] | None = None
    ) -> tuple[Decision, ...]:
        if entry.title == "poison":
            raise RuntimeError(entry.title)
        return super().decide(entry, feed=feed, languages=languages)
