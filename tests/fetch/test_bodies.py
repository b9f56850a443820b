import gzip
import sys
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta

import brotli
import pytest

from monitor.fetch import Fetcher, Limits
from monitor.fetch.coding import Body
from monitor.fetch.fault import Unusable
from monitor.model.poll import Failure, Fetched, FetchFailed, Request
from tests.fetch.loopback import for_ever, nothing, reply, site

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Make = Callable[..., Fetcher]

FEED = b"<rss>" + bytes(range(256)) * 800 + b"</rss>"


def bare_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


CODED = {
    "none": ("", FEED),
    "identity": ("identity", FEED),
    "a charset in the wrong place": ("UTF-8", FEED),
    "gzip": ("gzip", gzip.compress(FEED)),
    "gzip, loud": (" GZip", gzip.compress(FEED)),
    "gzip, two members": ("x-gzip", gzip.compress(FEED[:99]) + gzip.compress(FEED[99:])),
    "gzip, then rubbish": ("gzip", gzip.compress(FEED) + b"\0\0\0"),
    "deflate": ("deflate", zlib.compress(FEED)),
    "deflate, bare": ("deflate", bare_deflate(FEED)),
    "br": ("br", brotli.compress(FEED)),
    "zstd": ("zstd", zstd.compress(FEED)),
    "zstd, two frames": ("zstd", zstd.compress(FEED[:99]) + zstd.compress(FEED[99:])),
}


@pytest.mark.parametrize("size", [1, 1000, 1_000_000])
@pytest.mark.parametrize("case", CODED)
def test_every_coding_in_pieces_of_any_size(case: str, size: int) -> None:
    """A body is the same however it is packed and however it trickles in."""
    encoding, data = CODED[case]
    body = Body(encoding, limit=len(FEED))
    for start in range(0, len(data), size):
        body.add(data[start : start + size])
    assert body.whole() == FEED


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: b"\xff\xee" + data[2:], lambda _: b"x" * 99])
def test_a_damaged_coding_is_a_failure(encoding: str, damage: Callable[[bytes], bytes]) -> None:
    """Half a body, or rubbish, never passes for a feed."""
    body = Body(encoding, limit=len(FEED))
    with pytest.raises(Unusable) as refusal:  # noqa: PT012 - it may show at once or at the end
        body.add(damage(CODED[encoding][1]))
        body.whole()
    assert refusal.value.failure is Failure.BAD_ENCODING


def bombs() -> Iterator[tuple[str, bytes]]:
    blank = bytes(20_000_000)
    yield "gzip", gzip.compress(blank)
    yield "gzip", gzip.compress(bytes(1_000_000)) * 20
    yield "deflate", zlib.compress(blank)
    yield "br", brotli.compress(blank, quality=1, lgwin=24)
    yield "zstd", zstd.compress(blank)
    yield "zstd", zstd.compress(bytes(1_000_000)) * 20


def test_r14_a_bomb_costs_no_more_than_the_cap() -> None:
    """A few hundred bytes that stand for 20 MB are given up at the cap, in little memory."""
    for encoding, data in bombs():
        body = Body(encoding, limit=1_000_000)
        tracemalloc.start()
        with pytest.raises(Unusable, match="too large: more than 1 MB"):
            body.add(data)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 4_000_000, encoding


@pytest.mark.parametrize("encoding", ["compress", "gzip, br", "rubbish"])
async def test_a_coding_that_was_not_asked_for(fetcher: Make, encoding: str) -> None:
    """An unknown coding is named as the reason."""
    async with site(lambda _: reply(body=b"feed", content_encoding=encoding)) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url()))
    assert FetchFailed(failure=Failure.BAD_ENCODING, detail="unknown coding") == came


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
async def test_coded_bodies_arrive_decoded(fetcher: Make, encoding: str) -> None:
    """A feed may come packed in any way we say we understand."""
    answer = reply(body=CODED[encoding][1], content_encoding=encoding)
    async with site(lambda _: answer) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url()))
    assert isinstance(came, Fetched)
    assert came.body == FEED


@pytest.mark.parametrize("answer", [reply(), reply(body=gzip.compress(b""), content_encoding="gzip")])
async def test_an_empty_answer(fetcher: Make, answer: bytes) -> None:
    """A 200 without a body is a failure: a feed never vanishes in silence."""
    async with site(lambda _: answer) as server, fetcher() as it:
        assert FetchFailed(failure=Failure.EMPTY) == await it.fetch(Request(url=server.url()))


async def test_r14_an_endless_body(fetcher: Make) -> None:
    """A body without end is given up at the cap."""
    start = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n"
    async with site(lambda _: for_ever(start, bytes(100_000))) as server, fetcher(limits=Limits(body=10**6)) as it:
        came = await it.fetch(Request(url=server.url()))
    assert FetchFailed(failure=Failure.TOO_LARGE, detail="more than 1 MB") == came


async def test_an_endless_header(fetcher: Make) -> None:
    """A header without end is given up."""
    start = b"HTTP/1.1 200 OK\r\n"
    async with site(lambda _: for_ever(start, b"X: y\r\n" * 100)) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url()))
    assert FetchFailed(failure=Failure.HTTP, detail="the answer is not HTTP") == came


async def drip() -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
    async for piece in nothing():
        yield piece


@pytest.mark.parametrize("slow", [nothing, drip])
async def test_r14_a_slow_answer(fetcher: Make, slow: Callable[[], AsyncIterator[bytes]]) -> None:
    """A server that never comes to an end, in the header or in the body, is given up when the time is over."""
    limits = Limits(time=timedelta(seconds=0.3))
    async with site(lambda _: slow()) as server, fetcher(limits=limits) as it:
        came = await it.fetch(Request(url=server.url()))
    assert FetchFailed(failure=Failure.TIMED_OUT, detail="after 0.3 s") == came


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        (b"", "no answer"),
        (b"HTTP/1.1 200 OK\r\nContent-", "no answer"),
        (reply(body=b"feed")[:-2], "within the body"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfeed\r\n", "within the body"),
    ],
)
async def test_an_answer_cut_off(fetcher: Make, answer: bytes, detail: str) -> None:
    """A part of a body never passes for the whole, and the server is not asked again at once."""
    async with site(lambda _: answer) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url()))
    assert FetchFailed(failure=Failure.CUT_OFF, detail=detail) == came
    assert len(server.asked) == 1
