"""A process that records polls until it is killed."""

from datetime import timedelta
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from monitor.model.feed import FeedState
from monitor.store import Store
from tests.store.builders import NOW, feed, matched, new, poll

#: What each poll brings.
ENTRIES = 3


def record_for_ever(data: Path, pipe: Connection) -> None:
    """Record poll after poll, each with its number as the state's failures, and say each number once it is kept."""
    store = Store.open(data, now=NOW)
    store.sync([feed()], now=NOW)
    for number in count(store.states()["times"].failures + 1):
        at = NOW + timedelta(seconds=number)
        news = [new(f"{number}-{each}", matched(), aliases=alias(number, each)) for each in range(ENTRIES)]
        store.record(poll(*news, at=at, state=FeedState(feed="times", failures=number)))
        pipe.send(number)


def alias(number: int, each: int) -> tuple[bytes, ...]:
    """What an entry is known by."""
    return f"id{number}-{each}".encode(), f"link{number}-{each}".encode()
