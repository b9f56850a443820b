"""A feed whose site is blocked is read from its mirrors, and nothing alerts twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.model.feed import Address, FeedHealth, FeedState, Mirror, Validators
from monitor.model.poll import Failure, Fetched, FetchFailed, FetchOutcome, NotModified
from monitor.model.secret import Secret
from tests.pipeline.conftest import URL, Newsroom

ONE, TWO = "https://one.example/feed?key=canary", "https://two.example/feed"
SHOWN = "https://one.example/feed?key=${KEY}"
OLD, NEW = "1 | Quiet day", "2 | Relatives of mobilized soldiers"
BLOCKED = FetchFailed(failure=Failure.HTTP, detail="403 Forbidden", status=403)
TAG = Validators(etag='"1"')


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    """A feed with two mirrors."""
    room = Newsroom(tmp_path / "data")
    room.feed = replace(room.feed, mirrors=(Address(url=Secret(ONE), shown=SHOWN), Address(url=Secret(TWO), shown=TWO)))
    yield room
    room.close()


def page(*lines: str, url: str = ONE, validators: Validators = TAG) -> Fetched:
    return Fetched(body="\n".join(lines).encode(), content_type="text/plain", url=url, validators=validators)


def asked(room: Newsroom) -> list[str]:
    """The addresses that were asked since this was last called."""
    urls = [request.url for request in room.fetcher.requests]
    room.fetcher.requests.clear()
    return urls


@pytest.mark.parametrize(
    "blocked",
    [
        FetchFailed(failure=Failure.CUT_OFF),
        FetchFailed(failure=Failure.NAME),
        FetchFailed(failure=Failure.TLS),
        FetchFailed(failure=Failure.TIMED_OUT),
        FetchFailed(failure=Failure.FORBIDDEN_ADDRESS),
        FetchFailed(failure=Failure.GONE, status=410),
        FetchFailed(failure=Failure.HTTP, status=451),
        FetchFailed(failure=Failure.HTTP, status=503),
        BLOCKED,
        b"<html>This site is blocked</html>",
    ],
)
async def test_a_blocked_site_is_read_from_its_mirror(newsroom: Newsroom, blocked: bytes | FetchOutcome) -> None:
    """Refused, cut off, replaced by another page: the first mirror that works stands in within the same poll."""
    newsroom.fetcher.pages = {URL: blocked, TWO: page(OLD)}
    state = (await newsroom.poll_as_is()).state
    assert asked(newsroom) == [URL, ONE, TWO]
    assert (state.health, state.mirror and state.mirror.address) == (FeedHealth.WELL, TWO)


@pytest.mark.parametrize(
    "answer",
    [NotModified(validators=TAG), FetchFailed(failure=Failure.HTTP, status=429), page(OLD)],
)
async def test_mirrors_are_left_alone_while_the_site_answers(newsroom: Newsroom, answer: FetchOutcome) -> None:
    """No mirror is asked when the feed's own address answers, be it that nothing is new or that we ask too much."""
    newsroom.fetcher.pages = {URL: answer, ONE: page(OLD)}
    await newsroom.poll_as_is()
    assert asked(newsroom) == [URL]


async def test_the_mirror_that_works_is_asked_first(newsroom: Newsroom) -> None:
    """A mirror that worked is remembered by the name the user gave it, and asked first, after a restart too."""
    newsroom.fetcher.pages = {URL: BLOCKED, ONE: page(OLD)}
    await newsroom.poll_as_is()
    assert Mirror(address=SHOWN, since=newsroom.clock()) == newsroom.store.states()["paper"].mirror
    newsroom.store.sync([newsroom.feed], now=newsroom.clock())
    asked(newsroom)
    await newsroom.poll_as_is()
    assert asked(newsroom) == [ONE]


async def test_the_own_address_is_tried_again_after_a_day(newsroom: Newsroom) -> None:
    """Once a day the feed's own address is asked first, and used again when it answers."""
    newsroom.fetcher.pages = {URL: BLOCKED, ONE: page(OLD)}
    for hours, expected in ((0, [URL, ONE]), (23, [ONE]), (1, [URL, ONE]), (23, [ONE])):
        newsroom.clock.advance(timedelta(hours=hours))
        await newsroom.poll_as_is()
        assert expected == asked(newsroom)
    newsroom.clock.advance(timedelta(hours=1))
    newsroom.fetcher.pages[URL] = page(OLD, url=URL)
    assert (await newsroom.poll_as_is()).state.mirror is None
    assert asked(newsroom) == [URL]


async def test_a_mirror_that_fails_gives_way(newsroom: Newsroom) -> None:
    """When the mirror in use fails, the feed's own address and then the other mirrors are tried at once."""
    newsroom.fetcher.pages = {URL: BLOCKED, ONE: page(OLD)}
    await newsroom.poll_as_is()
    newsroom.fetcher.pages = {URL: BLOCKED, ONE: BLOCKED, TWO: page(OLD)}
    asked(newsroom)
    await newsroom.poll_as_is()
    assert asked(newsroom) == [ONE, URL, TWO]


async def test_validators_stay_with_their_address(newsroom: Newsroom) -> None:
    """What one server gave to ask "has it changed?" with is never shown to another."""
    newsroom.fetcher.pages = {URL: page(OLD, url=URL, validators=Validators(etag='"own"'))}
    await newsroom.poll_as_is()
    newsroom.fetcher.pages = {URL: BLOCKED, ONE: page(OLD, validators=Validators(etag='"one"'))}
    await newsroom.poll_as_is()
    newsroom.fetcher.pages = {ONE: BLOCKED, URL: page(OLD, url=URL)}
    await newsroom.poll_as_is()
    sent = [(request.url, request.validators.etag) for request in newsroom.fetcher.requests]
    assert sent == [(URL, None), (URL, '"own"'), (ONE, None), (ONE, '"one"'), (URL, None)]


