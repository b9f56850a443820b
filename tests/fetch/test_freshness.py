from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from monitor.fetch import Fetcher
from monitor.fetch.answer import freshness
from monitor.model.feed import Validators
from monitor.model.poll import Fetched, NotModified, Request
from tests.fetch.loopback import always, reply, site

Make = Callable[..., Fetcher]
NOW = datetime(2024, 5, 6, 8, 0, tzinfo=UTC)
IN_AN_HOUR = {"Expires": "Mon, 06 May 2024 09:00:00 GMT"}


@pytest.mark.parametrize(
    ("cache_control", "headers", "minutes"),
    [
        ("max-age=600", {}, 10),
        ("public, Max-Age = 600 , stale-if-error=9", {}, 10),
        ('max-age="600"', {}, 10),
        ("max-age=600", {"Age": "540"}, 1),
        ("max-age=600", {"Age": "601"}, 0),
        ("max-age=600", {"Age": "old"}, 10),
        ("max-age=600", IN_AN_HOUR, 10),
        ("no-cache, max-age=600", IN_AN_HOUR, 0),
        ("no-store", {}, 0),
        ('no-cache="set-cookie", max-age=600', {}, 10),
        ("max-age=-1", {}, None),
        ("max-age=99999999999999999999", {}, 24 * 60),
        ("private", {}, None),
        ("", {}, None),
        ("", IN_AN_HOUR, 60),
        ("", {**IN_AN_HOUR, "Age": "600"}, 50),
        ("", {**IN_AN_HOUR, "Date": "Mon, 06 May 2024 08:45:00 GMT"}, 15),
        ("", {"Expires": "Mon May  6 08:30:00 2024"}, 30),
        ("", {"Expires": "Mon, 06 May 2013 08:08:09 GMT"}, 0),
        ("", {"Expires": "0"}, None),
        ("", {"Expires": "-1"}, None),
    ],
)
def test_r4_how_long_an_answer_stays_fresh(cache_control: str, headers: dict[str, str], minutes: int | None) -> None:
    """R4: max-age without Age, else Expires; "no-cache" voids both, and what is not understood says nothing."""
    expected = None if minutes is None else timedelta(minutes=minutes)
    assert expected == freshness(headers, cache_control=cache_control, now=NOW)


async def test_r4_both_kinds_of_answers_say_how_long_they_stay_fresh(fetcher: Make) -> None:
    """R4: a 304 counts as much as a document, and so do several headers of one name."""
    both = always(reply(body=b"feed", cache_control="public\r\nCache-Control: max-age=60"))
    async with site(both) as server, fetcher() as it:
        came = await it.fetch(Request(url=server.url()))
        server.answer = always(reply("304 Not Modified", cache_control="max-age=120"))
        again = await it.fetch(Request(url=server.url(), validators=Validators(etag='"1"')))
    assert isinstance(came, Fetched)
    assert isinstance(again, NotModified)
    assert (timedelta(minutes=1), timedelta(minutes=2)) == (came.fresh, again.fresh)
