"""When our own network counts as out."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.model.feed import FeedState, Trouble
from monitor.outage import Asked, is_out

NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
WELL = FeedState(feed="paper", last_success=NOW - timedelta(days=1))
NEW = FeedState(feed="paper")
DEAD = FeedState(feed="paper", last_success=NOW - timedelta(days=9), trouble=Trouble.DEAD)


def asked(well: int, failed: int, *, state: FeedState = WELL, minutes: int = 1) -> list[Asked]:
    """Polls of so many hosts, as long ago."""
    at = NOW - timedelta(minutes=minutes)
    outcomes = [True] * failed + [False] * well
    return [
        Asked(
            host=f"{number}.{minutes}.{state.trouble}.{state.last_success is None}.example",
            at=at,
            failed=failed,
            state=state,
        )
        for number, failed in enumerate(outcomes)
    ]


@pytest.mark.parametrize(
    ("polls", "hosts", "expected"),
    [
        (asked(0, 4), 4, False),  # too few to tell
        (asked(0, 5), 5, True),
        (asked(1, 4), 5, True),
        (asked(2, 4), 6, False),
        (asked(0, 5, minutes=16), 5, False),  # too long ago
        (asked(300, 0, minutes=9) + asked(0, 79), 400, False),  # not yet a quarter ...
        (asked(300, 0, minutes=9) + asked(0, 80), 400, True),
        (asked(1, 3) + asked(0, 300, state=DEAD), 304, False),  # these are known to be dead
        (asked(1, 0) + asked(0, 20, state=NEW), 21, False),  # these never worked
        (asked(0, 20, state=NEW), 20, True),  # but nothing at all does
    ],
)
def test_r10_an_outage_is_when_nearly_all_fail_at_once(polls: list[Asked], hosts: int, *, expected: bool) -> None:
    """R10: 80 % of the hosts that were asked of late, five at least; those known as broken do not count."""
    assert is_out(polls, hosts=hosts, out=False, now=NOW) is expected


@pytest.mark.parametrize(
    ("polls", "hosts", "expected"),
    [
        (asked(2, 3), 10, True),
        (asked(3, 2), 10, False),
        (asked(1, 0), 10, True),  # one answer after a restart is too little
        (asked(1, 0), 1, False),  # unless there are no more hosts now
        ([], 10, True),
    ],
)
def test_an_outage_ends_when_half_of_them_answer(polls: list[Asked], hosts: int, *, expected: bool) -> None:
    """It does not end and begin again with each host that hesitates."""
    assert is_out(polls, hosts=hosts, out=True, now=NOW) is expected


def test_the_last_poll_of_a_host_counts() -> None:
    """Hosts, not feeds, are counted, each once."""
    many = [Asked(host="one.example", at=NOW, failed=True, state=WELL)] * 20
    assert not is_out([*asked(2, 2), *many], hosts=5, out=False, now=NOW)
