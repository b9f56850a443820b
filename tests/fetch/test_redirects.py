from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from monitor.fetch import Fetcher
from monitor.fetch.fault import Unusable
from monitor.fetch.trail import Step, first, follow
from monitor.model.feed import Validators
from monitor.model.poll import Failure, Fetched, FetchFailed, NotModified, Request
from monitor.model.secret import Secret
from tests.fetch.loopback import Answer, Asked, moved, reply, site

Make = Callable[..., Fetcher]


def chain(*statuses: int) -> Answer:
    """/0 leads to /1 by the first status, and so on; the last one is the feed."""

    def answer(asked: Asked) -> bytes:
        at = int(asked.path.strip("/"))
        return moved(statuses[at], f"/{at + 1}") if at < len(statuses) else reply(body=b"feed")

    return answer


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        ((301,), "/1"),
        ((308,), "/1"),
        ((302,), None),
        ((303,), None),
        ((307,), None),
        ((301, 308), "/2"),
        ((301, 302, 301), "/1"),
        ((302, 301), None),
    ],
)
async def test_r12_only_permanent_redirects_are_told(
    fetcher: Make, statuses: tuple[int, ...], told: str | None
) -> None:
    """A feed has moved as far as 301 and 308 alone lead, and not a step further."""
    async with site(chain(*statuses)) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url("/0")))
    assert isinstance(came, Fetched)
    assert (told and server.url(told)) == came.moved_to
    assert came.url == server.url(f"/{len(statuses)}")


async def test_r12_five_redirects_and_no_more(fetcher: Make) -> None:
    """The sixth redirect in a row is not followed."""
    async with site(chain(*[301] * 5)) as server, fetcher() as it:
        assert isinstance(await it.fetch(Request(url=server.url("/0"))), Fetched)
    async with site(chain(*[301] * 6)) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url("/0")))
    assert FetchFailed(failure=Failure.REDIRECTS, detail="more than 5 in a row") == came
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    ("location", "detail"),
    [
        ("/feed", "it goes round in a circle"),
        ("#part", "it goes round in a circle"),
        ("", "its address is missing or not understood"),
        ("http://[::1", "its address is missing or not understood"),
        ("http://[]@", "its address is missing or not understood"),
        ("http://example.org:99999/", "its address is missing or not understood"),
        ("file:///etc/passwd", "not to an http or https address"),
        ("gopher://127.0.0.1/", "not to an http or https address"),
    ],
)
async def test_r12_redirects_that_lead_nowhere(fetcher: Make, location: str, detail: str) -> None:
    """A circle, a missing address or another scheme ends the poll with its reason."""
    async with site(lambda _: moved(301, location)) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url()))
    assert FetchFailed(failure=Failure.REDIRECTS, detail=detail) == came
    assert len(server.asked) == 1


async def test_same_origin_keeps_credentials_and_validators(fetcher: Make) -> None:
    """A redirect on one server is asked like the first address; an address with a password is not to be stored."""

    def answer(asked: Asked) -> bytes:
        return moved(301, "/new") if asked.path == "/feed" else reply("304 Not Modified")

    sent = Validators(etag='"1"', last_modified="Mon")
    async with site(answer) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url(host="me:secret@127.0.0.1"), validators=sent))
    assert NotModified(validators=sent) == came
    assert server.asked[0].headers["authorization"] == server.asked[1].headers["authorization"]
    assert server.asked[1].headers["if-none-match"] == '"1"'


async def test_headers_of_the_user_are_sent(fetcher: Make) -> None:
    """A feed's headers and password go out as they were given, in place of ours; where it moved to is not stored."""

    def answer(asked: Asked) -> bytes:
        return moved(301, "/new") if asked.path == "/feed" else reply(body=b"feed")

    headers = (("X-Key", Secret("ключ")), ("User-Agent", Secret("mine")))
    async with site(answer) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url(), headers=headers, auth=Secret("мы:пароль")))
    assert isinstance(came, Fetched)
    assert came.moved_to is None
    for asked in server.asked:
        given = [asked.headers[name] for name in ("x-key", "user-agent", "authorization")]
        assert given == ["ключ", "mine", "Basic 0LzRizrQv9Cw0YDQvtC70Yw="]


async def test_r13_another_origin_gets_no_credentials_and_no_validators(fetcher: Make) -> None:
    """R13: a redirect to another server, and back, shows no password, no header, no ETag, and takes no ETag home."""
    secret = {"authorization", "x-key", "if-none-match", "if-modified-since"}
    async with site(lambda _: b"") as home, site(lambda _: moved(301, home.url("/back"))) as away, fetcher() as it:
        home.answer = lambda asked: (
            moved(301, away.url()) if asked.path == "/feed" else reply(body=b"feed", etag='"other"')
        )
        came = await it.fetch(
            Request(
                url=home.url(host="me:secret@127.0.0.1"),
                headers=(("X-Key", Secret("secret")),),
                validators=Validators(etag='"1"', last_modified="Mon"),
            )
        )
    assert secret <= home.asked[0].headers.keys()
    assert not secret & away.asked[0].headers.keys()
    assert not secret & home.asked[1].headers.keys()
    assert isinstance(came, Fetched)
    assert (Validators(), home.url("/back")) == (came.validators, came.moved_to)


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.2/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/", "http://2130706433/"],
)
async def test_a_redirect_inside_is_not_followed(fetcher: Make, location: str) -> None:
    """No server can send us to an address of the inner network."""
    async with site(lambda _: moved(302, location)) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url()))
    assert isinstance(came, FetchFailed)
    assert came.failure is Failure.FORBIDDEN_ADDRESS


def outcome(step: Callable[[], Step]) -> Step | Failure:
    try:
        return step()
    except Unusable as refusal:
        return refusal.failure


def is_plain(url: URL) -> bool:
    return url.scheme in {"http", "https"} and bool(url.host_subcomponent) and url.user is None and not url.fragment


@given(st.text() | st.from_regex(r"(https?:)?//?[^/]*/?.*"))
def test_whatever_stands_in_a_location(location: str) -> None:
    """Any text for an address leads to a plain web address, or nowhere."""
    start = first(Request(url="http://me:secret@feeds.example/a"))
    came = outcome(lambda: follow(start, status=301, location=location, most=5))
    if isinstance(came, Step):
        assert is_plain(came.url)
        assert ("Authorization" in came.headers) == (came.url.origin() == start.url.origin())
    else:
        assert came is Failure.REDIRECTS


@given(st.text() | st.from_regex(r"https?://[^/]*/?.*"))
def test_whatever_stands_for_a_feed(address: str) -> None:
    """Any text for a feed is a plain web address, or refused."""
    came = outcome(lambda: first(Request(url=address)))
    assert is_plain(came.url) if isinstance(came, Step) else came is Failure.FORBIDDEN_ADDRESS
