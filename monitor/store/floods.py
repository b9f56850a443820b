"""Floods: new entries that were too many at once, and wait for the user's word."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from monitor.model.calm import HoldReason
from monitor.model.match import Reason
from monitor.model.record import Held, Route
from monitor.store import tables
from monitor.store.alerts import Making, keep_alerts
from monitor.store.articles import forget_held_articles, keep_released
from monitor.store.database import Database
from monitor.store.evidence import forget_held, release_sources
from monitor.store.feeds import feed_row
from monitor.store.rows import AnyRow, stored_decision

_NOTHING = {"flood_since": None, "flood_told": None, "flood_cause": None, "flood_entries": None}


class Floods(Database):
    """The part of the store that holds floods until the user has decided."""

    def release(self, feed: str, *, at: datetime, routes: Mapping[str, Route]) -> tuple[int, ...]:
        """Make alerts of what is held of a feed, oldest first, to go together; return their numbers.

        Its pages are read from now on, and alert for themselves.
        What watchlists matched that have no route is let go.
        """
        with self.writing() as db:
            feed_id, rows = _held(db, feed)
            sent = [row for row in rows if row.watchlist in routes]
            _decide(db, sent, Reason.MATCHED)
            _decide(db, [row for row in rows if row.watchlist not in routes], Reason.BASELINE)
            made = [
                Making(entry=row.entry, feed=feed, decision=stored_decision(row), hold=HoldReason.BURST) for row in sent
            ]
            alerts = keep_alerts(db, made, at=at, routes=routes)
            release_sources(db, alerts, at=at)
            keep_released(db, feed_id)
            forget_held(db, feed_id)
            return alerts

    def accept(self, feed: str) -> int:
        """Take what is held of a feed for old news: seen, and no alert. Return how many decisions that were."""
        with self.writing() as db:
            feed_id, rows = _held(db, feed)
            _decide(db, rows, Reason.BASELINE)
            forget_held(db, feed_id)
            forget_held_articles(db, feed_id)
            return len(rows)


def _held(db: Connection, feed: str) -> tuple[int, list[AnyRow]]:
    """Return a feed's row and the decisions that are held, oldest first; from now on, the feed holds nothing."""
    feed_id = feed_row(db, feed)
    if feed_id is None:
        return 0, []
    db.execute(update(tables.feed).where(tables.feed.c.id == feed_id).values(_NOTHING))
    query = select(tables.decision).join(tables.entry).where(tables.entry.c.feed == feed_id)
    query = query.where(tables.decision.c.reason == Reason.FLOOD_HELD)
    return feed_id, list(db.execute(query.order_by(tables.decision.c.entry, tables.decision.c.watchlist)))


def keep_held(db: Connection, feed: int, held: Held, *, at: datetime) -> None:
    """Write that a poll's entries are held, beside those that are already."""
    row = tables.feed.c
    values: dict[str, object] = {
        "flood_since": func.coalesce(row.flood_since, at),
        "flood_cause": held.cause,
        "flood_entries": func.coalesce(row.flood_entries, 0) + held.entries,
    }
    if held.told:
        values["flood_told"] = at
    db.execute(update(tables.feed).where(row.id == feed).values(values))


def _decide(db: Connection, rows: list[AnyRow], reason: Reason) -> None:
    row = tables.decision.c
    for each in rows:
        decided = update(tables.decision).where(row.entry == each.entry, row.watchlist == each.watchlist)
        db.execute(decided.values(reason=reason))
