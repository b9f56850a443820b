"""How urgent alerts are, and when a receiver is to be left alone: quiet hours, digests, bursts, silences."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: By their places in DAYS.
EVERY_DAY = frozenset(range(7))


class Priority(StrEnum):
    """How urgent a watchlist's alerts are, from the least to the most."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    #: Never held for quiet hours, a digest or a burst.
    CRITICAL = "critical"

    def reaches(self, least: "Priority") -> bool:
        """Whether it is at least as urgent."""
        return self.order >= least.order

    @property
    def order(self) -> int:
        """Greater for what is more urgent."""
        return [*Priority].index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours in which nothing is sent, by the clock on the wall."""

    start: time
    #: On the next day unless it is later than `start`.
    end: time
    #: Days on which it begins.
    days: frozenset[int] = EVERY_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time at which a digest is sent, by the clock on the wall."""

    at: time
    days: frozenset[int] = EVERY_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """How many messages a receiver gets within a while, at most; further ones are bundled into one."""

    messages: int = 5
    within: timedelta = timedelta(minutes=5)


class HoldReason(StrEnum):
    """Why a delivery does not go now."""

    QUIET = "quiet"
    DIGEST = "digest"
    BURST = "burst"
    #: It tells of an entry that came late.
    LATE = "late"
    #: It never goes.
    SILENCED = "silenced"
    #: The receiver fails, or wants to be left alone.
    BREAKER = "breaker"

    @property
    def bundles(self) -> bool:
        """Whether what was held for it goes in one message."""
        return self in {HoldReason.QUIET, HoldReason.DIGEST, HoldReason.BURST, HoldReason.LATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Until when a delivery does not go, and why."""

    reason: HoldReason
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What is not to be told for a while; of watchlist, feed and term, None is any, and one is given at least."""

    watchlist: str | None = None
    feed: str | None = None
    #: As the user wrote it in the watchlist.
    term: str | None = None
    why: str = ""
    begins: datetime
    #: When it ends, or was ended.
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceRecord:
    """A silence that is kept, with what it kept back."""

    number: int
    silence: Silence
    alerts: int
