"""R60: with a proxy, nothing but the proxy is asked, and it finds the addresses."""

import asyncio
import ssl
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import replace

import pytest
import trustme

from monitor.fetch import Fetcher
from monitor.fetch.guard import IPAddress
from monitor.model.poll import Failure, Fetched, FetchFailed, FetchOutcome, Request
from monitor.model.secret import Secret
from tests.fetch.loopback import always, moved, reply, site
from tests.fetch.proxies import Proxy, http_proxy, socks_proxy

Make = Callable[..., Fetcher]
Serving = AbstractAsyncContextManager[Proxy]
FEED = always(reply(body=b"feed"))


async def no_lookup(host: str) -> list[IPAddress]:
    raise AssertionError(f"{host} was looked up")


def by(scheme: str, port: int, login: str = "") -> Secret:
    return Secret(f"{scheme}://{login}127.0.0.1:{port}")


_made: list[object] | None = None


def _note(event: str, args: tuple[object, ...]) -> None:
    if _made is not None and event in {"socket.connect", "socket.getaddrinfo"}:
        _made.append(args[1] if event == "socket.connect" else args[0])


sys.addaudithook(_note)


@contextmanager
def contacts() -> Iterator[list[object]]:
    """Addresses that are connected to, and names that are looked up, in this process meanwhile."""
    global _made  # noqa: PLW0603 - an audit hook stays for good
    made: list[object] = []
    _made = made
    yield made
    _made = None


