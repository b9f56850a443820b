"""When a receiver may be sent its next message; kept in memory, so that a new start begins afresh."""

from datetime import datetime, timedelta

from monitor.model.alert import Outcome, Receiver
from monitor.schedule import Bucket, rate_of


class Gate:
    """Holds back what would be too much for one receiver."""

    def __init__(self, receiver: Receiver) -> None:
        self.receiver = receiver
        self._bucket = Bucket(rate=receiver.rate or rate_of(receiver.url.reveal()))
        self._shut_until: datetime | None = None

    def is_open(self, *, now: datetime) -> bool:
        """Whether a message may go now."""
        self._shut_until = self._bucket.free if self._bucket.free > now else None
        return self._shut_until is None

    def rest(self, *, now: datetime) -> timedelta | None:
        """How long the message that found it shut has to wait; None if the last one that came found it open."""
        return max(self._shut_until - now, timedelta(0)) if self._shut_until else None

    def sent(self, outcome: Outcome, *, now: datetime) -> None:
        """Take note of what became of a message: each attempt counts, and a receiver may ask for a rest."""
        self._bucket = self._bucket.taken(now=now)
        if outcome.retry_after is not None:
            self._bucket = self._bucket.emptied(until=now + outcome.retry_after)
