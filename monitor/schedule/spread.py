"""How polls are spread over time, so that thousands of feeds make an even load (R8)."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import blake2b

#: So many feeds may begin at once; what goes beyond is begun so far apart, on average.
_TOGETHER = 100
_APART = timedelta(milliseconds=30)
#: So many polls may always start in one tick.
_FEW = 10
#: How much of an interval is added by chance, at most: feeds of one interval drift apart.
JITTER = 0.05


def first_poll(feed: str, *, now: datetime, feeds: int, every: timedelta) -> datetime:
    """Return when to ask a new feed, one of so many, for the first time: its place is a hash of its name."""
    place = int.from_bytes(blake2b(feed.encode("utf-8", "replace"), digest_size=4).digest()) / 2**32
    return now + min(every, max(feeds - _TOGETHER, 0) * _APART) * place


def most_starts(intervals: Iterable[timedelta], *, tick: timedelta) -> int:
    """Return how many polls may start in one tick, where each feed has one of these least intervals.

    It is half as many again as could be due on average, so that what is late is caught up with, and never in a heap.
    """
    return max(_FEW, math.ceil(1.5 * sum(tick / each for each in intervals)))
