"""How many messages a receiver is sent in a time."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """`burst` messages at once, then one each `every`."""

    burst: int
    every: timedelta

    @classmethod
    def of(cls, count: int, span: timedelta) -> Self:
        """Return the rate that has `count` messages in any span, wherever it begins, and no more; a quarter at once."""
        burst = max(1, count // 4)
        return cls(burst=burst, every=span / (count - burst + 1))


#: For receivers that take whatever comes.
UNLIMITED = Rate(burst=1, every=timedelta(0))
