"""A feed as the user configured it, and what is remembered of it between two polls."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.model.rhythm import Hints, Rhythm
from monitor.model.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where something is: the URL itself, and as the user wrote it, passwords masked."""

    url: Secret
    #: For pages, logs and the store; `${NAME}` is left standing.
    shown: str


class FullText(StrEnum):
    """Which of a feed's entries are read on their pages too."""

    #: Those of which the feed gives a teaser, if a watchlist could match the rest.
    AUTO = "auto"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed of the configuration."""

    #: What the user calls it; the host name when the configuration gives none. Unique.
    name: str
    #: The address to ask, secrets filled in.
    url: Secret
    #: The address as the user wrote it, `${NAME}` left standing: for pages, logs and the store.
    shown_url: str
    tags: frozenset[str] = frozenset()
    #: ISO 639-1 codes of the languages that its entries are in; empty to guess for each entry.
    language: tuple[str, ...] = ()
    #: The character encoding that its documents are in, as Python calls it; "" to find out.
    encoding: str = ""
    #: Least time between two polls.
    every: timedelta = timedelta(minutes=10)
    #: Most time between two polls while it does well; None leaves it to `every`.
    at_most: timedelta | None = None
    #: Asked in turn when the feed's own address can not be used.
    mirrors: tuple[Address, ...] = ()
    #: Asked through: http, https or socks5; None is directly.
    proxy: Address | None = None
    #: Headers to send with each request to the feed's own origin.
    headers: tuple[tuple[str, Secret], ...] = ()
    #: "user:password", for its own origin too (RFC 7617).
    auth: Secret | None = None
    full_text: FullText = FullText.AUTO


class FeedHealth(StrEnum):
    """In one word, how a feed does."""

    NEW = "new"
    WELL = "well"
    FAILING = "failing"
    GONE = "gone"
    QUARANTINED = "quarantined"


class Trouble(StrEnum):
    """How a feed is broken for so long that the user is told (R78)."""

    DEAD = "dead"
    GONE = "gone"
    BLOCKED = "blocked"
    NOT_A_FEED = "not a feed"
    EMPTIED = "emptied"
    STALE = "stale"
    ENCODING_SUSPECT = "encoding suspect"
    POSSIBLE_GAP = "possible gap"
    NO_ARTICLES = "no articles"

    @property
    def fails(self) -> bool:
        """Whether its polls fail; else they bring less than they should."""
        return self in {Trouble.DEAD, Trouble.GONE, Trouble.BLOCKED, Trouble.NOT_A_FEED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave us to ask "has it changed?" with, byte for byte (RFC 9110 §8.8, §13.1)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """A permanent redirect that is still being proved: stored for good after 3 good parses over 24 h."""

    url: str
    since: datetime
    #: Good parses in a row through it.
    parses: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirror:
    """A mirror that stands in for a feed's own address, which could not be used."""

    #: As the user wrote it, passwords masked.
    address: str
    #: When the feed's own address was last asked in vain.
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """A feed that had entries and has none now."""

    since: datetime
    #: Good polls in a row that found none.
    polls: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """How long a feed is silent between entries."""

    #: The geometric mean, of late: nights and weekends do not make it long.
    usual: timedelta
    #: What is long ago counts less.
    longest: timedelta
    #: Silences that were learnt from.
    count: int = 1


class Cause(StrEnum):
    """Why new entries of a feed are held as a flood (R26)."""

    KNOWN = "most titles or links were known"
    OLD = "most are old"
    MANY = "far more than usual"
    EDITED = "most were edited at once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    """New entries of a feed that were too many at once; those that matched wait for the user's word."""

    since: datetime
    #: When the user was told last.
    told: datetime
    cause: Cause
    #: How many there were, whether they matched or not.
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHealth:
    """How the articles of a feed did of late."""

    #: What part of them failed, the last ones counting most: from 0 to 1.
    failing: float = 0.0
    #: Since when most fail; None while most do not.
    since: datetime | None = None
    #: Of the last that failed.
    reason: str = ""
    #: When the last one was tried.
    tried: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What we remember of a feed between two polls."""

    #: Name of the feed.
    feed: str
    health: FeedHealth = FeedHealth.NEW
    #: Why it is not well, in words; empty when it is.
    reason: str = ""
    validators: Validators = Validators()
    #: Digest of the last document that parsed: the same bytes need no second look.
    digest: bytes | None = None
    #: The proved address after a permanent redirect; None while it is the configured one.
    moved_to: str | None = None
    redirect: Redirect | None = None
    #: The mirror in use; None while it is the feed's own address.
    mirror: Mirror | None = None
    #: Polls failed in a row; 0 after any good one.
    failures: int = 0
    #: Parses in a row that had to be killed; 3 put the feed in quarantine.
    kills: int = 0
    #: Whether a first version was taken as the baseline.
    baselined: bool = False
    last_polled: datetime | None = None
    last_success: datetime | None = None
    #: When an entry was last new; of the first document, when its newest was published.
    last_entry: datetime | None = None
    silence: Silence | None = None
    empty: Empty | None = None
    #: Polls do not change this.
    articles: ArticleHealth = ArticleHealth()
    #: How it is broken, now.
    trouble: Trouble | None = None
    #: Since when, as far as is known: the last good poll or entry, the first empty document, or when it was noticed.
    trouble_since: datetime | None = None
    #: Whether it was so when its first entries were read: it did not break, and is listed only.
    quiet: bool = False
    #: The trouble that the user was told of last and not yet of its end, and since when; polls do not change these.
    told: Trouble | None = None
    told_since: datetime | None = None
    #: When to ask again; None is at once.
    next_poll: datetime | None = None
    #: The server asked us to stay away until then (RFC 9110 §10.2.3).
    retry_after: datetime | None = None
    #: What was decided after the last poll: how long to wait, and why. None before the first.
    interval: timedelta | None = None
    interval_reason: str = ""
    hints: Hints = Hints()
    rhythm: Rhythm = Rhythm()
    #: Entries of the last document that had any; 0 before the first.
    window: int = 0
    #: When entries may last have been missed: a document shared none with what was known.
    gap: datetime | None = None
    #: When the server last sent a document, not only "not modified".
    confirmed: datetime | None = None
    #: When the server was last caught saying "not modified" of a document that was; its validators are not used then.
    untrusted: datetime | None = None
    #: Whether its ids tell no entries apart, so that their links do, for good (R23).
    by_link: bool = False
    #: What is held; polls do not change this, but write what they add to it.
    flood: Flood | None = None
