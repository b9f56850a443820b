"""What the pipeline hands the store to keep, and what the store hands back to show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.model.alert import Alert, Delivery, Notice
from monitor.model.article import Article, ArticleStatus, Purpose, Wanted
from monitor.model.calm import Priority
from monitor.model.entry import Entry, StoredEntry
from monitor.model.evidence import Evidence, Snapshot, Source
from monitor.model.feed import ArticleHealth, Cause, FeedState
from monitor.model.match import Decision
from monitor.model.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry seen for the first time, with what every watchlist that covers its feed made of it."""

    entry: Entry
    #: Under which it will be known again (see `monitor.identity`).
    aliases: tuple[bytes, ...]
    decisions: tuple[Decision, ...]
    #: What it says without what its whole site carries; None if that is all of it.
    own: Entry | None = None
    #: Why its article is to be read; None if it is not.
    article: Purpose | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What became of an entry that is kept. Alerts of it stay as they were made."""

    #: That of the entry.
    number: int
    #: As it is now.
    entry: Entry
    #: What watchlists make of it now; what others made of it stays. A watchlist alerts of an entry once.
    decisions: tuple[Decision, ...]
    #: Names of the watchlists whose passage was taken out of it: their alerts say so.
    removed: frozenset[str] = frozenset()
    #: As in NewEntry.
    own: Entry | None = None
    #: The document that it was found in, kept with its alerts; None if there is none, or that of the poll.
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What an entry that was known is known by from now on, too."""

    #: Number of the entry; None where it was not written down.
    entry: int | None
    aliases: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A flood: what a poll brought that waits for the user's word."""

    cause: Cause
    #: How many entries, whether they matched or not.
    entries: int
    #: Whether the user is told of it now.
    told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Whose texts are compared, to tell what recurs in them."""

    #: Name of the feed that gives them; "" for pages behind entries of any feed.
    feed: str = ""
    #: That they are of, without `www.`; "" for all that the feed gives.
    host: str = ""


#: Makes of what is kept of a site, packed (see `monitor.text.boilerplate`), what is to be kept from now on. By the
#: time that this is written, something else may be kept than when it was made.
Lesson = Callable[[bytes | None], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Whom a watchlist's alerts go to."""

    priority: Priority = Priority.NORMAL
    #: Their names.
    receivers: tuple[str, ...]
    #: As in `Watchlist`.
    follow: bool = False
    #: Whether what tells an earlier alert's story makes none.
    grouped: bool = True
    #: Where alerts of a story go that so many sources carry, fewest first.
    corroborated: tuple[tuple[int, "Route"], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PollRecord:
    """All that one poll changes; written in one transaction."""

    at: datetime
    state: FeedState
    #: Oldest first: alerts are numbered in this order.
    new: tuple[NewEntry, ...] = ()
    #: Their alerts are numbered after those of new entries.
    revised: tuple[Revision, ...] = ()
    learnt: tuple[Learnt, ...] = ()
    held: Held | None = None
    #: What is told of all this, and the names of those who are told.
    notices: tuple[tuple[Notice, tuple[str, ...]], ...] = ()
    #: Every alias in the document, so that what is still served is not forgotten.
    aliases: tuple[bytes, ...] = ()
    #: By the watchlist's name.
    routes: dict[str, Route]
    #: What its entries teach of their sites.
    ledgers: Mapping[Site, Lesson] = field(default_factory=dict)
    #: The document that it is all of, kept with the alerts; None if none come of it.
    source: Source | None = None
    #: A host that asked to be left alone (Retry-After), and until when.
    host_wait: tuple[str, datetime] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a poll that was written."""

    #: Numbers of its alerts.
    alerts: tuple[int, ...] = ()
    #: Places in `new`, and watchlists, of what tells an earlier alert's story.
    retold: frozenset[tuple[int, str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """All that one attempt to read an article changes; written in one transaction."""

    wanted: Wanted
    at: datetime
    status: ArticleStatus
    #: Of the feed; None leaves it as it is.
    health: ArticleHealth | None = None
    #: None if it was not read.
    article: Article | None = None
    #: As in a PollRecord.
    ledgers: Mapping[Site, Lesson] = field(default_factory=dict)
    #: What becomes of its entry; None for nothing.
    revision: Revision | None = None
    #: By the watchlist's name.
    routes: dict[str, Route]
    #: Until when no article of its host is asked for.
    pause: datetime | None = None
    #: As in a PollRecord.
    host_wait: tuple[str, datetime] | None = None


class Milestone(StrEnum):
    """A moment that is remembered over restarts, so that nothing is told twice."""

    #: Since when our own network is out; there is none while it works.
    OUTAGE = "outage"
    #: Since when something of a feed waits to be told; there is none while nothing does.
    UNTOLD = "untold"
    #: Up to when coverage was reported.
    COVERAGE = "coverage"
    #: When the last whole cycle of polls and deliveries ended.
    HEARTBEAT = "heartbeat"
    #: Since when the heartbeat address does not answer; there is none while it does.
    UNHEARD = "unheard"
    #: When receivers were last told who else carries what they were told.
    ALSO_IN = "also in"
    #: When the user last had deliveries queued again.
    REQUEUED = "requeued"


def failing(receiver: str) -> str:
    """Return the name of the milestone since when a receiver fails, if that was told."""
    return f"{receiver} fails"


def gone(receiver: str) -> str:
    """Return the name of the milestone when it was told that messages wait for a receiver that is gone."""
    return f"{receiver} gone"


#: What the name of the milestone ends with, behind a receiver's: when it was sent a test, or seen first.
PROVED = " proved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What happened since a moment."""

    #: Entries that were seen for the first time.
    entries: int
    alerts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRecord:
    """A stored entry with what was decided."""

    entry: StoredEntry
    decisions: tuple[Decision, ...]
    #: How often its text, or what it is known by, changed.
    changes: int = 0
    #: None if its article was never to be read.
    article: ArticleStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRecord:
    """A story that is kept, with the numbers of the alerts made of it."""

    story: Story
    alerts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRecord:
    """An alert with its deliveries."""

    alert: Alert
    deliveries: tuple[Delivery, ...]
    #: None if the document was not kept.
    evidence: Evidence | None = None
    #: None if no archive was asked for its entry's page.
    snapshot: Snapshot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCheck:
    """An alert whose page is looked at."""

    alert: Alert
    #: As its entry has it now.
    link: str
    #: None when it is looked at no more.
    next_check: datetime | None
    #: Since when the page is not found, if it was not the last time.
    missing_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRecord:
    """A feed's state with what it is called and how many of its entries are kept."""

    url: str
    state: FeedState
    entries: int
    #: Of these, those that match and are held as a flood.
    held: int = 0
