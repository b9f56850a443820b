"""A subscription at a hub (W3C WebSub), and where it stands in a word."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.secret import Secret


class Mode(StrEnum):
    """What a hub is asked for (`hub.mode`, WebSub §5.1)."""

    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"


class Push(StrEnum):
    """Whether a hub pushes what a feed publishes."""

    OFF = "off"
    ASKED = "asked"
    ON = "on"
    SILENT = "silent"
    REFUSED = "refused"
    FAILING = "failing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What one hub was asked to push for one feed."""

    #: Where the hub reaches us; its last part is the token, known to the hub and us alone.
    callback: Secret
    #: Name of the feed; "" when it is configured no more.
    feed: str
    hub: str
    #: The address that the feed gives itself.
    topic: str
    #: What the hub signs with (WebSub §7.1).
    secret: Secret
    mode: Mode = Mode.SUBSCRIBE
    #: Whether the hub was asked for `mode` and has not verified it yet.
    pending: bool = False
    #: Until when the hub pushes; None before it has verified.
    lease_until: datetime | None = None
    #: Whether a poll found what the hub had not pushed, and it has not pushed since.
    silent: bool = False
    #: Whether the hub refused it.
    denied: bool = False
    #: Times asked since the hub last verified.
    failures: int = 0
    #: Why the hub could not be asked, in words; "" if it could.
    reason: str = ""
    #: When to ask again.
    next_try: datetime

    @property
    def token(self) -> str:
        """The unguessable part of the callback."""
        return self.callback.reveal().rpartition("/")[2]

    def alive(self, now: datetime) -> bool:
        """Whether the hub has promised to push at this time."""
        return self.mode is Mode.SUBSCRIBE and self.lease_until is not None and now < self.lease_until

    def push(self, now: datetime) -> Push:
        """Say where it stands."""
        if self.alive(now):
            return Push.SILENT if self.silent else Push.ON
        if self.denied:
            return Push.REFUSED
        return Push.FAILING if self.reason or self.failures > 1 else Push.ASKED
