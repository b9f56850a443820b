"""A sign of life after each whole cycle, and none when something is left undone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from monitor.model.alert import Outcome, Result
from monitor.model.feed import Validators
from monitor.model.poll import Failure, Fetched, FetchFailed, FetchOutcome
from monitor.model.record import Milestone
from monitor.model.secret import Secret
from monitor.pipeline import Desk, Heartbeat
from monitor.testing import FakeFetcher
from tests.pipeline.conftest import URL, Newsroom

ADDRESS = "http://10.0.0.7/ping/c0ffee"
FINE = Fetched(body=b"OK", content_type="text/plain", url=ADDRESS, validators=Validators())


class Heart:
    """A newsroom with a heartbeat address, and what came there."""

    def __init__(self, data: Path) -> None:
        self.room = Newsroom(data)
        self.site = FakeFetcher({ADDRESS: FINE})
        self.begin()

    def begin(self) -> None:
        self.heartbeat = Heartbeat(
            store=self.room.store,
            fetcher=self.site,
            gates=self.room.outbox.gates,
            records=self.room.records,
            clock=self.room.clock,
        )

    @property
    def desk(self) -> Desk:
        desk = self.room.desk
        settings = replace(desk.configuration.settings, heartbeat=Secret(ADDRESS))
        return Desk.of(replace(desk.configuration, settings=settings))

    async def beats(self, *, after: timedelta = timedelta(0)) -> bool:
        """Whether a sign came."""
        self.room.clock.advance(after)
        before = len(self.site.requests)
        await self.heartbeat.beat(self.desk)
        return len(self.site.requests) > before


@pytest.fixture
def heart(tmp_path: Path) -> Iterator[Heart]:
    heart = Heart(tmp_path / "data")
    yield heart
    heart.room.close()


async def test_all_is_well(heart: Heart) -> None:
    """While feeds are asked and messages go, the address is asked for."""
    await heart.room.poll("1 | Quiet")
    assert await heart.beats()
    assert heart.site.requests[0].url == ADDRESS
    assert heart.room.store.milestone(Milestone.HEARTBEAT) == heart.room.clock()


async def test_without_an_address(heart: Heart) -> None:
    """Nobody is asked where the configuration names no address."""
    await heart.heartbeat.beat(heart.room.desk)
    assert heart.site.requests == []


async def test_polls_are_stuck(heart: Heart) -> None:
    """When a feed is due for a quarter of an hour and none is asked, there is no sign; with polls it is back."""
    await heart.room.poll("1 | Quiet")
    assert await heart.beats(after=timedelta(minutes=14))
    assert not await heart.beats(after=timedelta(hours=1))
    await heart.room.poll_as_is()
    assert await heart.beats()


async def test_one_feed_is_forgotten(heart: Heart) -> None:
    """One feed that is not asked while others are is borne for six hours: its host may have very many."""
    other = replace(heart.room.feed, name="other", url=Secret(URL + "2"), shown_url=URL + "2")
    heart.room.feeds = (heart.room.feed, other)
    heart.room.store.sync(heart.room.feeds, now=heart.room.clock())
    heart.room.clock.advance(timedelta(hours=5))
    await heart.room.poll("1 | Quiet")
    assert await heart.beats()
    heart.room.clock.advance(timedelta(hours=2))
    await heart.room.poll_as_is()
    assert not await heart.beats()


async def test_a_server_that_wants_to_be_left_alone(heart: Heart) -> None:
    """A feed whose server asked to be left alone is not overdue."""
    until = heart.room.clock() + timedelta(hours=20)
    heart.room.fetcher.pages[URL] = FetchFailed(failure=Failure.HTTP, status=429, retry_after=until)
    await heart.room.poll_as_is()
    assert await heart.beats(after=timedelta(hours=19))


async def test_deliveries_are_stuck(heart: Heart) -> None:
    """When a message is due for a quarter of an hour and none is tried, there is no sign."""
    await heart.room.poll("0 | Quiet")
    await heart.room.poll("1 | The mobilized", "0 | Quiet")
    heart.room.clock.advance(timedelta(minutes=20))
    await heart.room.poll_as_is()
    assert not await heart.beats()
    await heart.room.deliver()
    assert await heart.beats()


async def test_a_receiver_that_fails(heart: Heart) -> None:
    """A receiver that is out is told of through others, and is no reason to be silent."""
    failed = Outcome(result=Result.FAILED, reason="HTTP 503")
    heart.room.notifier.answers["desk"] = failed
    await heart.room.poll("0 | Quiet")
    await heart.room.poll("1 | The mobilized", "0 | Quiet")
    for _ in range(6):
        await heart.room.deliver()
        heart.room.clock.advance(timedelta(minutes=5))
        await heart.room.poll_as_is()
        assert await heart.beats()


async def test_after_a_start(heart: Heart) -> None:
    """What lay undone while the program did not run is given a quarter of an hour."""
    await heart.room.poll("1 | Quiet")
    heart.room.clock.advance(timedelta(days=3))
    heart.room.restart()
    heart.begin()
    assert await heart.beats(after=timedelta(minutes=10))
    assert not await heart.beats(after=timedelta(minutes=10))


@pytest.mark.parametrize(
    ("answer", "taken"),
    [
        (FetchFailed(failure=Failure.HTTP, detail="202", status=202), True),
        (FetchFailed(failure=Failure.TOO_LARGE, detail="over 1 MB"), True),
        (FetchFailed(failure=Failure.HTTP, detail="404", status=404), False),
        (FetchFailed(failure=Failure.TIMED_OUT, detail="after 10 s"), False),
    ],
)
async def test_what_counts_as_taken(heart: Heart, answer: FetchOutcome, *, taken: bool) -> None:
    """Any answer that says it went well is one."""
    heart.site.pages[ADDRESS] = answer
    await heart.heartbeat.beat(heart.desk)
    assert (heart.room.store.milestone(Milestone.UNHEARD) is None) is taken


async def test_an_address_that_fails(heart: Heart) -> None:
    """It is logged once, and said in the next report of all feeds, until the address answers again."""
    heart.site.pages = {}
    since = heart.room.clock()
    with capture_logs() as log:
        for _ in range(3):
            await heart.beats(after=timedelta(minutes=1))
    assert [(each["event"], each["reason"]) for each in log] == [("heartbeat failed", "unreachable")]
    assert heart.room.store.milestone(Milestone.UNHEARD) == since + timedelta(minutes=1)
    await heart.room.coverage_report.tell(heart.desk)
    heart.room.clock.advance(timedelta(days=8))
    await heart.room.coverage_report.tell(heart.desk)
    await heart.room.deliver()
    (_, report) = heart.room.notifier.sent[-1]
    assert "The heartbeat address does not answer since 3 Jun 2024 12:01 (UTC)." in report.body
    heart.site.pages = {ADDRESS: FINE}
    await heart.room.poll("1 | Quiet")
    await heart.beats()
    assert heart.room.store.milestone(Milestone.UNHEARD) is None
