"""The token bucket of a receiver: a burst first, then a steady rate. Pure: time is an argument."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from monitor.model.rate import Rate

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Holds `rate.burst` tokens and gets one back each `rate.every` (virtual scheduling, ITU-T I.371, annex A)."""

    rate: Rate
    #: When it is full, if no more is taken: that tells how many tokens it holds at any time.
    full: datetime = _LONG_AGO

    @property
    def free(self) -> datetime:
        """When it holds a token."""
        return self.full - self.rate.every * (self.rate.burst - 1)

    def taken(self, *, now: datetime) -> "Bucket":
        """Return what is left after one message."""
        return replace(self, full=max(self.full, now) + self.rate.every)

    def emptied(self, *, until: datetime) -> "Bucket":
        """Return a bucket without tokens until then, as when a receiver asks to be left alone."""
        return replace(self, full=max(self.full, until + self.rate.every * (self.rate.burst - 1)))
