"""The pages behind entries: what is read, when, and what comes of it."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model.alert import FoundIn
from monitor.model.article import ArticleState, ArticleStatus, Purpose
from monitor.model.entry import Field
from monitor.model.feed import Address, FullText, Trouble
from monitor.model.match import Reason
from monitor.model.poll import Failure, FetchFailed
from monitor.model.secret import Secret
from monitor.model.watchlist import Watchlist
from monitor.pipeline.articles import TOO_LATE
from monitor.pipeline.wanted import LEARNT_FROM
from tests.pipeline.conftest import Newsroom

SITE = "https://paper.example"
MISSING = FetchFailed(failure=Failure.HTTP, status=404, detail="404 Not Found")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LONG = "A long text that says all there is to say. " * 40


@pytest.fixture
async def room(newsroom: Newsroom) -> Newsroom:
    """A newsroom whose feed was read once, of a site without robots.txt."""
    newsroom.fetcher.pages[f"{SITE}/robots.txt"] = MISSING
    await newsroom.poll()
    return newsroom


def page(room: Newsroom, name: str, text: str | FetchFailed) -> None:
    room.fetcher.pages[f"{SITE}/{name}"] = text.encode() if isinstance(text, str) else text


def asked(room: Newsroom) -> list[str]:
    """The pages that were asked for, without the feed and robots.txt."""
    paths = [request.url.removeprefix(SITE) for request in room.fetcher.requests]
    return [path for path in paths if path not in {"/feed", "/robots.txt"}]


def status(room: Newsroom, number: int = -1) -> ArticleStatus:
    """What became of the article of the last entry, or of one by its place."""
    found = list(room.store.entries())[number].article
    assert found is not None
    return found


async def test_what_only_the_article_says_alerts(room: Newsroom) -> None:
    """A teaser is stored at once; when its page was read, what stands there makes an alert that says so."""
    page(room, "1", "Protest in the city\nWives of mobilized men came to the ministry.")
    report = await room.poll("1 | Protest in the city | It was a quiet day…")
    assert (report.new, report.alerts) == (1, ())
    assert status(room).state is ArticleState.WAITING
    [read] = await room.read()
    [record] = room.store.alerts()
    assert read.alerts == (record.alert.number,)
    assert (record.alert.found_in, record.alert.matches[0].field) == (FoundIn.ARTICLE, Field.ARTICLE)
    assert record.alert.entry.entry.article == "Wives of mobilized men came to the ministry."
    assert status(room) == ArticleStatus(url=f"{SITE}/1", state=ArticleState.READ, attempts=1)
    await room.deliver()
    [(_, message)] = room.notifier.sent
    assert "\nFound in the article\n" in message.body


async def test_what_the_feed_says_is_alerted_once(room: Newsroom) -> None:
    """What matched by the feed's text alerts at once and no second time; its page is not even asked for."""
    page(room, "1", "mobilized")
    report = await room.poll("1 | Mobilized men protest")
    assert len(report.alerts) == 1
    assert await room.read() == []
    [record] = room.store.alerts()
    assert record.alert.found_in is FoundIn.FEED


async def read_all(room: Newsroom) -> list[str]:
    """Read all articles, with the time that each takes; return the pages asked for."""
    for _ in range(30):
        await room.read()
        room.clock.advance(MINUTE)
    return asked(room)


async def old_teasers(room: Newsroom) -> None:
    """Have a site list ten old entries at once; the page of one says what is watched for."""
    for n in range(10):
        page(room, str(n), f"Report {n}\nNothing happened in town {n} on day {n}, and nobody came.")
    await room.poll(*(f"{n} | Report {n} | It was a quiet day… | 2024-06-03T10:00:00Z" for n in range(10)))
    assert len(await read_all(room)) == 10
    room.fetcher.requests.clear()
    for n in range(20, 30):
        page(
            room, str(n), f"Report {n}\n" + ("Wives of mobilized men came." if n == 25 else f"Nobody came to town {n}.")
        )
    room.clock.advance(timedelta(minutes=20))
    await room.poll(*(f"{n} | Report {n} | It was a day in May… | 2024-05-01T10:00:00Z" for n in range(20, 30)))


async def test_pages_of_a_flood_wait_too(room: Newsroom) -> None:
    """R26: a flood of teasers asks for no page and is told once; when it is accepted, none is ever read."""
    await old_teasers(room)
    assert await read_all(room) == []
    assert room.store.articles_of_feeds() == {"paper": {ArticleState.READ: 10}}
    await room.deliver()
    [told] = [message.body for _, message in room.notifier.sent if "entries at once" in message.title]
    assert told.startswith("10 pages not read yet wait for your word;")
    assert room.store.accept("paper") == 0
    assert (await read_all(room), room.store.states()["paper"].flood) == ([], None)
    assert not list(room.store.alerts())