async def test_passwords_are_for_the_own_address(newsroom: Newsroom) -> None:
    """Headers and password of a feed are shown to its own site, not to its mirrors nor to where it has moved."""
    newsroom.feed = replace(newsroom.feed, headers=(("X-Key", Secret("canary")),), auth=Secret("me:canary"))
    newsroom.fetcher.pages = {URL: BLOCKED, ONE: BLOCKED, TWO: page(OLD)}
    state = FeedState(feed="paper", moved_to="https://elsewhere.example/feed")
    await newsroom.poller.poll(newsroom.feed, state, newsroom.desk)
    assert [request.url for request in newsroom.fetcher.requests] == [URL, ONE, TWO]
    assert [len(each.headers) + (each.auth is not None) for each in newsroom.fetcher.requests] == [2, 0, 0]


async def test_a_proxy_serves_the_mirrors_too(newsroom: Newsroom) -> None:
    """A feed that goes by a proxy reaches its mirrors by the same proxy."""
    proxy = Secret("socks5://127.0.0.1:9050")
    newsroom.feed = replace(newsroom.feed, proxy=Address(url=proxy, shown="socks5://127.0.0.1:9050"))
    newsroom.fetcher.pages = {URL: BLOCKED, ONE: page(OLD)}
    await newsroom.poll_as_is()
    assert [proxy, proxy] == [request.proxy for request in newsroom.fetcher.requests]


async def test_a_mirror_moves_nothing(newsroom: Newsroom) -> None:
    """Where a mirror redirects to for good is not taken for the feed's new address."""
    newsroom.fetcher.pages = {URL: BLOCKED, ONE: replace(page(OLD), moved_to="https://three.example/")}
    for _ in range(4):
        newsroom.clock.advance(timedelta(hours=10))
        state = (await newsroom.poll_as_is()).state
    assert (state.moved_to, state.redirect) == (None, None)


async def test_when_nothing_works(newsroom: Newsroom) -> None:
    """When no address works, the reason tells of the feed's own and of its mirrors, without secrets."""
    gone = FetchFailed(failure=Failure.GONE, detail="410 Gone", status=410)
    newsroom.fetcher.pages = {URL: gone, ONE: BLOCKED, TWO: BLOCKED}
    state = (await newsroom.poll_as_is()).state
    assert state.health == FeedHealth.GONE
    assert state.reason == "gone: 410 Gone (by mirrors: HTTP error: 403 Forbidden)"


async def test_a_site_that_wants_peace_has_it(newsroom: Newsroom) -> None:
    """A site that is unavailable and says until when is left alone by its other feeds, although a mirror helps."""
    until = newsroom.clock() + timedelta(hours=2)
    newsroom.fetcher.pages = {
        URL: FetchFailed(failure=Failure.HTTP, status=503, retry_after=until), ONE: page(OLD)
    }  # fmt: skip
    assert (await newsroom.poll_as_is()).state.health == FeedHealth.WELL
    assert newsroom.store.host_waits(now=newsroom.clock())["paper.example"] >= until


async def test_a_mirror_taken_out_is_not_asked(newsroom: Newsroom) -> None:
    """A remembered mirror that is configured no more is forgotten, and what it gave is shown to nobody."""
    newsroom.fetcher.pages = {URL: BLOCKED, ONE: page(OLD)}
    await newsroom.poll_as_is()
    newsroom.feed = replace(newsroom.feed, mirrors=newsroom.feed.mirrors[1:])
    newsroom.fetcher.pages = {URL: page(OLD, url=URL)}
    newsroom.fetcher.requests.clear()
    assert (await newsroom.poll_as_is()).state.mirror is None
    assert [(URL, Validators())] == [(each.url, each.validators) for each in newsroom.fetcher.requests]


DATED = "{0} | mobilized {1} | | 2024-06-03T10:00:00+00:00"


async def test_a_switch_alerts_nothing_twice(newsroom: Newsroom) -> None:
    """A mirror with ids and links of its own, and the way back, bring only what is new."""
    own = [DATED.format(f"own-{number}", number) for number in range(9)]
    mirrored = [DATED.format(f"mirror-{number}", number) for number in range(1, 11)]
    await newsroom.poll(*own)
    newsroom.fetcher.pages = {URL: BLOCKED, ONE: page(*mirrored)}
    assert len((await newsroom.poll_as_is()).alerts) == 2
    assert (await newsroom.poll_as_is()).new == 0
    newsroom.clock.advance(timedelta(days=1))
    back = [DATED.format(f"own-{number}", number) for number in range(12)]
    newsroom.fetcher.pages[URL] = page(*back, url=URL)
    assert len((await newsroom.poll_as_is()).alerts) == 1


async def test_a_title_that_comes_every_day_is_not_lost_in_a_switch(newsroom: Newsroom) -> None:
    """Today's "Evening news" is new, although that of yesterday is known."""
    await newsroom.poll("a | mobilized: evening news | | 2024-06-02T18:00:00+00:00")
    newsroom.fetcher.pages = {URL: BLOCKED, ONE: page("b | mobilized: evening news | | 2024-06-03T18:00:00+00:00")}
    assert len((await newsroom.poll_as_is()).alerts) == 1
