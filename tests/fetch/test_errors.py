import asyncio
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest

from monitor.fetch import Fetcher, Limits
from monitor.fetch.answer import retry_after
from monitor.fetch.guard import IPAddress
from monitor.model.poll import Failure, FetchFailed, Request
from tests.fetch.loopback import always, reply, site

Make = Callable[..., Fetcher]

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(seconds=120)),
        (" 0 ", timedelta(0)),
        ("604800", timedelta(hours=24)),
        ("9" * 8000, timedelta(hours=24)),
        ("Mon, 06 May 2024 08:08:09 GMT", timedelta(hours=1)),
        ("Monday, 06-May-24 08:08:09 GMT", timedelta(hours=1)),
        ("Mon May  6 08:08:09 2024", timedelta(hours=1)),
        ("Mon, 06 May 2024 10:08:09 +0200", timedelta(hours=1)),
        ("Mon, 06 May 2034 08:08:09 GMT", timedelta(hours=24)),
        ("Mon, 06 May 2014 08:08:09 GMT", timedelta(0)),
    ],
)
def test_r5_how_long_to_stay_away(value: str, wait: timedelta) -> None:
    """Retry-After counts seconds or names a date; never more than a day, never into the past."""
    assert NOW + wait == retry_after(value, now=NOW)


@pytest.mark.parametrize("ours", [timedelta(0), timedelta(days=-900), timedelta(hours=3)])
async def test_r5_a_date_is_meant_by_the_servers_clock(fetcher: Make, ours: timedelta) -> None:
    """However wrong our clock is, or theirs, an hour is an hour."""
    busy = reply("503 Down", date="Mon, 06 May 2024 07:08:09 GMT", retry_after="Mon, 06 May 2024 08:08:09 GMT")
    async with site(lambda _: busy) as server, fetcher(clock=lambda: NOW + ours) as it:
        came = await it.fetch(Request(url=server.url()))
    assert isinstance(came, FetchFailed)
    assert NOW + ours + timedelta(hours=1) == came.retry_after


@pytest.mark.parametrize("value", ["", "soon", "-1", "1.5", "Mon, 99 May 2024 08:08:09 GMT", "١٢"])
def test_a_wish_that_is_not_understood(value: str) -> None:
    """A Retry-After that says nothing is none."""
    assert retry_after(value, now=NOW) is None


@pytest.mark.parametrize(
    ("answer", "failed"),
    [
        (
            reply("404 Whatever", b"<html>"),
            FetchFailed(failure=Failure.HTTP, detail="404 Not Found", status=404),
        ),
        (reply("410 Gone"), FetchFailed(failure=Failure.GONE, detail="410 Gone", status=410)),
        (reply("500 <script>"), FetchFailed(failure=Failure.HTTP, detail="500 Internal Server Error", status=500)),
        (reply("599 Odd"), FetchFailed(failure=Failure.HTTP, detail="599", status=599)),
        (reply("206 Part", b"half"), FetchFailed(failure=Failure.HTTP, detail="206 Partial Content", status=206)),
        (b"SSH-2.0-OpenSSH_9.2\r\n", FetchFailed(failure=Failure.HTTP, detail="the answer is not HTTP")),
    ],
)
async def test_errors_by_their_names(fetcher: Make, answer: bytes, failed: FetchFailed) -> None:
    """A refusal is told by its number and standard name, never in the server's own words."""
    async with site(lambda _: answer) as server, fetcher() as it:
        assert failed == await it.fetch(Request(url=server.url()))


@pytest.mark.parametrize("status", ["429 Busy", "503 Down", "500 Broken"])
async def test_a_server_that_asks_for_peace(fetcher: Make, status: str) -> None:
    """Whatever the error, a Retry-After with it is kept."""
    async with site(lambda _: reply(status, retry_after="Mon, 06 May 2014 08:08:09 GMT")) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url()))
    assert isinstance(came, FetchFailed)
    assert came.retry_after is not None


