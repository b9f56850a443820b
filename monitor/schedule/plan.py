"""How long to wait until a feed that does well is asked again, and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.model.feed import Feed
from monitor.model.rhythm import Hints, Rhythm
from monitor.schedule.rhythm import in_words, usual, worth_asking
from monitor.schedule.spread import JITTER

#: What a publisher wishes is honoured up to here.
LONGEST_HINT = timedelta(hours=6)
#: So long after a possible gap a feed is asked as often as it may be.
WARY = timedelta(days=1)
#: A feed without `at_most` is asked at least once in so many times `every` ...
_MOST_EVERY = 24
#: ... and at each `every` that is shorter than this: who asks for that means it.
_LITERAL = timedelta(minutes=1)
_HOUR = timedelta(hours=1)


class Pace(StrEnum):
    """Why a feed is asked when it is, in the words shown to the user."""

    EVERY = "as often as every allows"
    RHYTHM = "its own rhythm"
    AT_MOST = "as seldom as at_most allows"
    GAP = "possible gap"
    FRESH = "Cache-Control or Expires"
    TTL = "ttl"
    UPDATES = "sy:updatePeriod"
    SKIP = "skipHours or skipDays"
    FAILED = "failed"
    OUTAGE = "our own network is out"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What was decided."""

    interval: timedelta
    #: A Pace, and after a colon what speaks for it.
    reason: str
    #: The interval later, and somewhat more by chance.
    next_poll: datetime


def plan(feed: Feed, rhythm: Rhythm, hints: Hints, *, now: datetime, gap: datetime | None, chance: float) -> Plan:
    """Decide when to ask again after a good poll at `now`; `chance` in [0, 1) only ever adds.

    The feed's own history decides, between `every` and `at_most`; for a day after a possible gap it is `every`. What
    the publisher wishes makes the wait longer, up to six hours.
    """
    pace, wait = _own(feed, rhythm, now=now, gap=gap)
    for wish, least in _wishes(hints, rhythm, now=now):
        if min(least, LONGEST_HINT) > wait:
            pace, wait = wish, min(least, LONGEST_HINT)
    skipped = _skipped(hints, now + wait, latest=now + max(wait, LONGEST_HINT))
    if skipped > now + wait:
        pace, wait = Pace.SKIP, skipped - now
    reason = f"{pace}: {in_words(usual(rhythm, now))}"
    return Plan(interval=wait, reason=reason, next_poll=now + wait + wait * JITTER * chance)


def least_wait(feed: Feed, hints: Hints) -> timedelta:
    """Return how long to wait at least, however a poll went: `every`, or what the publisher wishes, up to six hours."""
    wished = max(filter(None, (hints.fresh, hints.ttl)), default=timedelta(0))
    return max(feed.every, min(wished, LONGEST_HINT))


def _own(feed: Feed, rhythm: Rhythm, *, now: datetime, gap: datetime | None) -> tuple[Pace, timedelta]:
    if gap is not None and now - gap < WARY:
        return Pace.GAP, feed.every
    most = feed.at_most or (feed.every if feed.every < _LITERAL else _MOST_EVERY * feed.every)
    wait = worth_asking(rhythm, now=now, most=most)
    if wait <= feed.every:
        return Pace.EVERY, feed.every
    return (Pace.AT_MOST if wait == most else Pace.RHYTHM), wait


def _wishes(hints: Hints, rhythm: Rhythm, *, now: datetime) -> list[tuple[Pace, timedelta]]:
    """Return how long the publisher wishes us to wait, at least.

    How often a document changes is told by many programs without asking the publisher ("hourly"): it counts as long as
    the feed itself does not show otherwise.
    """
    wishes = ((Pace.FRESH, hints.fresh), (Pace.TTL, hints.ttl))
    found = [(pace, least) for pace, least in wishes if least is not None]
    if hints.updates is not None and usual(rhythm, now) * (hints.updates / _HOUR) < 1:
        found.append((Pace.UPDATES, hints.updates))
    return found


def _skipped(hints: Hints, at: datetime, *, latest: datetime) -> datetime:
    """Return the first moment from `at` on that the publisher does not want skipped, no later than `latest`."""
    while at < latest and (at.hour in hints.skip_hours or at.weekday() in hints.skip_days):
        at = at.replace(minute=0, second=0, microsecond=0) + _HOUR
    return min(at, latest)
