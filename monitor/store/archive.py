"""Lists of what is kept, oldest first, a page in memory at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, func, select

from monitor.model.alert import Delivery, DeliveryState
from monitor.model.match import Decision, Reason
from monitor.model.record import Activity, AlertRecord, EntryRecord, StoryRecord
from monitor.store import tables
from monitor.store.articles import ARTICLES, stored_article
from monitor.store.database import Database
from monitor.store.evidence import evidence_of, snapshots_of
from monitor.store.rows import (
    ALERTS,
    DELIVERIES,
    ENTRIES,
    AnyRow,
    stored_alert,
    stored_decision,
    stored_delivery,
    stored_entry,
)
from monitor.store.told import stories_of, story_records

_PAGE = 100


class Archive(Database):
    """The part of the store that lists. Whatever is written while a list is read may or may not be in it."""

    def alerts(self, *, since: datetime | None = None, entry: int | None = None) -> Iterator[AlertRecord]:
        """Yield alerts with their deliveries, all or those of one entry."""
        query = ALERTS if entry is None else ALERTS.where(tables.alert.c.entry == entry)
        for page in self._pages(query, tables.alert.c.number, tables.alert.c.created, since):
            deliveries = defaultdict(list)
            for row in self._rows(DELIVERIES.where(tables.delivery.c.alert.in_([row.alert for row in page]))):
                deliveries[row.alert].append(stored_delivery(row))
            with self.reading() as db:
                stories = stories_of(db, {row.story for row in page if row.story is not None})
                evidence = dict(evidence_of(db, [row.alert for row in page]))
                snapshots = dict(snapshots_of(db, [row.entry for row in page]))
            for row in page:
                yield AlertRecord(
                    alert=stored_alert(row, stories),
                    deliveries=tuple(deliveries[row.alert]),
                    evidence=evidence.get(row.alert),
                    snapshot=snapshots.get(row.entry),
                )

    def entries(
        self, *, since: datetime | None = None, feed: str | None = None, number: int | None = None
    ) -> Iterator[EntryRecord]:
        """Yield entries with what was decided of them: all, those of one feed, or the one of a number."""
        query = ENTRIES if feed is None else ENTRIES.where(tables.feed.c.name == feed)
        query = query if number is None else query.where(tables.entry.c.number == number)
        for page in self._pages(query, tables.entry.c.number, tables.entry.c.seen, since):
            with self.reading() as db:
                records = entry_records(db, page)
            yield from records

    def stories(self, *, since: datetime | None = None) -> Iterator[StoryRecord]:
        """Yield stories with their alerts, all or those that grew since then; by their first entries."""
        row = tables.story.c
        for page in self._pages(select(row.number, row.grew), row.number, row.grew, since):
            with self.reading() as db:
                records = story_records(db, [each.number for each in page])
            yield from records

    def story(self, entry: int) -> StoryRecord | None:
        """Return the story of an entry, if others carry it, too."""
        of = select(tables.entry.c.story).where(tables.entry.c.number == entry, tables.entry.c.story.is_not(None))
        with self.reading() as db:
            return next(iter(story_records(db, db.scalars(of).all())), None)

    def deliveries(self, *, states: Collection[DeliveryState] | None = None) -> Iterator[Delivery]:
        """Yield deliveries, all or those in some states."""
        query = DELIVERIES if states is None else DELIVERIES.where(tables.delivery.c.state.in_(states))
        for page in self._pages(query, tables.delivery.c.number, tables.delivery.c.created, None):
            yield from map(stored_delivery, page)

    def activity(self, *, since: datetime) -> Activity:
        """Return how many entries were seen and alerts made since then, of all feeds that ever were."""
        with self.reading() as db:
            entries = db.scalar(select(func.count()).where(tables.entry.c.seen >= since))
            alerts = db.scalar(select(func.count()).where(tables.alert.c.created >= since))
        return Activity(entries=entries or 0, alerts=alerts or 0)

    def _pages(
        self, query: Select[*tuple[Any, ...]], number: Column[int], when: Column[datetime], since: datetime | None
    ) -> Iterator[Sequence[AnyRow]]:
        """Yield rows by their numbers, which are their first columns; no page holds up those who write."""
        last = 0
        if since is not None:
            query = query.where(when >= since)
            # Its index tells where to begin; else every row before would be read.
            last = (self._rows(select(func.min(number)).where(when >= since))[0][0] or 0) - 1
        query = query.order_by(number).limit(_PAGE)
        while page := self._rows(query.where(number > last)):
            yield page
            last = page[-1][0]

    def _rows(self, query: Select[*tuple[Any, ...]]) -> Sequence[AnyRow]:
        with self.reading() as db:
            return db.execute(query).all()


def entry_records(db: Connection, rows: Sequence[AnyRow]) -> list[EntryRecord]:
    """Return the entries of some rows of ENTRIES, with what was decided of them."""
    made: dict[tuple[int, str], Decision] = {}
    for row in db.execute(select(tables.decision).where(tables.decision.c.entry.in_([row.entry for row in rows]))):
        made[row.entry, row.watchlist] = stored_decision(row)
    articles = db.execute(ARTICLES.where(tables.article.c.entry.in_([row.entry for row in rows])))
    read = {row.entry: stored_article(row) for row in articles}
    return [
        EntryRecord(
            entry=stored_entry(row),
            decisions=tuple(
                made.get((row.entry, name)) or Decision(watchlist=name, reason=Reason(row.otherwise))
                for name in row.watchlists
            ),
            changes=row.changes,
            article=read.get(row.entry),
        )
        for row in rows
    ]