async def test_nobody_listens(fetcher: Make) -> None:
    """A port that refuses connections is told in the system's words."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/feed?key=secret"
    async with fetcher() as it:
        came = await it.fetch(Request(url=url))
    assert FetchFailed(failure=Failure.UNREACHABLE, detail="Connection refused") == came


@pytest.mark.parametrize(
    ("errno", "failed"),
    [
        (socket.EAI_NONAME, FetchFailed(failure=Failure.NAME)),
        (socket.EAI_AGAIN, FetchFailed(failure=Failure.UNREACHABLE, detail="name lookup failed")),
    ],
)
async def test_names_that_are_not_found(fetcher: Make, errno: int, failed: FetchFailed) -> None:
    """A name that is not there is told from a name server that does not answer."""

    async def lookup(host: str) -> list[IPAddress]:
        raise socket.gaierror(errno, host)

    async with fetcher(lookup=lookup) as it:
        assert failed == await it.fetch(Request(url="http://feeds.example/"))


async def test_a_host_with_one_dead_address_of_two(fetcher: Make) -> None:
    """When a host's first address does not answer, the next one is tried."""

    async def lookup(host: str) -> list[IPAddress]:
        return [ip_address("::1"), ip_address("127.0.0.1")]

    async with site(lambda _: reply("410 Gone")) as server, fetcher(lookup=lookup, allow_private=["two.example"]) as it:
        came = await it.fetch(Request(url=server.url(host="two.example")))
    assert isinstance(came, FetchFailed)
    assert came.failure is Failure.GONE


async def test_a_name_server_that_does_not_answer(fetcher: Make) -> None:
    """The search for an address counts as part of the answer, and is given up with it."""

    async def lookup(host: str) -> list[IPAddress]:
        await asyncio.Event().wait()
        return []

    async with fetcher(lookup=lookup, limits=Limits(time=timedelta(seconds=0.1))) as it:
        came = await it.fetch(Request(url="http://feeds.example/"))
    assert FetchFailed(failure=Failure.TIMED_OUT, detail="after 0.1 s") == came


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST"])
async def test_names_are_looked_up_by_the_system(fetcher: Make, host: str) -> None:
    """A name that the system knows is found, in capitals too."""
    async with site(lambda _: reply("410 Gone")) as server, fetcher(allow_private=["localhost"]) as it:
        came = await it.fetch(Request(url=server.url(host=host)))
    assert isinstance(came, FetchFailed)
    assert came.failure is Failure.GONE


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "a..example"])
async def test_names_that_can_not_be(fetcher: Make, host: str) -> None:
    """A host that no name server could know is not found."""
    async with fetcher() as it:
        came = await it.fetch(Request(url=f"http://{host}/"))
    assert FetchFailed(failure=Failure.NAME) == came


@pytest.mark.parametrize(
    "url", ["", "feed", "/feed", "ftp://127.0.0.1/", "file:///etc/passwd", "http:///x", "http://[::"]
)
async def test_addresses_that_are_not_of_the_web(fetcher: Make, url: str) -> None:
    """Only complete http and https addresses are asked."""
    async with fetcher() as it:
        came = await it.fetch(Request(url=url))
    assert FetchFailed(failure=Failure.FORBIDDEN_ADDRESS, detail="not a complete http or https address") == came


@pytest.mark.parametrize("secret", ["canary", "s%3Acret"])
async def test_no_secret_in_any_reason(fetcher: Make, secret: str) -> None:
    """User, password, path and query of an address stand in no reason."""
    url = f"http://{secret}:{secret}@{{}}/{secret}?{secret}"
    answers = [
        b"",
        b"rubbish",
        reply("403 No"),
        reply(),
        reply(location="x"),
        reply("302 Go", location=f"ftp://{secret}"),
    ]
    reasons = []
    for answer in answers:
        async with site(always(answer)) as server, fetcher() as it:
            came = await it.fetch(Request(url=url.format(f"127.0.0.1:{server.port}")))
            reasons.append(came.reason if isinstance(came, FetchFailed) else "")
    async with fetcher() as it:
        for host in ("127.0.0.1:1", "10.0.0.1", "0x7f.1", "[::1", "a..example"):
            came = await it.fetch(Request(url=url.format(host)))
            reasons.append(came.reason if isinstance(came, FetchFailed) else "")
    assert all(reasons)
    assert not any(secret in reason for reason in reasons)
