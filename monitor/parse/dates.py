"""Dates of entries that feedparser misreads or does not know."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

_MONTHS = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "янв фев мар апр мая июн июл авг сен окт ноя дек",
        "січ лют бер кві тра чер лип сер вер жов лис гру",
    )
    for number, name in enumerate(names.split(), start=1)
} | {"май": 5}
#: Hours east of UTC; feedparser knows those of RFC 822 and takes the rest for UTC.
_ZONES = {"msk": 3, "eet": 2, "eest": 3, "cet": 1, "cest": 2, "bst": 1, "wet": 0, "west": 1, "": 0, "utc": 0}
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
_EPOCH = re.compile(r"\s*\d{10}\s*")
_RFC_822 = re.compile(
    r"\s*(?:[^\W\d_]+\.?,?\s+)?(\d{1,2})\s+([^\W\d_]{3,})\.?\s+(\d{4})\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([a-z]*|[+-]\d\d:?\d\d)\s*",
    re.IGNORECASE,
)
_EARLIEST = 1990


def read_date(text: str) -> tuple[Any, ...] | None:
    """Read a date of RFC 822 §5 with a Russian or Ukrainian month, no zone, or a zone that feedparser takes for UTC.

    Also seconds since 1970. The answer is what feedparser asks of a date handler: nine values in UTC, or None for "not
    mine".
    """
    try:
        if _EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(text), UTC).utctimetuple()
        found = _RFC_822.fullmatch(text)
        return _utc(found).utctimetuple() if found else None
    except (KeyError, ValueError, OverflowError):
        return None


def _utc(found: re.Match[str]) -> datetime:
    day, month, year, hour, minute, second, zone = found.groups()
    number = _MONTHS[month[:3].lower()]
    local = datetime(int(year), number, int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
    return local - _east(zone)


def _east(zone: str) -> timedelta:
    if found := _OFFSET.fullmatch(zone):
        ahead = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return ahead if found[1] == "+" else -ahead
    return timedelta(hours=_ZONES[zone.lower()])


def moment(parsed: Sequence[int] | None) -> datetime | None:
    """Return feedparser's nine values as a time; None for none, and for what no feed can mean: before 1990."""
    if not parsed:
        return None
    try:
        year, month, day, hour, minute, second = parsed[:6]
        at = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None
    return at if at.year >= _EARLIEST else None
