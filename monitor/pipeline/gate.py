"""Whether a receiver may be sent a message now, and which: its rate, its breaker and its order together.

Kept in memory. What a new start has to know is told by the oldest delivery that failed and is still owed.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from monitor.model.alert import Delivery, Outcome, Receiver, Result
from monitor.model.configuration import Retry
from monitor.schedule import Breaker, Bucket, Order, rate_of

#: Deliveries that go in one message, in their order.
Message = Sequence[Delivery]

log = structlog.get_logger()


class Gate:
    """Holds back what would be too much for one receiver, what it would refuse, and what is not yet its turn."""

    def __init__(self, receiver: Receiver, failing: Delivery | None = None, since: datetime | None = None) -> None:
        """Begin; `failing` is the oldest delivery that failed and is still owed, `since` when nothing was taken."""
        self.receiver = receiver
        self._bucket = Bucket(rate=receiver.rate or rate_of(receiver.url.reveal()))
        self._breaker = Breaker()
        self._order = Order()
        self._since = since
        #: When the last attempt failed.
        self._failed = since
        if failing is not None:
            self._order = self._order.failed(failing.number, now=failing.queued)
        #: Why the last attempt failed.
        self.reason = ""
        #: Whether it took the last message, or refused it for what it was; None if there was none yet.
        self.is_well: bool | None = None
        #: Whether something that is due was left waiting for its rate when it was last looked at.
        self.keeps_waiting = False

    def is_open(self, *, now: datetime) -> bool:
        """Whether a message may go now, if one has its turn."""
        probe = self._breaker.probe
        return self._bucket.free <= now and (probe is None or probe <= now)

    def rest(self, *, now: datetime) -> timedelta | None:
        """How long its rate, or its own wish, keeps it shut; None if they do not."""
        return self._bucket.free - now if self._bucket.free > now else None

    def ask(self, *, since: datetime) -> None:
        """Have a receiver that fails tried again now if it has not been since then."""
        if self._breaker.probe is not None and (self._failed is None or self._failed < since):
            self._breaker = replace(self._breaker, probe=since)

    @property
    def probe(self) -> datetime | None:
        """When a receiver that fails is tried again; None while it does well."""
        return self._breaker.probe

    @property
    def failing_since(self) -> datetime | None:
        """Since when nothing was taken; None while it does well."""
        return self._breaker.since

    def admitted(self, due: Sequence[Message], *, now: datetime) -> list[Message]:
        """Return those that have their turn: all in order, or one alone to probe a receiver that fails.

        The probe is the one tried least often, as it may be a message itself that a receiver fails at.
        """
        turn = [message for message in due if self._order.admits(message[0].number, now=now)]
        if self._breaker.probe is None or not turn:
            return turn
        return [min(turn, key=lambda message: message[0].attempts)]

    def note(self, after: Message, outcome: Outcome, *, now: datetime, retry: Retry, chance: float) -> None:
        """Take note of what became of a message, and where its deliveries stand; `chance` in [0, 1) spreads probes."""
        if outcome.result is not Result.TOO_LONG:
            self._bucket = self._bucket.taken(now=now)
        if outcome.retry_after is not None:
            self._bucket = self._bucket.emptied(until=now + outcome.retry_after)
        last = after[-1]
        turn = self._order.ended if last.next_attempt is None else self._order.failed
        self._order = turn(last.number, now=now)
        if outcome.of_receiver:
            self.is_well, self.reason, self._failed = False, outcome.reason, now
            since = self._since or now
            self._breaker = self._breaker.failed(now=now, since=since, retry=retry, chance=chance)
            if self._breaker.probe is not None:
                until = self._breaker.probe.isoformat()
                log.warning("receiver failing", receiver=self.receiver.name, reason=self.reason, until=until)
        elif outcome.result in {Result.SENT, Result.REJECTED}:
            if self._breaker.probe is not None:
                log.info("receiver well", receiver=self.receiver.name)
            self.is_well, self._breaker, self._since = True, Breaker(), None
