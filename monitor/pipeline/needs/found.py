"""Where what is found of feeds and entries is kept."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from monitor.model.alert import Notice
from monitor.model.article import Purpose, Wanted
from monitor.model.feed import FeedState
from monitor.model.record import (
    AlertRecord,
    ArticleRecord,
    EntryRecord,
    Kept,
    Milestone,
    PageCheck,
    PollRecord,
    Site,
)
from monitor.pipeline.needs.told import NoticeStore


class LedgerStore(Protocol):
    """Keeps what sites repeat. Raises StoreUnavailable or StoreDamaged."""

    def ledgers(self, sites: Collection[Site]) -> Mapping[Site, bytes]:
        """Return what is known of these sites, packed; nothing for those that are not known."""
        ...

    def spared(self, feed: str) -> Mapping[str, datetime]:
        """Return the passages of a feed that the user says are no boilerplate, and since when."""
        ...


class ArticleStore(LedgerStore, Protocol):
    """Knows which articles are to be read. Raises StoreUnavailable or StoreDamaged."""

    def next_article(self, *, now: datetime, besides: Collection[str], purposes: Sequence[Purpose]) -> Wanted | None:
        """Return an article to be read now, of none of these hosts, for the first purpose that has one; else None."""
        ...

    def entries(self, *, number: int | None = None) -> Iterator[EntryRecord]:
        """Yield entries with what was decided of them, all or the one of a number."""
        ...

    def states(self, names: Collection[str]) -> Mapping[str, FeedState]:
        """Return what is remembered of these feeds."""
        ...

    def milestone(self, name: Milestone) -> datetime | None:
        """Return when it was; None if it was not, or is no more."""
        ...

    def keep_article(self, record: ArticleRecord) -> tuple[int, ...]:
        """Write all that came of an attempt to read an article, or nothing; return the numbers of its alerts."""
        ...


class PollStore(NoticeStore, LedgerStore, Protocol):
    """Keeps what polls bring. Raises StoreUnavailable or StoreDamaged."""

    def states(self, names: Collection[str]) -> Mapping[str, FeedState]:
        """Return what is remembered of these feeds."""
        ...

    def known(self, feed: str, aliases: Collection[bytes]) -> set[bytes]:
        """Return which of these aliases the feed's entries have had."""
        ...

    def holders(self, feed: str, aliases: Collection[bytes]) -> Mapping[bytes, EntryRecord]:
        """Return the entries that have these aliases, as far as they are kept."""
        ...

    def alerts(self, *, entry: int) -> Iterable[AlertRecord]:
        """Yield the alerts of an entry."""
        ...

    def record_all(self, polls: Sequence[PollRecord]) -> list[Kept]:
        """Write all of these polls, or nothing; return what became of each."""
        ...


class PageStore(Protocol):
    """Knows which pages are to be looked at. Raises StoreUnavailable or StoreDamaged."""

    def pages_due(self, *, now: datetime, limit: int) -> tuple[PageCheck, ...]:
        """Return what is to be looked at now."""
        ...

    def looked(self, check: PageCheck) -> None:
        """Write when a page is to be looked at again."""
        ...

    def page_gone(self, check: PageCheck, notice: Notice, receivers: Sequence[str], *, now: datetime) -> None:
        """Note on an alert that its page is gone, and tell these receivers."""
        ...
