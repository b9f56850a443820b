"""What a feed's own history lets us expect of it, and how long it may therefore wait."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.model.rhythm import Rhythm

#: What a day counts after so many days, and an entry of the last hours after so many hours: half.
_HALF_LIFE = timedelta(days=14)
_RECENT = timedelta(hours=2)
#: What the last hours count beside the usual rate of the hour: news comes in bursts.
_BURST = 0.35
#: Of one document so many entries count, for a site that lists its archive anew is not busier for that.
_MOST = 100
#: Beside its own history, a feed counts as one that brought one entry in one day.
_PRIOR = 1.0
#: Beside its own history, an hour of the day counts as having been as the whole day is for so many days.
_SMOOTH = 2.0
#: A feed is asked again when the entries that may be there by then have waited for so long, all together, in hours.
#: It gives a feed four times as busy half the interval, with which so many polls bring the least delay. The value is
#: where the delay is that of polling each five minutes, at a third of its polls (see bench/rhythm.py).
PATIENCE = 0.25 / 60
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_STEP = timedelta(minutes=15)


def learn(rhythm: Rhythm, published: Sequence[datetime | None], *, now: datetime) -> Rhythm:
    """Return the rhythm after a poll that brought these new entries, by the times that they give for themselves.

    A time that can not be, because the entry would have been there before or is still to come, counts as now. In the
    first document all that are of the past may be.
    """
    since = rhythm.at or now - _HALF_LIFE
    times = sorted(at if at and since < at <= now else now for at in published if at or rhythm.at)[-_MOST:]
    if rhythm.at is None:
        times = [at for at in times if at < now]
        since = min(times, default=now)
    kept = _left(now - since, _HALF_LIFE) if rhythm.at else 0.0
    hours = [count * kept for count in rhythm.hours]
    recent = rhythm.recent * _left(now - since, _RECENT)
    for at in times:
        hours[at.hour] += 1
        recent += _left(now - at, _RECENT)
    return Rhythm(
        hours=tuple(hours),
        days=rhythm.days * kept + (now - since) / _DAY,
        recent=recent,
        dated=rhythm.dated * kept,
        late=rhythm.late * kept,
        newest=max(filter(None, (rhythm.newest, *(at for at in published if at and at <= now))), default=None),
        at=now,
    )


def usual(rhythm: Rhythm, at: datetime) -> float:
    """Return how many entries an hour are usual at that time of the day."""
    whole = (sum(rhythm.hours) + _PRIOR) / (rhythm.days + 1) / 24
    before, here, after = (rhythm.hours[(at.hour + by) % 24] for by in (-1, 0, 1))
    return ((before + 2 * here + after) / 4 + _SMOOTH * whole) / (rhythm.days + _SMOOTH)


def expected(rhythm: Rhythm, at: datetime) -> float:
    """Return how many entries an hour are to be expected then, at `rhythm.at` or later, after what came lately."""
    burst = rhythm.recent * math.log(2) / (_RECENT / _HOUR) * _left(at - (rhythm.at or at), _RECENT)
    return (1 - _BURST) * usual(rhythm, at) + _BURST * burst


def worth_asking(rhythm: Rhythm, *, now: datetime, most: timedelta) -> timedelta:
    """Return how long to wait until a poll is worth it (see PATIENCE), at most so long."""
    step = _STEP / _HOUR
    there = waited = 0.0
    ahead = timedelta(0)
    while ahead < most:
        rate = expected(rhythm, now + ahead)
        # `there` entries from before, and those that come at this rate, wait from here on
        need = (math.sqrt(there**2 + 2 * rate * (PATIENCE - waited)) - there) / rate
        if need <= step:
            return min(ahead + need * _HOUR, most)
        waited += there * step + rate * step**2 / 2
        there += rate * step
        ahead += _STEP
    return most


def in_words(rate: float) -> str:
    """Return a rate for people, in the largest unit that makes it less than a handful."""
    for unit, hours in (("an hour", 1), ("a day", 24), ("a week", 168)):
        if rate * hours >= 1:
            return f"about {rate * hours:.0f} {'entry' if round(rate * hours) == 1 else 'entries'} {unit}"
    return "less than one entry a week"


def _left(past: timedelta, half_life: timedelta) -> float:
    return math.exp2(-(past / half_life))
