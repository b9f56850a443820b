import asyncio
import ssl
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest
import trustme

from monitor.fetch import Fetcher
from monitor.model.poll import Failure, Fetched, FetchFailed, Request
from tests.fetch.loopback import Answer, Site, moved, reply, site

Make = Callable[..., Fetcher]
Secure = Callable[[Answer], AbstractAsyncContextManager[Site]]


@pytest.fixture
def secure_site(authority: trustme.CA) -> Secure:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return lambda answer: site(answer, tls=context)


async def test_https(fetcher: Make, secure_site: Secure, trusting: ssl.SSLContext) -> None:
    """A feed is read over https, and a redirect from http to https is followed."""
    async with (
        secure_site(lambda _: reply(body=b"feed")) as server,
        site(lambda _: moved(301, server.url())) as plain,
        fetcher(tls=trusting) as it,
    ):
        came = await it.fetch(Request(url=plain.url()))
    assert isinstance(came, Fetched)
    assert came.moved_to == server.url()


async def test_never_from_https_to_http(fetcher: Make, secure_site: Secure, trusting: ssl.SSLContext) -> None:
    """A redirect that would give up encryption is not followed."""
    async with (
        site(lambda _: reply(body=b"feed")) as plain,
        secure_site(lambda _: moved(301, plain.url())) as server,
        fetcher(tls=trusting) as it,
    ):
        came = await it.fetch(Request(url=server.url()))
    assert FetchFailed(failure=Failure.REDIRECTS, detail="from https to http") == came
    assert plain.asked == []


async def test_a_certificate_that_nobody_vouches_for(fetcher: Make, secure_site: Secure) -> None:
    """A certificate of an unknown authority is not accepted, and nothing is asked."""
    async with secure_site(lambda _: reply(body=b"feed")) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url()))
    assert isinstance(came, FetchFailed)
    assert came.failure is Failure.TLS
    assert "unable to get local issuer certificate" in came.detail
    assert server.asked == []


async def test_a_server_that_does_not_speak_tls(fetcher: Make) -> None:
    """An https address of a plain http server says so."""

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(reply("400 Bad Request"))
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server, fetcher() as it:
        came = await it.fetch(Request(url=f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"))
    assert FetchFailed(failure=Failure.TLS, detail="wrong version number") == came
