"""How a site is searched: what is asked, in which order, and when it is enough."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from monitor.discover.page import Link, links
from monitor.discover.search import Search
from monitor.model.feed import Validators
from monitor.model.poll import Failure, Fetched, FetchFailed, FetchOutcome, ParseOutcome, Request
from monitor.model.secret import Secret
from monitor.parse.document import parse_document
from monitor.testing import FakeFetcher
from tests.servers import rss

SITE = "https://paper.example"
PROXY = Secret("socks5://127.0.0.1:9050")
ABSENT = FetchFailed(failure=Failure.HTTP, detail="404 Not Found", status=404)


class Here:
    """Parses and reads in this process."""

    async def parse(self, fetched: Fetched) -> ParseOutcome:
        return parse_document(fetched)

    async def links(self, page: Fetched) -> tuple[Link, ...]:
        return links(page)


class Web(FakeFetcher):
    """Sites that answer 404 for what they do not have, and the rest of the net, which does not answer."""

    async def fetch(self, request: Request) -> FetchOutcome:
        if request.url.startswith(SITE):
            self.pages.setdefault(request.url, ABSENT)
        return await super().fetch(request)


@dataclass
class Searched:
    asked: list[str]
    feeds: list[str]
    left: list[str]
    told: dict[str, str]


async def search(pages: Mapping[str, bytes | FetchOutcome], *starts: str, most: int = 30) -> Searched:
    web = Web({SITE + path if path.startswith("/") else path: page for path, page in pages.items()})
    told: dict[str, str] = {}
    it = Search(fetcher=web, parser=Here(), reader=Here(), most=most, proxy=PROXY, tell=told.__setitem__)
    await it.run(starts or (SITE + "/",))
    assert it.requests == len(web.requests)
    assert {each.proxy for each in web.requests} == {PROXY}
    asked, feeds, left = (
        [url.removeprefix(SITE) for url in urls]
        for urls in ([each.url for each in web.requests], [url for url, _ in it.feeds], it.left)
    )
    return Searched(asked=asked, feeds=feeds, left=left, told=told)


def html(*parts: str) -> bytes:
    return f"<html><body>{''.join(parts)}".encode()


def declared(*paths: str) -> str:
    return "".join(f"<link rel=alternate type=application/rss+xml href={path}>" for path in paths)


FEED, OTHER = rss(("1", "One")), rss(("2", "Two"))


async def test_the_address_itself() -> None:
    """An address that is a feed is the answer; nothing else is asked."""
    found = await search({"/rss": FEED}, SITE + "/rss")
    assert (found.asked, found.feeds) == (["/rss"], ["/rss"])


async def test_a_feed_of_comments_that_was_named() -> None:
    """Whoever names a feed of comments wants it."""
    assert (await search({"/comments/feed": FEED}, SITE + "/comments/feed")).feeds == ["/comments/feed"]


async def test_what_is_declared_and_what_is_linked() -> None:
    """A page's declared feeds come first, then its links; pages that list feeds are read, but not what they link to."""
    pages = {
        "/": html("<a href=/rss>RSS</a><a href=/sport.xml>Sport</a>", declared("/main", "/gone")),
        "/main": FEED,
        "/sport.xml": OTHER,
        "/rss": html("<a href=/a.xml>A</a><a href=/more-rss>More RSS</a><a href=/sub/rss>B</a>"),
        "/a.xml": FEED,
        "/sub/rss": html("<a href=/deep.xml>C</a>"),
    }
    found = await search(pages)
    assert found.asked == ["/", "/main", "/gone", "/rss", "/a.xml", "/sub/rss", "/sport.xml"]
    assert found.feeds == ["/main", "/a.xml", "/sport.xml"]
    assert found.told[SITE + "/gone"] == "HTTP error: 404 Not Found"


async def test_the_front_page_of_an_article() -> None:
    """Where an article says nothing, its site's front page may."""
    found = await search(
        {"/2024/story": html("story"), "/": html(declared("/feed")), "/feed": FEED}, SITE + "/2024/story"
    )
    assert (found.asked, found.feeds) == (["/2024/story", "/", "/feed"], ["/feed"])


async def test_customary_addresses() -> None:
    """Where nothing is said, feeds are looked for where they usually are, until there is one."""
    found = await search({"/": html("nothing"), "/rss.xml": FEED, "/feed.xml": FEED})
    assert (found.asked, found.feeds) == (["/", "/feed", "/rss", "/rss.xml"], ["/rss.xml"])


@pytest.mark.parametrize(
    "front",
    [
        FetchFailed(failure=Failure.HTTP, detail="403 Forbidden", status=403),
        b"<html><title>Just a moment...</title><script>_cf_chl_opt</script>",
        b"",
    ],
)
async def test_a_front_page_that_can_not_be_read(front: bytes | FetchFailed) -> None:
    """A site that keeps programs off its pages may let them have its feed."""
    assert (await search({"/": front, "/feed": FEED})).feeds == ["/feed"]


async def test_comments_are_left_out() -> None:
    """Feeds of comments are not asked, or not kept once their title says what they are; it is told."""
    of_story = FEED.replace(b"Paper", b"Comments on: Story")
    pages = {"/": html(declared("/comments/feed", "/story/feed", "/feed")), "/story/feed": of_story, "/feed": OTHER}
    found = await search(pages)
    assert (found.asked, found.feeds) == (["/", "/story/feed", "/feed"], ["/feed"])
    assert found.told[SITE + "/comments/feed"] == "not asked: comments"
    assert found.told[SITE + "/story/feed"] == "left out: comments"


async def test_an_address_is_asked_once() -> None:
    """Addresses that differ in scheme, www or a slash are one; so are those that led there."""
    moved = Fetched(body=FEED, content_type="", url=SITE + "/new", validators=Validators(), moved_to=SITE + "/new")
    other = "http://www.paper.example/feed/"
    found = await search({"/": html(declared("/feed", other, "/new")), "/feed": moved})
    assert (found.asked, found.feeds) == (["/", "/feed"], ["/new"])


async def test_enough() -> None:
    """After so many requests the rest is only named."""
    found = await search({"/": html(declared("/a", "/b", "/c")), "/a": FEED}, most=2)
    assert (found.asked, found.feeds, found.left) == (["/", "/a"], ["/a"], ["/b", "/c"])


async def test_a_server_that_is_asked_too_much() -> None:
    """Who says "too many requests" is not asked again."""
    busy = FetchFailed(failure=Failure.HTTP, detail="429", status=429)
    found = await search({"/": html(declared("/a", "/b")), "/a": busy})
    assert (found.asked, found.feeds) == (["/", "/a"], [])


async def test_without_a_scheme() -> None:
    """Where nobody answers https, http is tried; an error is an answer."""
    both = ("https://old.example/", "http://old.example/")
    assert (await search({both[1]: FEED}, *both)).feeds == [both[1]]
    assert (await search({"https://old.example/": ABSENT}, *both)).asked[:2] == [both[0], "https://old.example/feed"]


@pytest.mark.parametrize("failure", [Failure.NAME, Failure.FORBIDDEN_ADDRESS, Failure.PROXY])
async def test_no_such_site(failure: Failure) -> None:
    """Where there is no host, or none that may be asked, nothing else is tried."""
    starts = ("https://old.example/", "http://old.example/")
    assert (await search({starts[0]: FetchFailed(failure=failure)}, *starts)).asked == [starts[0]]


async def test_nobody_answers() -> None:
    """A site that does not answer is not asked for anything else."""
    assert (await search({}, "https://old.example/", "http://old.example/")).asked == [
        "https://old.example/",
        "http://old.example/",
    ]
