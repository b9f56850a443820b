"""What a poll asks, and what can come back. Every outcome is a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.model.entry import Entry
from monitor.model.feed import Validators
from monitor.model.rhythm import Hints
from monitor.model.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One conditional GET; with a form, a POST."""

    url: str
    validators: Validators = Validators()
    #: Address of the proxy to ask through; None is directly.
    proxy: Secret | None = None
    #: Shown to the origin of `url` alone.
    headers: tuple[tuple[str, Secret], ...] = ()
    #: "user:password" (RFC 7617); likewise.
    auth: Secret | None = None
    #: Whether redirects are followed; else one is a failure that tells where it leads.
    follow: bool = True
    #: What is sent; it may hold secrets.
    form: Mapping[str, str] | None = field(default=None, repr=False)


class Failure(StrEnum):
    """Why a poll brought nothing, in the words shown to the user."""

    UNREACHABLE = "unreachable"
    PROXY = "proxy failed"
    NAME = "name not found"
    TLS = "certificate not accepted"
    TIMED_OUT = "timed out"
    CUT_OFF = "connection closed early"
    TOO_LARGE = "too large"
    BAD_ENCODING = "damaged content encoding"
    HTTP = "HTTP error"
    GONE = "gone"
    REDIRECTS = "bad redirect"
    FORBIDDEN_ADDRESS = "address not allowed"
    EMPTY = "empty answer"
    NOT_A_FEED = "not a feed"
    CHALLENGE = "not a feed: challenge page"
    PARSE_KILLED = "parser killed"
    INTERNAL = "internal error"
    ROBOTS = "forbidden by robots.txt"
    NO_ROBOTS = "robots.txt can not be read"
    NOT_A_PAGE = "not a page"
    CHALLENGED = "challenge page"
    TOO_LITTLE_TEXT = "too little text"
    PAYWALL = "for subscribers only"
    TOO_LATE = "too late"
    NOT_WANTED = "full_text: no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where the hubs of a document are, and what the document calls itself (WebSub §4)."""

    #: In the order in which they are named.
    hubs: tuple[str, ...] = ()
    #: rel=self; "" if it does not say.
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A 200 with its whole body, decoded."""

    body: bytes
    #: Content-Type as sent, "" if none.
    content_type: str
    #: The character encoding that the user says it is in, as Python calls it; "" to find out.
    encoding: str = ""
    #: Content-Language as sent, "" if none.
    content_language: str = ""
    #: The Link headers as sent (RFC 8288), joined by ", "; "" if none.
    link: str = ""
    #: Where the body came from, after redirects.
    url: str
    validators: Validators
    #: Where 301 and 308 alone led to, as far as they led from the start; None if nowhere.
    moved_to: str | None = None
    #: Of the Link headers (RFC 8288).
    links: Links = Links()
    #: As in `Hints.fresh`.
    fresh: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A 2xx to a form that was sent; what it says is of no interest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """A 304. `validators` holds the new ones where the answer carried any, else those sent."""

    validators: Validators
    moved_to: str | None = None
    #: As in `Hints.fresh`.
    fresh: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailed:
    """No usable answer."""

    failure: Failure
    #: More words, without the address and without secrets: "503", "after 30 s".
    detail: str = ""
    #: The server asked us to stay away until then.
    retry_after: datetime | None = None
    #: The HTTP status, where there was one.
    status: int | None = None
    #: Where a redirect leads that was not followed because that was not asked for.
    leads_to: str | None = None

    @property
    def busy(self) -> bool:
        """Whether the server said that it is asked too much (429, 503)."""
        return self.status in {429, 503}

    @property
    def reason(self) -> str:
        """Failure and detail as one phrase."""
        return f"{self.failure}: {self.detail}" if self.detail else str(self.failure)


FetchOutcome = Fetched | NotModified | FetchFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What to know a document and its entries by, as bytes, when its next version comes. Digests have 16 bytes."""

    #: Digest of all before the first entry that can change what is read in it and in entries: dates do not.
    head: bytes
    #: Digest of each entry's bytes under this head, in the document's order.
    entries: tuple[bytes, ...]
    #: Digest of all from the first entry to the end, and its length in bytes.
    rest: bytes
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A document that is a feed."""

    title: str = ""
    language: str = ""
    #: In the document's order, without those that an earlier outline knows.
    entries: tuple[Entry, ...] = ()
    #: Entries past the cap that were left out.
    dropped: int = 0
    #: Of all entries, known ones too; None where the document can only be read whole.
    outline: Outline | None = None
    #: Whether its text reads as if in another encoding than it was read in (R15).
    suspect: bool = False
    #: Of the document; None when it was not looked at for them.
    links: Links | None = None
    #: What the document itself says; `fresh` is left open.
    hints: Hints = Hints()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseFailed:
    """A document that is no feed, or that the parser could not finish."""

    failure: Failure
    detail: str = ""
    #: Of an HTML page that gives both.
    links: Links | None = None

    @property
    def reason(self) -> str:
        """Failure and detail as one phrase."""
        return f"{self.failure}: {self.detail}" if self.detail else str(self.failure)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """What a page says."""

    #: A paragraph a line, without the entry's title.
    text: str
    #: Whether the rest is for subscribers.
    beginning_only: bool = False


ParseOutcome = Parsed | ParseFailed
