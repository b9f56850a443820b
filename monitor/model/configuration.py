"""The whole configuration, checked and frozen."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from monitor.model.alert import Receiver
from monitor.model.calm import Priority
from monitor.model.feed import Address, Feed, FullText
from monitor.model.secret import Secret
from monitor.model.watchlist import Watchlist


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRun:
    """How many of a new feed's entries are news: 0 is `baseline`, None is `all`."""

    last: int | None = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """How failed deliveries are tried again: full-jitter backoff between `first` and `most`, until `give_up`."""

    first: timedelta = timedelta(seconds=30)
    most: timedelta = timedelta(hours=1)
    #: Least wait after an attempt whose outcome is unknown.
    unknown: timedelta = timedelta(minutes=5)
    give_up: timedelta = timedelta(hours=72)


@dataclass(frozen=True, slots=True, kw_only=True)
class FloodLimits:
    """From when on new entries are a flood (R26): so many, so much of the document, and one of the others."""

    entries: int = 8
    #: Parts of 1: of all entries in the document, and of the new ones those whose title or link is known.
    share: float = 0.6
    known: float = 0.5
    #: How long the entry in the middle was missing.
    age: timedelta = timedelta(hours=48)
    #: Times the usual number.
    rate: int = 10


class Coverage(StrEnum):
    """How often is told how all feeds do."""

    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


class Proof(StrEnum):
    """How often each receiver is sent a test."""

    WEEKLY = "weekly"
    OFF = "off"


class Stories(StrEnum):
    """What becomes of entries that carry one report."""

    #: The first alerts, and lists the others.
    GROUP = "group"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds for all feeds, watchlists and receivers."""

    #: Absolute.
    data: Path
    timezone: ZoneInfo
    every: timedelta = timedelta(minutes=10)
    #: Most time between two polls of a feed that does well; None leaves it to `every`.
    at_most: timedelta | None = None
    #: Least time between two requests to one host.
    host_interval: timedelta = timedelta(seconds=5)
    #: Hosts, host:port or networks that feeds may use although they are private; lower case.
    allow_private: tuple[str, ...] = ()
    #: For feeds that have none of their own; None is none.
    proxy: Address | None = None
    #: Where hubs reach us, without a slash at its end; None if they can not, and feeds are only polled.
    public_url: str | None = None
    #: Where the server for hubs listens, as host:port.
    listen: str = "127.0.0.1:8080"
    first_run: FirstRun = FirstRun()
    #: For feeds that say nothing else.
    full_text: FullText = FullText.AUTO
    retry: Retry = Retry()
    #: None holds nothing.
    flood: FloodLimits | None = FloodLimits()
    #: How long an entry was missing, while its feed was asked, that comes late; None is never.
    late: timedelta | None = timedelta(hours=48)
    #: Names of the receivers that the service tells of itself and of its feeds; None is all of them.
    health: tuple[str, ...] | None = None
    coverage: Coverage = Coverage.WEEKLY
    #: For watchlists that say nothing of their own; so is `corroborated`, as it is in Watchlist.
    stories: Stories = Stories.GROUP
    corroborated: tuple[tuple[int, Priority], ...] = ()
    #: Least time between two messages to a receiver that say who else carries what it was told; None sends none.
    also_in: timedelta | None = timedelta(hours=6)
    proof: Proof = Proof.WEEKLY
    #: How long the bytes of documents are kept that alerts were made of; None is not at all.
    evidence: timedelta | None = timedelta(days=90)
    #: Asked for after each alert, with the entry's link in place of `{url}`; None is nobody.
    archive: str | None = None
    #: Asked for after each whole cycle, so that somebody else notices when there is none; None is nobody.
    heartbeat: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Everything the user's file says."""

    settings: Settings
    feeds: tuple[Feed, ...]
    watchlists: tuple[Watchlist, ...]
    receivers: tuple[Receiver, ...]

    def receivers_of(self, watchlist: Watchlist) -> tuple[str, ...]:
        """Names of the receivers that a watchlist's alerts go to."""
        takers = self._takers(watchlist.priority)
        return takers if watchlist.notify is None else tuple(name for name in watchlist.notify if name in takers)

    def left_out(self, watchlist: Watchlist) -> tuple[str, ...]:
        """Names of the receivers that a watchlist's alerts would go to, were they more urgent."""
        everyone = tuple(receiver.name for receiver in self.receivers)
        takers = self.receivers_of(watchlist)
        return tuple(
            name for name in (everyone if watchlist.notify is None else watchlist.notify) if name not in takers
        )

    @property
    def health_receivers(self) -> tuple[str, ...]:
        """Names of the receivers that notices of the service go to; those named in `settings.health` take all."""
        everyone = tuple(receiver.name for receiver in self.receivers)
        return (self._takers(Priority.NORMAL) or everyone) if self.settings.health is None else self.settings.health

    def _takers(self, priority: Priority) -> tuple[str, ...]:
        return tuple(receiver.name for receiver in self.receivers if priority.reaches(receiver.min_priority))


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault of a configuration file, with its remedy."""

    file: str
    #: Both count from 1; 0 when the fault has no place.
    line: int
    column: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{where}: {self.message}" + (f"\n    {self.hint}" if self.hint else "")
