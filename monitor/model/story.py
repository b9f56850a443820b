"""A story: entries that carry one report."""

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
class Story:
    """Entries that carry one report."""

    #: Number of the first of them.
    number: int
    #: In the order in which they were seen.
    members: tuple[Member, ...]
