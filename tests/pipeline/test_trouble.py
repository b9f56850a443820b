"""A feed that breaks says so, once, and once when it is well again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model.alert import Outcome, Result
from monitor.model.configuration import Coverage
from monitor.model.feed import Feed, FeedHealth, Trouble
from monitor.model.poll import Failure, FetchFailed
from monitor.model.secret import Secret
from tests.pipeline.conftest import URL, Newsroom

TIMEOUT = FetchFailed(failure=Failure.TIMED_OUT, detail="after 30 s")
MINUTES = timedelta(minutes=1)
HOUR = timedelta(hours=1)


async def many_polls(newsroom: Newsroom, number: int, *, every: timedelta = HOUR, restart: bool = False) -> None:
    for _ in range(number):
        newsroom.clock.advance(every)
        if restart:
            newsroom.restart()
        await newsroom.poll_as_is()
        await newsroom.deliver()


@pytest.mark.parametrize("restart", [False, True])
async def test_a_break_of_a_hundred_polls_is_two_notices(newsroom: Newsroom, *, restart: bool) -> None:
    """R78: one notice when it breaks, one when it recovers, also when the service starts anew before each poll."""
    await newsroom.poll("1 | Quiet day")
    newsroom.fetcher.pages[URL] = TIMEOUT
    await many_polls(newsroom, 100, restart=restart)
    assert newsroom.titles() == ["[rss-monitor] paper: dead"]
    newsroom.fetcher.pages[URL] = b"1 | Quiet day"
    await many_polls(newsroom, 10, restart=restart)
    assert newsroom.titles() == ["[rss-monitor] paper: dead", "[rss-monitor] paper: well again"]
    (_, broke), (_, recovered) = newsroom.notifier.sent
    assert broke.body.splitlines()[:2] == [
        "No good answer since 3 Jun 2024 12:00 (UTC).",
        "Reason: timed out: after 30 s",
    ]
    assert URL in broke.body
    assert recovered.body.startswith("It was dead for 4 days 5 hours, since 3 Jun 2024 12:00 (UTC).")


async def test_what_fails_on_and_off_says_nothing(newsroom: Newsroom) -> None:
    """A feed that works every fifth time, within what its rhythm allows, is no trouble."""
    for _ in range(30):
        await newsroom.poll("1 | Quiet day")
        newsroom.fetcher.pages[URL] = TIMEOUT
        await many_polls(newsroom, 4)
    assert newsroom.titles() == []


async def test_r15_suspect_text_is_told_of(newsroom: Newsroom) -> None:
    """R15: text in an unknown encoding is told of when it comes, and again when it can be read."""
    await newsroom.poll("1 | Quiet day")
    newsroom.parser.suspect = True
    await newsroom.poll("2 | Ìîáèëèçàöèÿ", "1 | Quiet day")
    await newsroom.deliver()
    newsroom.parser.suspect = False
    await newsroom.poll("3 | Мобилизация", "1 | Quiet day")
    await newsroom.deliver()
    assert newsroom.titles() == ["[rss-monitor] paper: encoding suspect", "[rss-monitor] paper: well again"]


async def test_r15_a_feeds_own_encoding_is_used_from_the_next_poll_on(newsroom: Newsroom) -> None:
    """R15: with `encoding` the same bytes are read anew, and the feed is no longer suspect."""
    await newsroom.poll("1 | Quiet day")
    newsroom.parser.suspect = True
    newsroom.fetcher.pages[URL] = "2 | Мобилизация".encode("koi8-r") + b"\n1 | Quiet day"
    newsroom.feed = replace(newsroom.feed, encoding="cp1251")
    assert (await newsroom.poll_as_is()).state.trouble is Trouble.ENCODING_SUSPECT
    newsroom.parser.suspect = False
    newsroom.feed = replace(newsroom.feed, encoding="koi8-r")
    assert (await newsroom.poll_as_is()).state.trouble is None
    assert newsroom.parser.parsed[-1] == "2 | Мобилизация"


async def test_a_poll_that_can_not_be_kept_tells_nothing(newsroom: Newsroom) -> None:
    """The notice is written with the poll, or not at all: a feed that was taken out of the configuration has none."""
    await newsroom.poll("1 | Quiet day")
    state = newsroom.store.states()["paper"]
    newsroom.fetcher.pages[URL] = FetchFailed(failure=Failure.GONE)
    newsroom.store.sync([], now=newsroom.clock())
    await newsroom.poller.poll(newsroom.feed, state, newsroom.desk)
    assert list(newsroom.store.deliveries()) == []


async def test_notices_go_where_they_should(newsroom: Newsroom) -> None:
    """`settings.health` names the receivers that are told; the others get alerts alone."""
    newsroom.receivers, newsroom.health = ("desk", "phone", "admin"), ("admin",)
    newsroom.fetcher.pages[URL] = FetchFailed(failure=Failure.GONE)
    await newsroom.poll_as_is()
    await newsroom.deliver()
    assert [name for name, _ in newsroom.notifier.sent] == ["admin"]


async def test_nobody_need_be_told(newsroom: Newsroom) -> None:
    """With `health: []` the state of the feed says so, and nothing else."""
    newsroom.health = ()
    newsroom.fetcher.pages[URL] = FetchFailed(failure=Failure.GONE)
    report = await newsroom.poll_as_is()
    assert report.state.trouble is Trouble.GONE
    assert list(newsroom.store.deliveries()) == []


async def test_dead_letters_are_told_to_the_same(newsroom: Newsroom) -> None:
    """That alerts do not arrive is told to the receivers of `settings.health`, and to no other."""
    newsroom.receivers, newsroom.health = ("desk", "public", "admin"), ("admin", "desk")
    await newsroom.poll("0")
    await newsroom.poll("1 | mobilized")
    newsroom.notifier.answers["desk"] = Outcome(result=Result.REJECTED, reason="HTTP 400")
    await newsroom.deliver()
    told = [name for name, each in newsroom.notifier.sent if "not delivered" in each.title]
    assert told == ["admin"]


def papers(newsroom: Newsroom, number: int) -> None:
    """Follow so many papers on hosts of their own."""
    addresses = [f"https://paper{each}.example/feed" for each in range(number)]
    newsroom.feeds = tuple(Feed(name=url[8:-13], url=Secret(url), shown_url=url) for url in addresses)
    newsroom.store.sync(newsroom.feeds, now=newsroom.clock())


async def poll_all(newsroom: Newsroom, answer: bytes | FetchFailed) -> None:
    newsroom.clock.advance(10 * MINUTES)
    for feed in newsroom.feeds:
        newsroom.fetcher.pages[feed.url.reveal()] = answer
        await newsroom.poll_as_is(feed)
    await newsroom.deliver()


@pytest.mark.parametrize("restart", [False, True])
async def test_r10_our_own_outage_is_one_notice_and_no_feeds_fault(newsroom: Newsroom, *, restart: bool) -> None:
    """R10: ten hosts that fail at once, for hours: no feed is held to blame, and all are asked again soon."""
    papers(newsroom, 10)
    await poll_all(newsroom, b"1 | Quiet day")
    for _ in range(20):
        await poll_all(newsroom, FetchFailed(failure=Failure.NAME))
        if restart:
            newsroom.restart()
    states = newsroom.store.states().values()
    assert {(state.health, state.failures, state.trouble) for state in states} == {(FeedHealth.FAILING, 0, None)}
    waits = [state.next_poll - newsroom.clock() for state in states if state.next_poll is not None]
    assert len(waits) == 10
    assert MINUTES <= min(waits) <= max(waits) <= 3 * MINUTES
    assert len(set(waits)) > 5  # not all at once
    assert newsroom.titles() == ["[rss-monitor] The network of rss-monitor is out"]
    await poll_all(newsroom, b"1 | Quiet day")
    assert newsroom.titles()[1:] == ["[rss-monitor] The network of rss-monitor works again"]
    assert {state.health for state in newsroom.store.states().values()} == {FeedHealth.WELL}


async def test_half_the_feeds_failing_is_their_own_fault(newsroom: Newsroom) -> None:
    """Five of ten papers that can not be reached are dead, each for itself."""
    papers(newsroom, 10)
    await poll_all(newsroom, b"1 | Quiet day")
    for _ in range(30):
        newsroom.clock.advance(HOUR)
        for number, feed in enumerate(newsroom.feeds):
            page = TIMEOUT if number % 2 else b"1 | Quiet day"
            newsroom.fetcher.pages[feed.url.reveal()] = page
            await newsroom.poll_as_is(feed)
    await newsroom.deliver()
    [(_, notice)] = newsroom.notifier.sent
    assert notice.title == "[rss-monitor] 5 feeds are broken: 5 dead"
    since = "dead since 3 Jun 2024 12:10 (UTC) (timed out: after 30 s)"
    assert notice.body.splitlines()[:5] == [f"paper{number}: {since}" for number in (1, 3, 5, 7, 9)]


async def minutes(newsroom: Newsroom, number: int, *, restart: bool = False) -> None:
    """Let so many minutes pass, as the service does."""
    for _ in range(number):
        newsroom.clock.advance(MINUTES)
        if restart:
            newsroom.restart()
        await newsroom.trouble_report.tell(newsroom.desk)
        desk = newsroom.desk
        for receiver in desk.receivers.values():
            _ = [attempt async for attempt in newsroom.outbox.deliver(receiver, desk)]


async def gone(newsroom: Newsroom, *places: int) -> None:
    for place in places:
        feed = newsroom.feeds[place]
        newsroom.fetcher.pages[feed.url.reveal()] = FetchFailed(failure=Failure.GONE)
        await newsroom.poll_as_is(feed)


@pytest.mark.parametrize("restart", [False, True])
async def test_what_breaks_within_minutes_is_one_notice(newsroom: Newsroom, *, restart: bool) -> None:
    """R78: a list of dead addresses is one message, after five minutes, also when the service starts anew meanwhile."""
    papers(newsroom, 4)
    await poll_all(newsroom, b"1 | Quiet day")
    await gone(newsroom, 0)
    await minutes(newsroom, 3, restart=restart)
    await gone(newsroom, 1, 2)
    await minutes(newsroom, 2, restart=restart)
    assert newsroom.titles() == []
    await minutes(newsroom, 1, restart=restart)
    await gone(newsroom, 3)
    await minutes(newsroom, 20, restart=restart)
    assert newsroom.titles() == ["[rss-monitor] 3 feeds are broken: 3 gone", "[rss-monitor] paper3: gone"]
    await poll_all(newsroom, b"1 | Quiet day")
    (_, notice) = newsroom.notifier.sent[-1]
    assert notice.title == "[rss-monitor] 4 feeds are well again"
    assert notice.body.splitlines()[3] == "paper3: was gone for 36 minutes"


async def test_what_is_well_before_it_was_told_is_not_told(newsroom: Newsroom) -> None:
    """A feed that breaks and recovers within minutes is no news, and what breaks later waits for others again."""
    papers(newsroom, 2)
    await poll_all(newsroom, b"1 | Quiet day")
    await gone(newsroom, 0)
    await minutes(newsroom, 3)
    newsroom.fetcher.pages[newsroom.feeds[0].url.reveal()] = b"1 | Quiet day"
    await newsroom.poll_as_is(newsroom.feeds[0])
    await minutes(newsroom, 30)
    await gone(newsroom, 1)
    await minutes(newsroom, 5)
    assert newsroom.titles() == []
    await minutes(newsroom, 1)
    assert newsroom.titles() == ["[rss-monitor] paper1: gone"]


async def test_a_new_address_is_no_recovery(newsroom: Newsroom) -> None:
    """When the user gives a broken feed another address, nobody is told that it is well again."""
    papers(newsroom, 1)
    await gone(newsroom, 0)
    await newsroom.deliver()
    moved = replace(newsroom.feeds[0], url=Secret(URL), shown_url=URL)
    newsroom.feeds = (moved,)
    newsroom.store.sync(newsroom.feeds, now=newsroom.clock())
    await newsroom.poll_as_is(moved)
    await minutes(newsroom, 20)
    assert newsroom.titles() == ["[rss-monitor] paper0: gone"]


async def test_many_are_listed_in_part(newsroom: Newsroom) -> None:
    """Of many feeds the first fifty are named, and how many more there are."""
    papers(newsroom, 52)
    await gone(newsroom, *range(52))
    await newsroom.deliver()
    [(_, notice)] = newsroom.notifier.sent
    assert notice.title == "[rss-monitor] 52 feeds are broken: 52 gone"
    assert "and 2 more: rss-monitor feeds" in notice.body.splitlines()


async def test_coverage_is_told_once_a_week(newsroom: Newsroom) -> None:
    """Each Monday at nine: how many feeds are well, which are not, and what came; a restart repeats nothing."""
    papers(newsroom, 3)
    await poll_all(newsroom, b"0 | Quiet day")
    await poll_all(newsroom, b"1 | mobilized")
    newsroom.fetcher.pages[newsroom.feeds[0].url.reveal()] = FetchFailed(failure=Failure.GONE)
    await newsroom.poll_as_is(newsroom.feeds[0])
    for _ in range(15 * 8):
        newsroom.restart()
        await newsroom.coverage_report.tell(newsroom.desk)
        newsroom.clock.advance(3 * HOUR)
    await newsroom.deliver()
    told = [each for _, each in newsroom.notifier.sent if "feeds well" in each.title]
    assert [each.title for each in told] == ["[rss-monitor] 2 feeds well, 1 gone"] * 2
    assert told[0].body.splitlines() == [
        "Since 3 Jun 2024 12:20 (UTC): 3 new entries, 1 alert.",
        "paper0: gone since 3 Jun 2024 12:20 (UTC) (gone)",
        "rss-monitor",
    ]
    assert told[1].body.splitlines()[0] == "Since 10 Jun 2024 09:20 (UTC): 0 new entries, 0 alerts."


async def test_coverage_may_be_off(newsroom: Newsroom) -> None:
    """With `coverage: off` nothing is told."""
    newsroom.coverage = Coverage.OFF
    for _ in range(15 * 24):
        await newsroom.coverage_report.tell(newsroom.desk)
        newsroom.clock.advance(HOUR)
    assert list(newsroom.store.deliveries()) == []


async def test_r5_a_host_that_wants_peace_for_days_silences_all_its_feeds(newsroom: Newsroom) -> None:
    """R5, R78: what one feed of a host was told holds for the others, which are not asked either; and it is said."""
    other, elsewhere = "https://paper.example/sport", "https://gazette.example/feed"
    for name, url in (("sport", other), ("gazette", elsewhere)):
        newsroom.feeds += (Feed(name=name, url=Secret(url), shown_url=url),)
        newsroom.fetcher.pages[url] = b"1 | Quiet day"
    newsroom.restart()
    for feed in newsroom.feeds[1:]:
        await newsroom.poll_as_is(feed)
    until = newsroom.clock() + 24 * HOUR
    newsroom.fetcher.pages[URL] = FetchFailed(failure=Failure.HTTP, detail="429", status=429, retry_after=until)
    await newsroom.poll_as_is()
    await newsroom.deliver()
    [(_, notice)] = newsroom.notifier.sent
    assert notice.title == "[rss-monitor] 2 feeds are broken: 2 blocked"
    assert [line.split(" since")[0] for line in notice.body.splitlines()[:2]] == ["paper: blocked", "sport: blocked"]
    states = newsroom.store.states()
    assert (states["sport"].health, states["sport"].reason) == (FeedHealth.FAILING, "HTTP error: 429 (of paper)")
    assert states["sport"].next_poll == states["paper"].next_poll
    assert (states["gazette"].health, states["gazette"].trouble) == (FeedHealth.WELL, None)
    newsroom.clock.advance(27 * HOUR)
    await newsroom.poll_as_is(newsroom.feeds[1])
    await newsroom.deliver()
    assert newsroom.titles()[1:] == ["[rss-monitor] sport: well again"]
