"""Times of the clock on the wall as moments, over changes of that clock (PEP 495: gap and fold)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.model.calm import Quiet, Slot

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
#: Days on which to look for the next slot: a week, and one that a clock change may leave out.
_AHEAD = 9


def instant(day: date, at: time, zone: ZoneInfo, *, last: bool = False) -> datetime:
    """Return when the clock shows this time on this day, in UTC: the first time, or the last if it does so twice.

    A time that is left out, as the clock is put forward, stands for the moment when that is done.
    """
    local = datetime.combine(day, at, zone)
    early, late = sorted(local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if early == late or early.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return late if last else early
    after = late.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        early, late = (early, middle) if middle.astimezone(zone).utcoffset() == after else (middle, late)
    return late.replace(microsecond=0)


def next_slot(slots: Iterable[Slot], *, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first time of a digest after this moment. Each slot has one moment on each of its days."""
    first = after.astimezone(zone).date() - _DAY
    days = [first + _DAY * number for number in range(_AHEAD + 1)]
    moments = (instant(day, slot.at, zone) for slot in slots for day in days if day.weekday() in slot.days)
    return min(moment for moment in moments if moment > after)


def quiet_until(quiets: Iterable[Quiet], *, at: datetime, zone: ZoneInfo) -> datetime:
    """Return when a quiet time ends that this moment is in, with those that follow at once; else the moment itself."""
    first = at.astimezone(zone).date() - 2 * _DAY
    days = [first + _DAY * number for number in range(2 * _AHEAD)]
    spans = [_span(quiet, day, zone) for quiet in quiets for day in days if day.weekday() in quiet.days]
    for start, end in sorted(spans):
        if start <= at < end:
            at = end
    return at


def always(quiets: Iterable[Quiet]) -> bool:
    """Whether these leave no minute of the week: what is held for them would never go."""
    week = 7 * _DAY // _MINUTE
    taken = {minute % week for quiet in quiets for minute in _minutes(quiet)}
    return len(taken) == week


def _span(quiet: Quiet, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    until = day if quiet.start < quiet.end else day + _DAY
    return instant(day, quiet.start, zone), instant(until, quiet.end, zone, last=True)


def _minutes(quiet: Quiet) -> Iterator[int]:
    start, end = (each.hour * 60 + each.minute for each in (quiet.start, quiet.end))
    length = (end - start) % (_DAY // _MINUTE) or _DAY // _MINUTE
    return (day * (_DAY // _MINUTE) + start + minute for day in quiet.days for minute in range(length))