def server_tls(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


@asynccontextmanager
async def nonsense(answer: bytes) -> AsyncIterator[int]:
    """Something that listens, says this and hangs up; gives its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(3)
        writer.write(answer)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
async def test_socks(fetcher: Make, scheme: str) -> None:
    """A SOCKS proxy is given the feed's name, not an address; `socks5` is no other than `socks5h`."""
    async with site(FEED) as server, socks_proxy(server.port) as proxy, fetcher(lookup=no_lookup) as it:
        came = await it.fetch(Request(url="http://feeds.example/feed", proxy=by(scheme, proxy.port)))
    assert isinstance(came, Fetched)
    assert proxy.asked == ["socks feeds.example:80"]
    assert server.asked[0].headers["host"] == "feeds.example"


async def test_socks_with_tls(fetcher: Make, authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    """By a SOCKS proxy, too, the certificate must be the feed's."""
    tls = server_tls(authority, "feeds.example")
    async with site(FEED, tls=tls) as server, socks_proxy(server.port) as proxy:
        async with fetcher(lookup=no_lookup, tls=trusting) as it:
            good = await it.fetch(Request(url="https://feeds.example/", proxy=by("socks5", proxy.port)))
            wrong = await it.fetch(Request(url="https://other.example/", proxy=by("socks5", proxy.port)))
        async with fetcher(lookup=no_lookup) as it:
            unknown = await it.fetch(Request(url="https://feeds.example/", proxy=by("socks5", proxy.port)))
    assert isinstance(good, Fetched)
    assert [failure(wrong), failure(unknown)] == [Failure.TLS, Failure.TLS]


async def test_socks_with_a_password(fetcher: Make) -> None:
    """User and password go to the proxy; wrong ones are the proxy's refusal, and are not told."""
    async with site(FEED) as server, socks_proxy(server.port, login=b"me:s@cret") as proxy, fetcher() as it:
        good = await it.fetch(Request(url="http://feeds.example/", proxy=by("socks5", proxy.port, "me:s%40cret@")))
        bad = await it.fetch(Request(url="http://feeds.example/", proxy=by("socks5", proxy.port, "me:other@")))
    assert isinstance(good, Fetched)
    assert (failure(bad), "other" in str(bad)) == (Failure.PROXY, False)


@pytest.mark.parametrize(
    ("reply_code", "expected"),
    [
        (1, "proxy failed: general socks server failure"),
        (2, "proxy failed: connection not allowed by ruleset"),
        (4, "unreachable: host unreachable, says the proxy"),
        (5, "unreachable: connection refused, says the proxy"),
        (77, "proxy failed: invalid reply code: 0x4d"),
    ],
)
async def test_what_a_socks_proxy_refuses(fetcher: Make, reply_code: int, expected: str) -> None:
    """It is told apart whether the proxy fails, or the proxy can not reach the feed."""
    async with socks_proxy(0, refuses=reply_code) as proxy, fetcher() as it:
        came = await it.fetch(Request(url="http://feeds.example/", proxy=by("socks5", proxy.port)))
    assert isinstance(came, FetchFailed)
    assert came.reason == expected


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x05", b"\x05\xff", b"\x05\x00\x05\x00\x00\x03"]
)
async def test_what_is_no_socks_proxy(fetcher: Make, answer: bytes) -> None:
    """Whatever listens there instead of a proxy, the proxy is named as what fails."""
    async with nonsense(answer) as port, fetcher() as it:
        came = await it.fetch(Request(url="http://feeds.example/", proxy=by("socks5", port)))
    assert failure(came) is Failure.PROXY


async def test_a_site_that_hangs_up_behind_a_proxy(fetcher: Make) -> None:
    """A site that cuts the connection, as a censor does, is not mistaken for the proxy."""
    async with nonsense(b"") as port, socks_proxy(port) as socks, http_proxy(port) as http, fetcher() as it:
        for url in ("https://feeds.example/", "http://feeds.example/"):
            for proxy in (by("socks5", socks.port), by("http", http.port)):
                came = await it.fetch(Request(url=url, proxy=proxy))
                assert failure(came) in {Failure.CUT_OFF, Failure.UNREACHABLE}, (url, proxy.reveal())


@pytest.mark.parametrize("scheme", ["socks5", "http", "https"])
async def test_a_proxy_that_is_not_there(fetcher: Make, scheme: str) -> None:
    """When the proxy does not answer, the proxy is named, and nothing else is asked."""
    async with fetcher(lookup=no_lookup) as it:
        for url in ("http://feeds.example/", "https://feeds.example/"):
            came = await it.fetch(Request(url=url, proxy=by(scheme, 9)))
            assert failure(came) is Failure.PROXY


async def test_http(fetcher: Make) -> None:
    """An HTTP proxy is asked for the whole address; its password goes to it alone."""
    async with site(FEED) as server, http_proxy(server.port) as proxy, fetcher(lookup=no_lookup) as it:
        by_it = by("http", proxy.port, "me:s%40cret@")
        came = await it.fetch(Request(url="http://feeds.example/feed", proxy=by_it))
    assert isinstance(came, Fetched)
    assert proxy.asked == ["GET http://feeds.example/feed"]
    assert b"Proxy-Authorization: Basic bWU6c0BjcmV0" in proxy.said


async def test_a_proxy_with_tls(fetcher: Make, authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    """The way to an HTTPS proxy is encrypted for feeds without TLS, too, and its certificate must be its own."""
    async with (
        site(FEED) as server,
        http_proxy(server.port, tls=server_tls(authority, "127.0.0.1")) as proxy,
        http_proxy(server.port, tls=server_tls(authority, "other.example")) as wrong,
        fetcher(lookup=no_lookup, tls=trusting) as it,
    ):
        came = await it.fetch(Request(url="http://feeds.example/", proxy=by("https", proxy.port)))
        refused = await it.fetch(Request(url="http://feeds.example/", proxy=by("https", wrong.port)))
    assert isinstance(came, Fetched)
    assert proxy.asked == ["GET http://feeds.example/"]
    assert (failure(refused), wrong.asked) == (Failure.PROXY, [])


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_http_with_tls(fetcher: Make, authority: trustme.CA, trusting: ssl.SSLContext, scheme: str) -> None:
    """Through an HTTP or HTTPS proxy a feed with TLS is a tunnel: the proxy sees its name, no header of it."""
    tls = server_tls(authority, "feeds.example")
    own = server_tls(authority, "127.0.0.1") if scheme == "https" else None
    request = Request(url="https://feeds.example/feed", headers=(("X-Key", Secret("canary")),), auth=Secret("a:b"))
    async with (
        site(FEED, tls=tls) as server,
        http_proxy(server.port, tls=own) as proxy,
        fetcher(lookup=no_lookup, tls=trusting) as it,
    ):
        came = await it.fetch(replace(request, proxy=by(scheme, proxy.port)))
    assert isinstance(came, Fetched)
    assert proxy.asked == ["CONNECT feeds.example:443"]
    assert b"canary" not in proxy.said
    assert b"uthorization" not in proxy.said
    assert server.asked[0].headers["x-key"] == "canary"


async def test_a_tunnel_refused(fetcher: Make) -> None:
    """An HTTP proxy that opens no tunnel is named with its status."""
    async with http_proxy(0, refuses=407) as proxy, fetcher() as it:
        came = await it.fetch(Request(url="https://feeds.example/", proxy=by("http", proxy.port)))
    assert came == FetchFailed(failure=Failure.PROXY, detail="it answered 407")


async def test_redirects_go_by_the_proxy(fetcher: Make) -> None:
    """A redirect is asked by the proxy as well, and credentials stay with their origin."""
    async with site(lambda _: b"") as server, socks_proxy(server.port) as proxy, fetcher(lookup=no_lookup) as it:
        server.answer = lambda asked: (
            moved(301, "http://new.example/feed") if asked.headers["host"] == "old.example" else reply(body=b"feed")
        )
        proxied = by("socks5", proxy.port)
        came = await it.fetch(Request(url="http://old.example/", proxy=proxied, auth=Secret("me:secret")))
    assert isinstance(came, Fetched)
    assert proxy.asked == ["socks old.example:80", "socks new.example:80"]
    assert ["authorization" in each.headers for each in server.asked] == [True, False]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.1", "[::1]", "169.254.169.254", "0x7f.1", "localhost", "a.localhost.", "LOCALHOST"]
)
async def test_a_proxy_leads_no_feed_inside(fetcher: Make, host: str) -> None:
    """An inner address is refused in a feed and in a redirect before the proxy, which may stand inside, is asked."""
    async with (
        site(lambda _: moved(302, f"http://{host}/")) as server,
        socks_proxy(server.port) as proxy,
        fetcher(allow_private=[]) as it,
    ):
        direct = await it.fetch(Request(url=f"http://{host}/", proxy=by("socks5", proxy.port)))
        led = await it.fetch(Request(url="http://feeds.example/", proxy=by("socks5", proxy.port)))
    assert [failure(direct), failure(led)] == [Failure.FORBIDDEN_ADDRESS] * 2
    assert proxy.asked == ["socks feeds.example:80"]


async def test_what_is_allowed_is_asked_by_the_proxy(fetcher: Make) -> None:
    """A private place that the user allows can be asked by a proxy, too."""
    async with site(FEED) as server, socks_proxy(server.port) as proxy, fetcher(allow_private=["localhost"]) as it:
        came = await it.fetch(Request(url="http://localhost/", proxy=by("socks5", proxy.port)))
    assert isinstance(came, Fetched)


async def test_each_feed_by_its_own_way(fetcher: Make) -> None:
    """Feeds with different proxies, and one without, do not mix."""
    async with site(FEED) as server, socks_proxy(server.port) as one, http_proxy(server.port) as two, fetcher() as it:
        for proxy in (by("socks5", one.port), by("http", two.port), None):
            assert isinstance(await it.fetch(Request(url=server.url(), proxy=proxy)), Fetched)
    assert (len(one.asked), len(two.asked), len(server.asked)) == (1, 1, 3)


@pytest.mark.parametrize(("scheme", "serving"), [("socks5", socks_proxy), ("http", http_proxy)])
async def test_nothing_else_is_contacted(fetcher: Make, scheme: str, serving: Callable[..., Serving]) -> None:
    """R60: of all that this process connects to and looks up, there is only the proxy, and what the proxy asks."""
    async with site(FEED) as server, serving(server.port) as proxy, fetcher() as it:
        with contacts() as made:
            for url in ("http://feeds.example/", "http://192.88.98.1/"):
                assert isinstance(await it.fetch(Request(url=url, proxy=by(scheme, proxy.port))), Fetched)
    assert made == [("127.0.0.1", proxy.port), ("127.0.0.1", server.port)] * 2


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_environment_proxies_are_ignored(fetcher: Make, monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    """R58: a proxy that the environment names is not asked unless it is configured."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"{scheme}://127.0.0.1:9")
    async with site(FEED) as server, fetcher() as it:
        assert isinstance(await it.fetch(Request(url=server.url())), Fetched)


async def test_a_name_that_can_not_be(fetcher: Make) -> None:
    """A host name that no resolver takes is not found."""
    async with socks_proxy(0) as proxy, fetcher() as it:
        came = await it.fetch(Request(url=f"http://{'x' * 64}.example/", proxy=by("socks5", proxy.port)))
    assert failure(came) is Failure.NAME


def failure(came: FetchOutcome) -> Failure | None:
    return came.failure if isinstance(came, FetchFailed) else None
