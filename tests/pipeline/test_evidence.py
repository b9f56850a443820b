"""What an alert was made of is kept with it."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model.feed import Address, Validators
from monitor.model.poll import Failure, Fetched, FetchFailed
from monitor.model.secret import Secret
from monitor.pipeline import drop_old_evidence
from tests.pipeline.conftest import URL, Newsroom
from tests.pipeline.test_floods import flooded

BODY = b"1 | The mobilized\n0 | Quiet"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
async def baseline(newsroom: Newsroom) -> None:
    await newsroom.poll("0 | Quiet")


def answer(body: bytes = BODY, url: str = f"{URL}?session=2") -> Fetched:
    validators = Validators(etag='"7"', last_modified="Mon, 03 Jun 2024 12:00:00 GMT")
    return Fetched(body=body, content_type="text/plain", url=url, validators=validators)


async def test_the_document(newsroom: Newsroom) -> None:
    """With an alert stand the final address, time, validators and SHA-256 of its document, and the very bytes."""
    newsroom.fetcher.pages[URL] = answer()
    await newsroom.poll_as_is()
    [record] = newsroom.store.alerts()
    found = record.evidence
    assert found is not None
    assert (found.url, found.fetched, found.content_type) == (f"{URL}?session=2", newsroom.clock(), "text/plain")
    assert found.validators == answer().validators
    assert found.sha256 == hashlib.sha256(BODY).hexdigest()
    assert newsroom.store.document(found.sha256) == BODY


async def test_only_where_there_is_an_alert(newsroom: Newsroom) -> None:
    """Documents that nobody is alerted of are not kept."""
    await newsroom.poll("1 | Still quiet", "0 | Quiet")
    assert newsroom.store.document(hashlib.sha256(b"1 | Still quiet\n0 | Quiet").hexdigest()) is None


async def test_switched_off(newsroom: Newsroom) -> None:
    """Nothing is kept where the user wants nothing kept; what was kept before stays."""
    await newsroom.poll("1 | The mobilized", "0 | Quiet")
    newsroom.evidence = None
    await newsroom.poll("2 | More mobilized", "1 | The mobilized", "0 | Quiet")
    await drop_old_evidence(newsroom.store, newsroom.records, newsroom.desk, now=newsroom.clock() + 900 * DAY)
    first, second = newsroom.store.alerts()
    assert second.evidence is None
    assert first.evidence is not None
    assert newsroom.store.document(first.evidence.sha256) is not None


async def test_a_secret_address(newsroom: Newsroom) -> None:
    """Where the feed's address holds a secret, it is kept as it is shown, and a redirect with it not at all."""
    shown = "https://paper.example/***/feed"
    newsroom.feed = replace(newsroom.feed, shown_url=shown)
    newsroom.feeds = (newsroom.feed,)
    newsroom.store.sync(newsroom.feeds, now=newsroom.clock())
    newsroom.fetcher.pages[URL] = answer(url=f"{URL}?token=s3cret")
    await newsroom.poll_as_is()
    [record] = newsroom.store.alerts()
    assert record.evidence is not None
    assert record.evidence.url == shown


async def test_a_mirror(newsroom: Newsroom) -> None:
    """What came from a mirror says so."""
    mirror = Address(url=Secret("https://mirror.example/s3cret"), shown="https://mirror.example/***")
    newsroom.feed = replace(newsroom.feed, mirrors=(mirror,))
    newsroom.fetcher.pages = {
        URL: FetchFailed(failure=Failure.UNREACHABLE),
        "https://mirror.example/s3cret": answer(url="https://mirror.example/s3cret"),
    }
    await newsroom.poll_as_is(newsroom.feed)
    [record] = newsroom.store.alerts()
    assert record.evidence is not None
    assert record.evidence.url == "https://mirror.example/***"


async def test_bytes_go_with_time(newsroom: Newsroom) -> None:
    """After the time that the user says the bytes go; what they were stays known."""
    await newsroom.poll("1 | The mobilized", "0 | Quiet")
    newsroom.clock.advance(80 * DAY)
    await newsroom.poll("2 | More mobilized", "1 | The mobilized", "0 | Quiet")
    newsroom.clock.advance(11 * DAY)
    await drop_old_evidence(newsroom.store, newsroom.records, newsroom.desk, now=newsroom.clock())
    documents = [newsroom.store.document(each.evidence.sha256) for each in newsroom.store.alerts() if each.evidence]
    assert documents == [None, b"2 | More mobilized\n1 | The mobilized\n0 | Quiet"]


async def test_released_alerts_have_theirs(newsroom: Newsroom) -> None:
    """What is held as a flood keeps its document, and its alerts have it once they are released."""
    await flooded(newsroom)
    feed = newsroom.fetcher.pages[URL]
    newsroom.restart()
    newsroom.clock.advance(80 * DAY)
    newsroom.store.release("paper", at=newsroom.clock(), routes=newsroom.desk.routes)
    newsroom.clock.advance(11 * DAY)
    await drop_old_evidence(newsroom.store, newsroom.records, newsroom.desk, now=newsroom.clock())
    found = [each.evidence for each in newsroom.store.alerts()]
    assert [each and newsroom.store.document(each.sha256) for each in found] == [feed] * 10


async def test_a_flood_that_is_accepted(newsroom: Newsroom) -> None:
    """Of what is taken for old news, the document goes with its time like any other."""
    await flooded(newsroom)
    document = newsroom.fetcher.pages[URL]
    assert isinstance(document, bytes)
    sha256 = hashlib.sha256(document).hexdigest()
    assert newsroom.store.document(sha256) == document
    newsroom.store.accept("paper")
    newsroom.clock.advance(91 * DAY)
    await drop_old_evidence(newsroom.store, newsroom.records, newsroom.desk, now=newsroom.clock())
    assert newsroom.store.document(sha256) is None
