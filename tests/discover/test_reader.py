"""Pages are read in a child process that can be stopped."""

from collections.abc import Iterator

import pytest

from monitor.discover.page import Kind, Link
from monitor.discover.reader import PageReader
from monitor.model.feed import Validators
from monitor.model.poll import Fetched

BODY = b"<link rel=alternate type=application/rss+xml href=/feed>"


def page(body: bytes) -> Fetched:
    return Fetched(body=body, content_type="text/html", url="https://paper.example/", validators=Validators())


@pytest.fixture
def reader() -> Iterator[PageReader]:
    reader = PageReader(seconds=60)
    yield reader
    reader.close()


async def test_a_page_is_read(reader: PageReader) -> None:
    """The links come back from the child."""
    assert await reader.links(page(BODY)) == (Link(url="https://paper.example/feed", kind=Kind.DECLARED),)


async def test_a_page_that_takes_too_long() -> None:
    """A page that is not read in time has no links, and the search goes on."""
    reader = PageReader(seconds=0)
    try:
        assert await reader.links(page(BODY)) == ()
    finally:
        reader.close()
