from collections.abc import Callable

import pytest

from monitor import __version__
from monitor.fetch import Fetcher
from monitor.fetch.sessions import PROJECT_URL
from monitor.model.feed import Validators
from monitor.model.poll import Failure, Fetched, FetchFailed, NotModified, Request
from tests.fetch.loopback import Asked, reply, site

Make = Callable[..., Fetcher]

ODD = [
    Validators(etag='"plain"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT"),
    Validators(etag='W/"weak"'),
    Validators(etag="no-quotes-at-all"),
    Validators(etag='"a-gzip"', last_modified="yesterday, about noon"),
    Validators(etag='"with ""inner"" and, comma"'),
    Validators(etag='"новости"'),
    Validators(last_modified="2024-01-01T00:00:00+03:00"),
]


@pytest.mark.parametrize("odd", ODD)
async def test_r1_validators_return_as_they_came(fetcher: Make, odd: Validators) -> None:
    """A server gets back the very ETag and Last-Modified it gave, however odd."""
    given = {"ETag": odd.etag, "Last-Modified": odd.last_modified}
    first = reply(body=b"feed", **{name: value for name, value in given.items() if value})
    async with site(lambda _: first) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url()))
        assert isinstance(came, Fetched)
        assert odd == came.validators
        await it.fetch(Request(url=server.url(), validators=came.validators))
    assert odd.etag == server.asked[1].headers.get("if-none-match")
    assert odd.last_modified == server.asked[1].headers.get("if-modified-since")


async def test_a_validator_that_can_not_be_sent_back_is_not_kept(fetcher: Make) -> None:
    """An ETag in bytes that are not UTF-8 would come back changed, so the feed is asked without it."""
    raw = b'HTTP/1.1 200 OK\r\nETag: "\xff\xfe"\r\nContent-Length: 4\r\n\r\nfeed'
    async with site(lambda _: raw) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url()))
    assert isinstance(came, Fetched)
    assert Validators() == came.validators


async def test_r2_not_modified_brings_new_validators_and_keeps_the_others(fetcher: Make) -> None:
    """A 304 may renew one validator; the other stays as it was."""
    sent = Validators(etag='"1"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT")
    async with site(lambda _: reply("304 Not Modified", etag='"2"')) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url(), validators=sent))
    assert NotModified(validators=Validators(etag='"2"', last_modified=sent.last_modified)) == came


async def test_r2_both_validators_are_replaced_by_a_new_body(fetcher: Make) -> None:
    """After a 200 without ETag the old ETag is not used again."""
    async with site(lambda _: reply(body=b"feed", last_modified="Tue")) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url(), validators=Validators(etag='"1"', last_modified="Mon")))
    assert isinstance(came, Fetched)
    assert Validators(last_modified="Tue") == came.validators


async def test_not_modified_unasked_is_no_answer(fetcher: Make) -> None:
    """A server that says "not modified" to a first request has told us nothing."""
    async with site(lambda _: reply("304 Not Modified")) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url()))
    assert FetchFailed(failure=Failure.HTTP, detail="304 Not Modified", status=304) == came


async def test_r18_who_asks_and_how(fetcher: Make) -> None:
    """R18: a server sees who asks and what we understand; no cookies, no referrer, nothing added to its address."""

    def answer(asked: Asked) -> bytes:
        links = "</feed>; rel=alternate\r\nLink: <https://hub.example/>; rel=hub"
        return reply(body=b"feed", set_cookie="a=b; Path=/", content_type="text/xml", content_language="uk", link=links)

    async with site(answer) as server, fetcher() as it:
        await it.fetch(Request(url=server.url("/a%7eb/%D0%BF?x=%2f&y=a+b#part")))
        came = await it.fetch(Request(url=server.url("/новости?q=мир")))
    first, second = server.asked
    assert first.path == "/a%7eb/%D0%BF?x=%2f&y=a+b"
    assert second.path == "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8?q=%D0%BC%D0%B8%D1%80"
    assert first.headers["user-agent"] == f"rss-monitor/{__version__} (+{PROJECT_URL})"
    assert first.headers["accept-encoding"] == "gzip, deflate, br, zstd"
    assert not {"cookie", "referer", "authorization"} & (first.headers.keys() | second.headers.keys())
    assert isinstance(came, Fetched)
    assert (came.body, came.content_type, came.content_language) == (b"feed", "text/xml", "uk")
    assert came.link == "</feed>; rel=alternate, <https://hub.example/>; rel=hub"


async def test_r18_cookies_are_kept_neither_over_redirects_nor_over_polls(fetcher: Make) -> None:
    """R18: what a site would have us remember is forgotten, on the way and until the next time."""

    def answer(asked: Asked) -> bytes:
        status = "302 Found" if asked.path == "/old" else "200 OK"
        return reply(status, body=b"feed", location="/feed", set_cookie="id=1; Path=/; Max-Age=9999")

    async with site(answer) as server, fetcher() as it:
        for _ in range(2):
            assert isinstance(await it.fetch(Request(url=server.url("/old"))), Fetched)
    assert server.paths == ["/old", "/feed"] * 2
    assert not {"cookie", "referer"} & {name for asked in server.asked for name in asked.headers}


async def test_user_and_password_are_sent_but_not_told(fetcher: Make) -> None:
    """Credentials in an address go to its server and appear nowhere else."""
    async with site(lambda _: reply(body=b"feed")) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url(host="me%40here:s%3Acret@127.0.0.1")))
    assert server.asked[0].headers["authorization"] == "Basic bWVAaGVyZTpzOmNyZXQ="
    assert isinstance(came, Fetched)
    assert came.url == server.url()


async def test_proxies_of_the_environment_are_ignored(fetcher: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """What HTTP_PROXY says does not decide where requests go."""
    async with site(lambda _: reply()) as proxy, site(lambda _: reply(body=b"feed")) as server, fetcher() as it:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url(""))
        assert isinstance(await it.fetch(Request(url=server.url())), Fetched)
    assert proxy.asked == []