async def test_pages_of_a_released_flood_alert(room: Newsroom) -> None:
    """R26: when a flood of teasers is released, its pages are read, and what they say alerts, with the page kept."""
    await old_teasers(room)
    assert room.store.release("paper", at=room.clock(), routes=room.desk.routes) == ()
    await read_all(room)
    [record] = room.store.alerts()
    assert record.alert.entry.entry.title == "Report 25"
    assert record.evidence is not None
    assert room.store.document(record.evidence.sha256) == room.fetcher.pages[f"{SITE}/25"]


async def test_further_watchlists_match_the_article(room: Newsroom) -> None:
    """Of an entry that one watchlist matched, the page is read for another; the first does not alert again."""
    room.watchlists = (*room.watchlists, Watchlist(name="court", any=("court",)))
    page(room, "1", "The mobilized men went to court.")
    await room.poll("1 | Mobilized men protest")
    await room.read()
    first, second = (record.alert for record in room.store.alerts())
    assert (first.watchlist, first.found_in) == ("draft", FoundIn.FEED)
    assert (second.watchlist, second.found_in, second.follows) == ("court", FoundIn.ARTICLE, first.number)


@pytest.mark.parametrize(
    ("full_text", "entry", "wanted"),
    [
        (FullText.AUTO, "1 | Quiet day | Short.", True),
        (FullText.AUTO, f"1 | Quiet day | {LONG}", False),
        (FullText.AUTO, f"1 | Quiet day | {LONG} Continue reading…", True),
        (FullText.YES, f"1 | Quiet day | {LONG}", True),
        (FullText.YES, "1 | Mobilized | Short.", True),
        (FullText.NO, "1 | Quiet day | Short.", False),
    ],
)
async def test_which_pages_are_read(room: Newsroom, full_text: FullText, entry: str, *, wanted: bool) -> None:
    """`auto` reads teasers, `yes` every new entry, `no` none."""
    room.feeds = (room.feed,) = (replace(room.feed, full_text=full_text),)
    page(room, "1", "text")
    await room.poll(entry)
    assert len(await room.read()) == wanted


async def test_nobody_to_match_the_text(room: Newsroom) -> None:
    """`auto` reads no page that no watchlist would look into: it covers other feeds, or looks in titles."""
    room.watchlists = (
        Watchlist(name="titles", any=("mobilized",), fields=frozenset({Field.TITLE})),
        Watchlist(name="elsewhere", any=("mobilized",), feeds=frozenset({"other"})),
        Watchlist(name="here", any=("title:mobilized",)),
    )
    await room.poll("1 | Quiet day")
    assert await room.read() == []
    room.watchlists = (Watchlist(name="here", any=("text:mobilized",), fields=frozenset({Field.TITLE})),)
    page(room, "2", "mobilized")
    await room.poll("2 | Quiet day")
    assert [report.alerts for report in await room.read()] == [(1,)]


async def test_a_backlog_is_learnt_from(newsroom: Newsroom) -> None:
    """Of what a new feed holds already, the newest few pages are read, after all others, and alert of nothing."""
    newsroom.fetcher.pages[f"{SITE}/robots.txt"] = MISSING
    for number in range(30):
        page(newsroom, str(number), "mobilized")
    await newsroom.poll(*(f"{number} | Quiet day" for number in reversed(range(20))))
    await newsroom.poll(*(f"{number} | Quiet day" for number in reversed(range(21))))
    reports = await newsroom.read()
    newest = [f"/{number}" for number in range(20 - LEARNT_FROM, 20)]
    assert asked(newsroom) == ["/20", *newest]
    assert [bool(report.alerts) for report in reports] == [True] + [False] * LEARNT_FROM
    baseline = [record for record in newsroom.store.entries() if record.entry.entry.article][:LEARNT_FROM]
    assert {decision.reason for record in baseline for decision in record.decisions} == {Reason.BASELINE}


