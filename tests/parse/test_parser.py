"""Parsing behind its limits: whatever the bytes are, the answer is a value."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from monitor.child import Child, warm
from monitor.model.feed import Validators
from monitor.model.poll import Failure, Fetched, Parsed, ParseFailed
from monitor.parse import Parser
from monitor.parse.parser import MEMORY, limit_memory

_FEED = b"<rss version='2.0'><channel><item><title>One</title></item></channel></rss>"
#: Many times the few seconds that one good parse takes on a busy machine.
_PATIENCE = 60.0

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    warm(["monitor.parse"])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def parser() -> AsyncIterator[Parser]:
    made = Parser(children=1, seconds=_PATIENCE)
    yield made
    made.close()


def _fetched(body: bytes, content_type: str = "application/rss+xml") -> Fetched:
    return Fetched(body=body, content_type=content_type, url="http://feed.example/rss", validators=Validators())


async def test_feed(parser: Parser) -> None:
    """A feed's entries come back from the child process."""
    outcome = await parser.parse(_fetched(_FEED))

    assert isinstance(outcome, Parsed)
    assert [entry.title for entry in outcome.entries] == ["One"]


async def test_endless_parse_is_killed() -> None:
    """A field that holds the parser up for half a minute costs its limit, and the next feed is parsed again."""
    parser = Parser(children=1, seconds=4)
    slow = _FEED.replace(b"<title>One", b"<author>" + b"a" * 100_000 + b"</author><title>One")

    killed = await parser.parse(_fetched(slow))
    after = await parser.parse(_fetched(_FEED))
    parser.close()

    assert killed == ParseFailed(failure=Failure.PARSE_KILLED, detail="no answer within 4 s")
    assert isinstance(after, Parsed)


@pytest.mark.skipif(sys.platform != "linux", reason="macOS does not limit a process's memory")
async def test_memory_is_limited() -> None:
    """What asks for more memory than its share gets an error, not the machine's memory."""
    child = Child(_allocate, prepare=limit_memory)

    with pytest.raises(MemoryError):
        await child.call(MEMORY, seconds=_PATIENCE)
    assert await child.call(MEMORY // 8, seconds=_PATIENCE) == MEMORY // 8
    child.close()


def _allocate(size: int) -> int:
    return len(bytearray(size))


async def test_path_or_address_as_body_opens_nothing(parser: Parser, tmp_path: Path) -> None:
    """A body that is the path or the address of a feed is no feed: nobody opens it."""
    path = tmp_path / "secret.xml"
    path.write_bytes(_FEED)

    for body in (str(path), path.as_uri(), "http://127.0.0.1:9/feed", "feed://127.0.0.1:9/feed"):
        outcome = await parser.parse(_fetched(body.encode()))
        assert outcome == ParseFailed(failure=Failure.NOT_A_FEED, detail="neither XML nor JSON")


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (b"", Failure.EMPTY),
        (b" \r\n\t", Failure.EMPTY),
        (b"\0" * 1000, Failure.NOT_A_FEED),
        (bytes(range(256)) * 100, Failure.NOT_A_FEED),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", Failure.NOT_A_FEED),
        (b"<" * 100_000, Failure.NOT_A_FEED),
        (b"<!--" * 100_000, Failure.NOT_A_FEED),
        (b"<a>" * 10_000, Failure.NOT_A_FEED),
        (b"<script>location='/x'</script>", Failure.NOT_A_FEED),
        (b"[" * 100_000, Failure.NOT_A_FEED),
        (b'{"version": ' + b"[" * 100_000, Failure.NOT_A_FEED),
        (b"<rss xmlns:gml='http://www.opengis.net/gml'><item><gml:pos>1 2</gml:pos></item></rss>", Failure.NOT_A_FEED),
    ],
    ids=lambda value: repr(value[:12]) if isinstance(value, bytes) else "",
)
async def test_no_feed(parser: Parser, body: bytes, failure: Failure) -> None:
    """Nothing, noise, binaries and half-built documents are named, not raised."""
    outcome = await parser.parse(_fetched(body))

    assert isinstance(outcome, ParseFailed)
    assert failure == outcome.failure
    assert outcome.reason


async def test_many_entries(parser: Parser) -> None:
    """Of a feed without end the first 2,000 entries are taken, and how many were left is told."""
    items = b"".join(b"<item><title>%d</title></item>" % number for number in range(2005))

    outcome = await parser.parse(_fetched(b"<rss version='2.0'><channel>" + items + b"</channel></rss>"))

    assert isinstance(outcome, Parsed)
    assert (len(outcome.entries), outcome.dropped) == (2000, 5)
    assert outcome.entries[0].title == "0"


async def test_deep_nesting(parser: Parser) -> None:
    """Markup nested a hundred thousand deep is text like any other."""
    deep = b"<![CDATA[" + b"<div>" * 100_000 + b"core" + b"</div>" * 100_000 + b"]]>"

    outcome = await parser.parse(
        _fetched(_FEED.replace(b"One", b"One</title><description>" + deep + b"</description><title>"))
    )

    assert isinstance(outcome, Parsed)
    assert outcome.entries[0].summary == "core"


async def test_text_can_be_stored(parser: Parser) -> None:
    """Characters that no store takes are dropped from every field."""
    outcome = await parser.parse(
        _fetched(b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "a\\u0000\\ud800b"}]}')
    )

    assert isinstance(outcome, Parsed)
    assert outcome.entries[0].id == "ab"
