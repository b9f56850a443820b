"""When a receiver is sent a test, so that its silence means that there was nothing to say (R77). Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

#: Local time of tests.
HOUR = time(9)
WEEK = timedelta(days=7)


def following(last: datetime, *, timezone: ZoneInfo) -> datetime:
    """Return when the test after the one of `last` is due, or the first one of a receiver that is new since then."""
    local = last.astimezone(timezone)
    day = local.date() + WEEK + timedelta(days=local.time() > HOUR)
    return datetime.combine(day, HOUR, timezone)


def slot(now: datetime, *, timezone: ZoneInfo) -> datetime:
    """Return the last time of tests until now: those that were missed are one."""
    local = now.astimezone(timezone)
    return datetime.combine(local.date() - timedelta(days=local.time() < HOUR), HOUR, timezone)
