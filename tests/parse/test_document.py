"""Whatever the bytes are, the answer is a value."""

from datetime import UTC, datetime

import pytest

from monitor.model.feed import Validators
from monitor.model.poll import Failure, Fetched, Parsed, ParseFailed
from monitor.parse.dates import moment
from monitor.parse.document import parse_document

_FEED = b"<rss version='2.0'><channel><item><title>One</title></item></channel></rss>"


def _fetched(body: bytes) -> Fetched:
    return Fetched(body=body, content_type="", url="http://feed.example/rss", validators=Validators())


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (b"", Failure.EMPTY),
        (b" \r\n\t", Failure.EMPTY),
        (b"Access denied", Failure.NOT_A_FEED),
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
def test_no_feed(body: bytes, failure: Failure) -> None:
    """Nothing, noise, binaries and half-built documents are named, not raised."""
    outcome = parse_document(_fetched(body))

    assert isinstance(outcome, ParseFailed)
    assert failure == outcome.failure
    assert outcome.reason


def test_r14_many_entries() -> None:
    """Of a feed without end the first 2,000 entries are taken, and how many were left is told."""
    items = b"".join(b"<item><title>%d</title></item>" % number for number in range(2005))

    outcome = parse_document(_fetched(b"<rss version='2.0'><channel>" + items + b"</channel></rss>"))

    assert isinstance(outcome, Parsed)
    assert (len(outcome.entries), outcome.dropped) == (2000, 5)
    assert outcome.entries[0].title == "0"


def test_many_entries_from_old_to_new() -> None:
    """Where such a feed has its newest entries at the end, the end is taken."""
    items = b"".join(
        b"<item><title>%d</title><pubDate>Tue, 05 Mar %d 12:30:00 GMT</pubDate></item>" % (number, 1990 + number // 100)
        for number in range(2005)
    )

    outcome = parse_document(_fetched(b"<rss version='2.0'><channel>" + items + b"</channel></rss>"))

    assert isinstance(outcome, Parsed)
    assert (outcome.entries[0].title, outcome.entries[-1].title) == ("5", "2004")


def test_deep_nesting() -> None:
    """Markup nested a hundred thousand deep is text like any other."""
    deep = b"<![CDATA[" + b"<div>" * 100_000 + b"core" + b"</div>" * 100_000 + b"]]>"

    outcome = parse_document(
        _fetched(_FEED.replace(b"One", b"One</title><description>" + deep + b"</description><title>"))
    )

    assert isinstance(outcome, Parsed)
    assert outcome.entries[0].summary == "core"


def test_text_can_be_stored() -> None:
    """Characters that no store takes are dropped from every field."""
    outcome = parse_document(
        _fetched(b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "a\\u0000\\ud800b"}]}')
    )

    assert isinstance(outcome, Parsed)
    assert outcome.entries[0].id == "ab"


def test_date_out_of_range() -> None:
    """A date that no calendar has is none; a leap second is the second before."""
    assert moment((10000, 1, 1, 0, 0, 0)) is None
    assert moment((2016, 12, 31, 23, 59, 60)) == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)
