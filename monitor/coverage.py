"""When to tell how all feeds do. Pure: time is an argument."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.model.configuration import Coverage

#: Local time of the report; a weekly one comes on Monday.
HOUR = time(9)


def due(period: Coverage, *, last: datetime, now: datetime, timezone: ZoneInfo) -> bool:
    """Return whether a report is due that the one of `last` did not include; several that were missed are one."""
    if period is Coverage.OFF:
        return False
    local = now.astimezone(timezone)
    day = local.date() - timedelta(days=local.time() < HOUR)
    if period is Coverage.WEEKLY:
        day -= timedelta(days=day.weekday())
    return last < datetime.combine(day, HOUR, timezone)