async def test_r19_robots_txt_is_honoured(room: Newsroom) -> None:
    """R19: what robots.txt forbids is not asked for, and that is final; it is asked for once a day."""
    room.fetcher.pages[f"{SITE}/robots.txt"] = f"{SITE}/1".encode()
    page(room, "2", "mobilized")
    await room.poll("1 | Quiet day", "2 | Quiet night")
    room.clock.advance(DAY)
    await room.read()
    assert asked(room) == ["/2"]
    assert status(room, 1).reason == "forbidden by robots.txt"
    assert status(room, 1).state is ArticleState.FAILED
    await room.poll("3 | Quiet evening", "4 | Quiet morning")
    await room.read()
    room.clock.advance(DAY + MINUTE)
    await room.poll("5 | Quiet night too")
    await room.read()
    assert [request.url for request in room.fetcher.requests].count(f"{SITE}/robots.txt") == 2


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        (MISSING, True),
        (FetchFailed(failure=Failure.HTTP, status=403), True),
        (FetchFailed(failure=Failure.REDIRECTS), True),
        (FetchFailed(failure=Failure.HTTP, status=429), False),
        (FetchFailed(failure=Failure.HTTP, status=500), False),
        (FetchFailed(failure=Failure.TIMED_OUT), False),
    ],
)
async def test_robots_txt_that_can_not_be_had(room: Newsroom, answer: FetchFailed, *, read: bool) -> None:
    """RFC 9309 §2.3.1: where there is none all is allowed; where it can not be had nothing is, until it can."""
    room.fetcher.pages[f"{SITE}/robots.txt"] = answer
    page(room, "1", "mobilized")
    await room.poll("1 | Quiet day")
    await room.read()
    assert bool(asked(room)) is read
    room.fetcher.pages[f"{SITE}/robots.txt"] = MISSING
    room.clock.advance(timedelta(minutes=11))
    await room.read()
    assert [record.alert.found_in for record in room.store.alerts()] == [FoundIn.ARTICLE]


async def test_robots_txt_that_was_had_before(room: Newsroom) -> None:
    """A site whose robots.txt can not be had any more is read by the last one."""
    room.fetcher.pages[f"{SITE}/robots.txt"] = f"{SITE}/1".encode()
    page(room, "0", "text")
    await room.poll("0 | Quiet day")
    await room.read()
    room.fetcher.pages[f"{SITE}/robots.txt"] = FetchFailed(failure=Failure.UNREACHABLE)
    room.clock.advance(2 * DAY)
    page(room, "2", "text")
    await room.poll("1 | Quiet night", "2 | Quiet evening")
    await room.read()
    assert asked(room) == ["/0", "/2"]


async def test_redirects_are_taken_one_by_one(room: Newsroom) -> None:
    """A page that has moved is read where it is, if robots.txt there allows it."""
    page(room, "1", FetchFailed(failure=Failure.REDIRECTS, leads_to="https://www.paper.example/a"))
    page(room, "2", FetchFailed(failure=Failure.REDIRECTS, leads_to="https://www.paper.example/b"))
    page(room, "3", FetchFailed(failure=Failure.REDIRECTS, leads_to=f"{SITE}/3"))
    room.fetcher.pages["https://www.paper.example/robots.txt"] = b"https://www.paper.example/b"
    room.fetcher.pages["https://www.paper.example/a"] = b"mobilized"
    await room.poll("1 | Quiet day", "2 | Quiet night", "3 | Quiet evening")
    await room.read()
    assert "https://www.paper.example/b" not in {request.url for request in room.fetcher.requests}
    assert not any(request.follow for request in room.fetcher.requests if request.url == f"{SITE}/1")
    assert [status(room, place).reason for place in range(3)] == [
        "bad redirect: more than 5 in a row",
        "forbidden by robots.txt",
        "",
    ]
    assert len(list(room.store.alerts())) == 1


async def test_whom_the_users_password_is_shown_to(room: Newsroom) -> None:
    """A page goes by its feed's proxy (R60); headers and password go to the feed's own origin only."""
    proxy = Address(url=Secret("socks5://127.0.0.1:9050"), shown="socks5://127.0.0.1:9050")
    personal = (("Cookie", Secret("member")),)
    room.feed = replace(room.feed, proxy=proxy, auth=Secret("me:secret"), headers=personal)
    room.feeds = (room.feed,)
    page(room, "1", FetchFailed(failure=Failure.REDIRECTS, leads_to="https://cdn.example/1"))
    room.fetcher.pages["https://cdn.example/1"] = b"mobilized"
    room.fetcher.pages["https://cdn.example/robots.txt"] = MISSING
    await room.poll("1 | Quiet day")
    await room.read()
    requests = {request.url: request for request in room.fetcher.requests[1:]}
    assert {request.proxy for request in requests.values()} == {proxy.url}
    names = {url: [name for name, _ in request.headers] for url, request in requests.items()}
    assert names == {
        f"{SITE}/feed": ["Cookie"],
        f"{SITE}/robots.txt": [],
        f"{SITE}/1": ["Cookie", "Accept"],
        "https://cdn.example/robots.txt": [],
        "https://cdn.example/1": ["Accept"],
    }
    assert [url for url, request in requests.items() if request.auth] == [f"{SITE}/feed", f"{SITE}/1"]


