"""The circuit breaker of a receiver: one that fails is probed, not stormed. Pure: time and chance are arguments.

After Nygard, "Release It!", 2nd edition, ch. 5.
"""

from dataclasses import dataclass
from datetime import datetime

from monitor.model.configuration import Retry
from monitor.schedule.waits import next_attempt

#: Failures in a row after which the receiver itself is taken to be out.
FAILURES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """How a receiver does, going by what became of the messages to it."""

    #: In a row, of the receiver as such.
    failures: int = 0
    #: When the first of them was; None while it does well.
    since: datetime | None = None
    #: When it is open: nothing goes before; then one message, the probe.
    probe: datetime | None = None

    def failed(self, *, now: datetime, since: datetime, retry: Retry, chance: float) -> "Breaker":
        """Return it after a failure; the wait for a probe grows from `retry.first` to `retry.most`, as of deliveries.

        `since` is when the receiver began to fail, as far as is known, if this is the first failure.
        """
        failures = self.failures + 1
        probe = None
        if failures >= FAILURES:
            probe = next_attempt(now=now, attempts=failures - FAILURES + 1, retry=retry, chance=chance)
        return Breaker(failures=failures, since=self.since or since, probe=probe)
