"""Times of the clock on the wall as moments, over changes of that clock (PEP 495: gap and fold)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.model.calm import Quiet, Slot

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
#: Quiet times that follow each other without an end are taken to end after this time: it is a fault of the clock.
_LONGEST = timedelta(days=8)


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


def next_slot(slots: Sequence[Slot], *, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first time of a digest after this moment. Each slot has one moment on each of its days."""
    day = after.astimezone(zone).date() - _DAY
    while True:
        moments = (instant(day, slot.at, zone) for slot in slots if day.weekday() in slot.days)
        if found := [moment for moment in moments if moment > after]:
            return min(found)
        day += _DAY


def quiet_until(quiets: Sequence[Quiet], *, at: datetime, zone: ZoneInfo) -> datetime:
    """Return when a quiet time ends that this moment is in, with those that follow at once; else the moment itself."""
    longest = at + _LONGEST
    while at < longest:
        today = at.astimezone(zone).date()
        begun = [(quiet, day) for quiet in quiets for day in (today - _DAY, today) if day.weekday() in quiet.days]
        ends = [end for start, end in (_span(quiet, day, zone) for quiet, day in begun) if start <= at < end]
        if not ends:
            return at
        at = max(ends)
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
