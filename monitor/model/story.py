"""A story: entries that carry one report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An entry of a story."""

    #: That of the entry.
    number: int
    #: Name of its feed.
    feed: str
    title: str
    link: str
    seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """Entries that came to a story after a receiver was sent an alert of it."""

    #: Number of that alert, and the title of its entry.
    alert: int
    title: str
    others: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """Stories that grew, and what receivers do not know of it."""

    #: Their numbers.
    stories: tuple[int, ...]
    #: By the receiver's name.
    told: Mapping[str, tuple[Growth, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Entries that carry one report."""

    #: Number of the first of them.
    number: int
    #: In the order in which they were seen.
    members: tuple[Member, ...]
