"""Whether what is new in a document is a flood, to be held, and which entries come late. Pure: deciding only.

What came while nobody asked, or the feed was away, is neither, however much it is: the feed catches up.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median_low

from monitor.model.configuration import FloodLimits
from monitor.model.entry import Entry
from monitor.model.feed import Cause, FeedState
from monitor.model.rhythm import Rhythm
from monitor.trouble import was_away

#: Days that a feed's rhythm must have been watched to say what is usual.
_LEAST_DAYS = 3
#: No feed is taken to bring less than this a day.
_LEAST_DAILY = 1.0
#: Part of its entries that a feed may date long before they appear; with more, its times say nothing.
_MOST_LATE = 0.25
#: Beside its own history, a feed counts as one that dated so many entries well.
_PRIOR = 10
_DAY = timedelta(days=1)


def cause(
    news: Sequence[Entry], known: int, window: int, before: FeedState, limits: FloodLimits, *, now: datetime
) -> Cause | None:
    """Return why the new entries of a document are a flood; None if they are none (R26).

    `known` counts those whose title or link is known, `window` all entries of the document.
    """
    if len(news) < limits.entries or len(news) < limits.share * window:
        return None
    if known >= limits.known * len(news):
        return Cause.KNOWN
    times = [time for time in (entry.believable(now) for entry in news) if time is not None]
    if 2 * len(times) >= len(news) and is_late(median_low(times), before, limits.age):
        return Cause.OLD
    usual = _usual(before, now)
    return Cause.MANY if usual is not None and len(news) >= limits.rate * usual else None


def late(news: Sequence[Entry], before: FeedState, age: timedelta, *, now: datetime) -> tuple[list[bool], Rhythm]:
    """Return of each new entry whether it comes late (R29), and the feed's rhythm with that learnt.

    Of a feed that usually dates entries so, none does.
    """
    times = [entry.believable(now) for entry in news]
    found = [is_late(time, before, age) for time in times]
    dated = before.rhythm.dated + sum(time is not None for time in times)
    old = before.rhythm.late + sum(found)
    if old > _MOST_LATE * (dated + _PRIOR):
        found = [False] * len(news)
    return found, replace(before.rhythm, dated=dated, late=old)


def is_late(published: datetime | None, before: FeedState, age: timedelta) -> bool:
    """Whether an entry of this time was missing for so long while its feed was asked, answered, and had newer ones.

    Of a feed that dates whatever it brings in a distant past, nothing is late.
    """
    newest = before.rhythm.newest
    if published is None or before.last_success is None or newest is None:
        return False
    return min(before.last_success, newest) - published > age


def _usual(before: FeedState, now: datetime) -> float | None:
    """Return how many entries are usual since the last one, of a day at least; None if that can not be said now."""
    rhythm, last = before.rhythm, before.last_entry
    if rhythm.days < _LEAST_DAYS or last is None or before.failures or was_away(before, now=now):
        return None
    return max(sum(rhythm.hours) / rhythm.days, _LEAST_DAILY) * max((now - last) / _DAY, 1.0)
