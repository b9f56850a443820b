"""When a feed brings entries, as far as it is remembered, and what its publisher says of how often to ask."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What server and document say of how often to ask; None and () where they say nothing."""

    #: How long the answer stays fresh: max-age or Expires, without Age (RFC 9111 §4.2). Zero: it said not to keep it.
    fresh: timedelta | None = None
    #: How long the document may be kept (RSS 2.0).
    ttl: timedelta | None = None
    #: How often the document changes: sy:updatePeriod by sy:updateFrequency (RSS 1.0, module Syndication).
    updates: timedelta | None = None
    #: Hours of the day, in UTC, in which it need not be asked (RSS 2.0).
    skip_hours: tuple[int, ...] = ()
    #: Days of the week, in UTC, likewise; 0 is Monday.
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How many entries a feed brought of late, and at which hours. What is longer ago counts less."""

    #: Entries by hour of the day, in UTC: those of two weeks ago count half.
    hours: tuple[float, ...] = (0.0,) * 24
    #: Days watched, counted alike.
    days: float = 0.0
    #: Entries of the last hours: those of two hours ago count half.
    recent: float = 0.0
    #: Of its new entries with a time of their own, how many there were and how many of them were old, as for `hours`.
    dated: float = 0.0
    late: float = 0.0
    #: The latest time that an entry gave for itself, none to come; None if none did.
    newest: datetime | None = None
    #: When these numbers were true; None before the first document.
    at: datetime | None = None