async def test_r32_a_failed_article_is_tried_again(room: Newsroom) -> None:
    """R32: a page that can not be read is tried again, further and further apart, and alerts when it comes."""
    page(room, "1", FetchFailed(failure=Failure.HTTP, status=403, detail="403 Forbidden"))
    await room.poll("1 | Quiet day")
    waits = []
    for attempt in range(1, 6):
        assert len(await room.read()) == 1
        now, found = room.clock(), status(room)
        assert (found.state, found.reason, found.attempts) == (
            ArticleState.WAITING,
            "HTTP error: 403 Forbidden",
            attempt,
        )
        assert found.next_attempt is not None
        assert await room.read() == []
        waits.append(found.next_attempt - now)
        room.clock.advance(waits[-1])
    assert [round(wait / MINUTE / 4**number) for number, wait in enumerate(waits)] == [5] * 5
    page(room, "1", "mobilized")
    assert [report.alerts for report in await room.read()] == [(1,)]


async def test_a_page_that_is_never_there_is_given_up(room: Newsroom) -> None:
    """After six attempts in a bit over a day it is given up; nothing of it is lost but the page."""
    page(room, "1", "too little text")
    await room.poll("1 | Quiet day")
    began = room.clock()
    while await room.read():
        room.clock.advance((status(room).next_attempt or room.clock()) - room.clock())
    assert (status(room).state, status(room).attempts) == (ArticleState.FAILED, 6)
    assert DAY < room.clock() - began < 2 * DAY
    assert [decision.reason for decision in list(room.store.entries())[-1].decisions] == [Reason.NO_MATCH]


@pytest.mark.parametrize(
    ("answer", "attempts"),
    [
        ("not a page", 1),
        ("parser killed", 2),
        (FetchFailed(failure=Failure.GONE, status=410), 1),
        (FetchFailed(failure=Failure.FORBIDDEN_ADDRESS), 1),
    ],
)
async def test_what_is_not_worth_another_attempt(room: Newsroom, answer: str | FetchFailed, attempts: int) -> None:
    """A PDF stays one, a page that had to be stopped is tried once more, and what is gone is gone."""
    page(room, "1", answer)
    await room.poll("1 | Quiet day")
    for _ in range(6):
        await room.read()
        room.clock.advance(DAY)
    assert (status(room).state, status(room).attempts) == (ArticleState.FAILED, attempts)


async def test_a_host_that_does_not_answer_rests(room: Newsroom) -> None:
    """Pages that hang hold up one another for a while, not the host: after one, the others wait."""
    for name in "12345":
        page(room, name, FetchFailed(failure=Failure.TIMED_OUT))
    await room.poll("1 | a", "2 | b", "3 | c", "4 | d", "5 | e")
    await room.read()
    assert len(asked(room)) == 1
    room.clock.advance(timedelta(minutes=6))
    await room.read()
    assert len(asked(room)) == 2


async def test_a_busy_host_is_left_alone(room: Newsroom) -> None:
    """Retry-After of a page counts for all pages of its host, and for its feeds, for these an hour at most."""
    until = room.clock() + 5 * HOUR
    page(room, "1", FetchFailed(failure=Failure.HTTP, status=429, retry_after=until))
    page(room, "2", FetchFailed(failure=Failure.HTTP, status=429, retry_after=until))
    await room.poll("1 | a", "2 | b")
    await room.read()
    assert len(asked(room)) == 1
    assert room.store.host_waits(now=room.clock()) == {"paper.example": room.clock() + HOUR}
    room.clock.advance(4 * HOUR)
    assert await room.read() == []
    page(room, "1", "text")
    page(room, "2", "text")
    room.clock.advance(2 * HOUR)
    assert len(await room.read()) == 2


async def test_nothing_is_lost_by_a_restart(room: Newsroom) -> None:
    """What waits to be read is in the store, and so is what was read."""
    page(room, "1", "mobilized")
    await room.poll("1 | Quiet day")
    room.restart()
    assert len(await room.read()) == 1
    room.restart()
    assert await room.read() == []
    assert len(list(room.store.alerts())) == 1


async def test_switched_off_while_it_waits(room: Newsroom) -> None:
    """What waits when `full_text: no` comes is not asked for."""
    await room.poll("1 | Quiet day")
    room.feeds = (replace(room.feed, full_text=FullText.NO),)
    await room.read()
    assert (asked(room), status(room).reason) == ([], "full_text: no")


