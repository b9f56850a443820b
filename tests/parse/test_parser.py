"""Parsing behind its limits: whatever the bytes are, the answer is a value."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from monitor.model.feed import Validators
from monitor.model.poll import Failure, Fetched, Parsed, ParseFailed
from monitor.parse import Parser

_FEED = b"<rss version='2.0'><channel><item><title>One</title></item></channel></rss>"
#: Many times the few seconds that one good parse takes on a busy machine.
_PATIENCE = 60.0

pytestmark = pytest.mark.asyncio(loop_scope="module")


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
    """A document that needs more memory than its share is refused, and the next feed is parsed again."""
    parser = Parser(children=1, seconds=_PATIENCE, memory=500_000_000)
    large = b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"{}," * 8_000_000 + b"{}]}"

    refused = await parser.parse(_fetched(large))
    after = await parser.parse(_fetched(_FEED))
    parser.close()

    assert refused == ParseFailed(failure=Failure.PARSE_KILLED, detail="out of memory")
    assert isinstance(after, Parsed)


async def test_path_or_address_as_body_opens_nothing(parser: Parser, tmp_path: Path) -> None:
    """A body that is the path or the address of a feed is no feed: nobody opens it."""
    path = tmp_path / "secret.xml"
    path.write_bytes(_FEED)

    for body in (str(path), path.as_uri(), "http://127.0.0.1:9/feed", "feed://127.0.0.1:9/feed"):
        outcome = await parser.parse(_fetched(body.encode()))
        assert outcome == ParseFailed(failure=Failure.NOT_A_FEED, detail="neither XML nor JSON")
