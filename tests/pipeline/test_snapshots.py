"""An archive is asked to keep the pages of entries that were alerted."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.model.evidence import SnapshotState
from monitor.model.feed import Validators
from monitor.model.poll import Failure, Fetched, FetchFailed
from monitor.model.watchlist import Watchlist
from monitor.pipeline import Snapshots
from monitor.pipeline.snapshots import address
from monitor.testing import FakeFetcher
from tests.pipeline.conftest import Newsroom

ARCHIVE = "https://archive.example/save/{url}"
ASKED = "https://archive.example/save/https://paper.example/1"
KEPT = "https://archive.example/20240603/https://paper.example/1"
TAKEN = Fetched(body=b"", content_type="text/html", url=KEPT, validators=Validators())
BUSY = FetchFailed(failure=Failure.HTTP, detail="503", status=503)


class Desk:
    """A newsroom with an archive, and one alert."""

    def __init__(self, data: Path) -> None:
        self.room = Newsroom(data, archive=ARCHIVE)
        self.site = FakeFetcher({ASKED: TAKEN})

    @property
    def snapshots(self) -> Snapshots:
        """As after a start."""
        room = self.room
        return Snapshots(store=room.store, fetcher=self.site, records=room.records, clock=room.clock)

    async def asked(self, *, after: timedelta = timedelta(0)) -> list[str]:
        """What the archive is asked for now."""
        self.room.clock.advance(after)
        before = len(self.site.requests)
        while await self.snapshots.take(self.room.desk):
            pass
        return [each.url for each in self.site.requests[before:]]

    @property
    def made(self) -> list[tuple[str, str, int, str]]:
        """What is noted on the alerts."""
        shots = [each.snapshot for each in self.room.store.alerts() if each.snapshot]
        return [(each.state, each.url, each.attempts, each.reason) for each in shots]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(tmp_path / "data")
    await desk.room.poll("0 | Quiet")
    await desk.room.poll("1 | The mobilized", "0 | Quiet")
    yield desk
    desk.room.close()


async def test_once(desk: Desk) -> None:
    """It is asked once for each alerted entry, and where it keeps the page is noted on the alert."""
    assert await desk.asked() == [ASKED]
    assert desk.made == [(SnapshotState.TAKEN, KEPT, 1, "")]
    assert await desk.asked(after=timedelta(hours=1)) == []


async def test_once_for_several_alerts(desk: Desk) -> None:
    """An entry that two watchlists alert of is one page, noted on both."""
    desk.room.watchlists = tuple(Watchlist(name=name, any=("mobilized",)) for name in ("draft", "army"))
    await desk.room.poll("2 | More mobilized", "1 | The mobilized", "0 | Quiet")
    assert len(await desk.asked()) == 2
    assert len(desk.made) == 3


async def test_nobody_without_an_archive(desk: Desk) -> None:
    """Nobody is asked for anything where the configuration names no archive."""
    desk.room.archive = None
    assert await desk.asked() == []
    assert desk.made == []


async def test_in_vain(desk: Desk) -> None:
    """An archive that fails is asked again ten and then twenty minutes later, and then left alone."""
    desk.site.pages[ASKED] = BUSY
    assert await desk.asked() == [ASKED]
    assert await desk.asked(after=timedelta(minutes=9)) == []
    assert await desk.asked(after=timedelta(minutes=1)) == [ASKED]
    assert desk.made == [(SnapshotState.WAITING, "", 2, "HTTP error: 503")]
    assert await desk.asked(after=timedelta(minutes=19)) == []
    assert await desk.asked(after=timedelta(minutes=1)) == [ASKED]
    assert await desk.asked(after=timedelta(hours=9)) == []
    assert desk.made == [(SnapshotState.FAILED, "", 3, "HTTP error: 503")]


async def test_asked_to_wait(desk: Desk) -> None:
    """When it says when to come again, it is not asked before."""
    later = desk.room.clock() + timedelta(hours=2)
    desk.site.pages[ASKED] = FetchFailed(failure=Failure.HTTP, status=429, retry_after=later)
    await desk.asked()
    assert await desk.asked(after=timedelta(minutes=119)) == []
    assert await desk.asked(after=timedelta(minutes=1)) == [ASKED]


async def test_not_of_old(desk: Desk) -> None:
    """Switched on, an archive is asked for the alerts of the last day, not for all that ever were."""
    desk.room.clock.advance(timedelta(days=1, minutes=1))
    assert await desk.asked() == []


@pytest.mark.parametrize(
    ("archive", "expected"),
    [
        (ARCHIVE, "https://archive.example/save/https://x.example/a?b=%20c&d"),
        ("https://a.example/?q={url}&x=1", "https://a.example/?q=https%3A%2F%2Fx.example%2Fa%3Fb%3D%2520c%26d&x=1"),
    ],
)
def test_addresses(archive: str, expected: str) -> None:
    """A page's address stands in the archive's path as it is, in its query escaped."""
    assert address(archive, "https://x.example/a?b=%20c&d") == expected