async def test_an_old_entry_is_read_no_more(room: Newsroom) -> None:
    """After a week in which nothing could be read, the page is no news."""
    await room.poll("1 | Quiet day")
    room.clock.advance(TOO_LATE + MINUTE)
    await room.read()
    assert (asked(room), status(room).reason) == ([], "too late")


async def test_a_feed_that_is_configured_no_more(room: Newsroom) -> None:
    """Its articles wait, in case it comes back."""
    await room.poll("1 | Quiet day")
    room.store.sync([], now=room.clock())
    assert await room.read() == []
    room.store.sync(room.feeds, now=room.clock())
    assert len(await room.read()) == 1


async def test_the_beginning_for_all(room: Newsroom) -> None:
    """Of a page for subscribers the beginning is matched, and it is said that there is more."""
    room.reader.paywall = "Subscribe to read on"
    page(room, "1", "mobilized\nSubscribe to read on")
    await room.poll("1 | Quiet day")
    [report] = await room.read()
    assert (len(report.alerts), report.status.state) == (1, ArticleState.FAILED)
    assert report.status.reason == "for subscribers only"


async def test_a_crash_is_recorded(room: Newsroom) -> None:
    """A fault of ours in one article is recorded, tried again, and harms no other."""
    room.fetcher.pages[f"{SITE}/1"] = b"\xff"  # this reader knows UTF-8 only
    page(room, "2", "mobilized")
    await room.poll("1 | Quiet day", "2 | Quiet night")
    await room.read()
    assert status(room, 1).reason == "internal error: see the log"
    assert len(list(room.store.alerts())) == 1


async def test_articles_that_fail_for_a_day_are_told(room: Newsroom) -> None:
    """Most articles of a feed can not be read for a day: that is told once, and once when they can again."""
    for name in range(60):
        page(room, str(name), "too little text")

    async def day(numbers: range) -> None:
        for number in numbers:
            await room.poll(f"{number} | Quiet day {number}")
            await room.read()
            room.clock.advance(2 * HOUR)
        await room.deliver()

    await day(range(8))
    assert room.titles() == []
    await day(range(8, 24))
    assert room.titles() == ["[rss-monitor] paper: no articles"]
    [(_, message)] = room.notifier.sent
    assert "too little text" in message.body
    assert room.store.states()["paper"].trouble is Trouble.NO_ARTICLES
    for number in range(60):
        page(room, str(number), "text")
    await day(range(24, 40))
    assert room.titles()[1:] == ["[rss-monitor] paper: well again"]


async def test_hosts_are_read_side_by_side(room: Newsroom) -> None:
    """A pass reads until nothing is due, or its time is over; what is left stays in the queue."""
    page(room, "1", "mobilized")
    page(room, "2", "text")
    await room.poll("1 | a", "2 | b")
    reports = [report async for report in room.articles.drain(room.desk, purpose=Purpose.MATCH, within=MINUTE)]
    assert {report.wanted.entry: bool(report.alerts) for report in reports} == {1: False, 2: True}
    await room.poll("3 | c", "4 | d")
    none = [report async for report in room.articles.drain(room.desk, purpose=Purpose.MATCH, within=timedelta(0))]
    assert none == []
    assert room.store.articles_of_feeds()["paper"][ArticleState.WAITING] == 2


async def test_hanging_pages_end_with_the_pass(room: Newsroom) -> None:
    """What is under way when the time of a pass is over is broken off, and no attempt."""
    await room.poll("1 | a")
    room.fetcher.hangs = {f"{SITE}/1"}
    within = timedelta(milliseconds=50)
    assert [each async for each in room.articles.drain(room.desk, purpose=Purpose.MATCH, within=within)] == []
    assert status(room).attempts == 0


async def test_the_page_is_kept_with_its_alert(room: Newsroom) -> None:
    """An alert that was found in an article is made of its page, byte by byte; a page without an alert is not kept."""
    pages = {"1": "Protest\nWives of mobilized men came.", "2": "Weather\nIt was a quiet day."}
    for name, text in pages.items():
        page(room, name, text)
    await room.poll("2 | Weather | Quiet…", "1 | Protest | Quiet…")
    await room.read()
    [record] = room.store.alerts()
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in pages.values()]
    assert record.evidence is not None
    assert (record.evidence.url, record.evidence.sha256) == (f"{SITE}/1", digests[0])
    assert [room.store.document(each) for each in digests] == [pages["1"].encode(), None]
