"""The store, whole: opening it, and what it is made of."""

from datetime import datetime
from pathlib import Path
from typing import Self

from monitor.errors import MonitorError
from monitor.store import schema
from monitor.store.aliases import Aliases
from monitor.store.archive import Archive
from monitor.store.articles import Articles
from monitor.store.evidence import Documents
from monitor.store.feeds import Feeds
from monitor.store.floods import Floods
from monitor.store.ledgers import Ledgers
from monitor.store.lock import make_directory
from monitor.store.outbox import Outbox
from monitor.store.pages import Pages
from monitor.store.polls import Polls
from monitor.store.silences import Silences
from monitor.store.subscriptions import Subscriptions
from monitor.store.told import StoriesTold

_NAME = "rss-monitor.db"


class Store(
    Feeds,
    Polls,
    Aliases,
    Floods,
    Pages,
    Outbox,
    Archive,
    Articles,
    Documents,
    Silences,
    Subscriptions,
    Ledgers,
    StoriesTold,
):
    """All that is kept, in one SQLite database in the data directory.

    Its methods are for one thread at a time and raise StoreUnavailable or StoreDamaged; whatever they write they write
    whole or not at all, and after StoreUnavailable they can be called again.
    """

    @classmethod
    def open(cls, data: Path, *, now: datetime) -> Self:
        """Open the store of a data directory, made or brought up to our version as needed.

        Raises SchemaTooNew, StoreDamaged or StoreUnavailable.
        """
        make_directory(data)
        store = cls(data / _NAME)
        try:
            schema.upgrade(store, data / _NAME, now=now)
        except MonitorError:
            store.close()
            raise
        return store

    @classmethod
    def read(cls, data: Path) -> Self | None:
        """Open the store to read only, whoever else uses it; None if there is none yet. Raises as `open` does."""
        if not (data / _NAME).exists():
            return None
        store = cls(data / _NAME, readonly=True)
        try:
            schema.require(store, data / _NAME)
        except MonitorError:
            store.close()
            raise
        return store
