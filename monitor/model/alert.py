"""An alert, the message made of it, and its way to each receiver."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.model.calm import Burst, HoldReason, Priority, Quiet, Slot
from monitor.model.entry import Field, StoredEntry
from monitor.model.match import Match, Reason
from monitor.model.rate import Rate
from monitor.model.secret import Secret
from monitor.model.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A user's own words for alerts (Jinja2); "" leaves ours."""

    title: str = ""
    body: str = ""
    #: Of a message that tells of several.
    digest_title: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Where alerts go: one Apprise URL with one recipient, or `terminal://`."""

    #: Unique; the only thing of a receiver that is ever shown.
    name: str
    url: Secret
    #: None leaves it to what the service allows.
    rate: Rate | None = None
    #: None for our words.
    template: Template | None = None
    #: Alerts below it are not for this receiver.
    min_priority: Priority = Priority.LOW
    quiet: tuple[Quiet, ...] = ()
    #: When digests are sent; () sends alerts as they come.
    digest: tuple[Slot, ...] = ()
    #: None bundles nothing.
    burst: Burst | None = None


class Gone(StrEnum):
    """What of an alert's entry is gone."""

    PASSAGE = "passage removed"
    PAGE = "page gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vanished:
    """That what an alert found is gone."""

    what: Gone
    #: When it was noticed.
    at: datetime


class FoundIn(StrEnum):
    """What of an entry an alert was made of."""

    #: What the feed gives of it.
    FEED = "feed"
    #: The page behind it, which was read later.
    ARTICLE = "article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An entry that a watchlist matched and that someone is told of."""

    number: int
    created: datetime
    watchlist: str
    #: Number of the alert that it comes under, as what became of that.
    follows: int | None = None
    #: That of the watchlist when the alert was made.
    priority: Priority = Priority.NORMAL
    reason: Reason
    entry: StoredEntry
    matches: tuple[Match, ...]
    vanished: Vanished | None = None
    #: That its entry is of, as it is now; None where nobody else carries it.
    story: Story | None = None

    @property
    def found_in(self) -> FoundIn:
        """What of the entry it took to find it."""
        in_article = any(match.field is Field.ARTICLE for match in self.matches)
        return FoundIn.ARTICLE if in_article else FoundIn.FEED

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms that matched, each once, in the order found."""
        return tuple(dict.fromkeys(match.term for match in self.matches))


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the service has to say of itself, or of what it told: a dead letter, a page that is gone."""

    title: str
    body: str
    #: Number of the one alert that it is about, and comes under; None if there is none.
    about: int | None = None


#: What stands out in the body of a notification is between these two; feed text never holds them.
MARK, UNMARK = "\x02", "\x03"
#: A line of it that is a heading begins with this.
HEADING = "\x01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A message ready to be sent: plain text, with marks. How they are shown is each channel's own affair."""

    title: str
    #: Paragraphs, parted by an empty line. A line that is a link is nothing else.
    body: str
    #: What of the body must arrive, however little room there is: links and ids.
    keep: tuple[str, ...] = ()
    #: Whether it tells of several alerts: then it is sent whole or not at all (`Result.TOO_LONG`).
    several: bool = False
    #: The one alert that it tells of, by number.
    alert: int | None = None
    #: The same at each attempt to send it, and no other message's; "" if it has none.
    id: str = ""
    #: Receipts (see `Outcome`) of the messages that it comes under, where the channel has threads.
    follows: tuple[str, ...] = ()
    #: Of a mail that comes under another one: its subject, by which mail programs know that; "" if it is the title.
    subject: str = ""
    #: Of the most urgent alert in it: for channels that know such a thing.
    priority: Priority = Priority.NORMAL


class Result(StrEnum):
    """What became of one attempt to send."""

    SENT = "sent"
    #: Certainly not delivered; trying again may help.
    FAILED = "failed"
    #: The receiver refused it and would refuse it again.
    REJECTED = "rejected"
    #: It may have arrived.
    UNKNOWN = "unknown"
    #: Nothing was sent: it tells of several alerts, and this receiver takes no message that is so long.
    TOO_LONG = "too long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of an attempt and, in words without secrets, its reason."""

    result: Result
    reason: str = ""
    #: What the message is known by at its receiver, so that others can come under it; "" if nobody says.
    receipt: str = ""
    #: How long the receiver asked us to wait.
    retry_after: timedelta | None = None
    #: Of a refusal: whether any other message would be refused as well, as with a wrong password.
    refuses_all: bool = False

    @property
    def of_receiver(self) -> bool:
        """Whether it is the receiver that fails, rather than this message."""
        return self.result in {Result.FAILED, Result.UNKNOWN} or self.refuses_all


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    PENDING = "pending"
    SENT = "sent"
    #: The last attempt may have arrived; it is tried again.
    UNKNOWN = "unknown"
    #: Given up; `deliveries requeue` tries again.
    DEAD = "dead"
    #: Kept back by a silence, for good.
    SILENCED = "silenced"
    #: Given up by the user, for good.
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One alert, or notice, on its way to one receiver."""

    number: int
    #: Number of the alert; None for a notice.
    alert: int | None
    receiver: str
    state: DeliveryState
    #: Attempts made so far.
    attempts: int
    created: datetime
    #: When it was last put into the queue, or may go after it was held: giving up counts from here.
    queued: datetime
    #: None once it is sent, dead, silenced or dropped.
    next_attempt: datetime | None
    #: When the last attempt ended.
    attempted: datetime | None = None
    #: Why the last attempt did not succeed; "" otherwise.
    error: str
    priority: Priority = Priority.NORMAL
    #: Until when, and why, it was last held; both stay when it goes.
    held_until: datetime | None = None
    hold_reason: HoldReason | None = None
    #: Of the message that it goes, or went, in; the same at each attempt, and for all deliveries in it.
    message_id: str | None = None
    #: Number of the silence that keeps it back.
    silence: int | None = None
    #: Of the message that it went in: as in `Outcome`.
    receipt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The first alert of a thread that a receiver was sent."""

    alert: Alert
    receipt: str
    #: Whether it had a message of its own.
    alone: bool
