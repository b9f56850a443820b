"""First in, first out: what is behind a delivery that fails waits for it, but not for long. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

#: How long a failing delivery holds up those behind it.
PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What of a receiver's queue may go. Deliveries are known by their numbers, which count in their order."""

    #: The delivery that fails, and since when; those behind it wait.
    head: int | None = None
    since: datetime | None = None
    #: Up to this one, deliveries that fail were waited for: they hold up nobody again.
    passed: int = 0

    def admits(self, number: int, *, now: datetime) -> bool:
        """Whether a delivery has its turn."""
        return self.head is None or number <= self.head or self._is_over(now)

    def failed(self, number: int, *, now: datetime) -> "Order":
        """Return it after a delivery failed that will be tried again."""
        if number <= self.passed:
            return self
        if self.head is None:
            return replace(self, head=number, since=now)
        return replace(self, passed=max(self.passed, number)) if self._is_over(now) else self

    def ended(self, number: int, *, now: datetime) -> "Order":
        """Return it after a delivery was sent, or given up."""
        if self.head is None or (number != self.head and not self._is_over(now)):
            return self
        return Order(passed=max(self.passed, self.head if self._is_over(now) else 0))

    def _is_over(self, now: datetime) -> bool:
        return self.since is not None and now - self.since >= PATIENCE
