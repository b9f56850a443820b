"""The queue of pages that are to be read, and what came of each."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import Connection, delete, func, insert, select, update

from monitor.model.article import ASKED, ArticleState, ArticleStatus, Purpose, Wanted
from monitor.model.record import ArticleRecord, NewEntry
from monitor.store.alerts import keep_alerts, keep_revision
from monitor.store.database import Database
from monitor.store.evidence import keep_held_sources
from monitor.store.feeds import keep_host_wait
from monitor.store.ledgers import keep_ledgers
from monitor.store.rhythm import articles_json
from monitor.store.rows import AnyRow
from monitor.store.stories import needed
from monitor.store.tables import article, entry, feed, host

ARTICLES = select(article)

_WAITING = (
    select(article, feed.c.name, entry.c.title, entry.c.seen)
    .join_from(article, entry)
    .join(feed, feed.c.id == article.c.feed)
    .where(feed.c.active)
    .order_by(article.c.next_attempt)
    .limit(1)
)


class Articles(Database):
    """The part of the store that knows which pages are to be read."""

    def next_article(
        self, *, now: datetime, besides: Collection[str], purposes: Sequence[Purpose] = ASKED
    ) -> Wanted | None:
        """Return the article that is due longest, of none of these hosts, for the first purpose that has one."""
        row = article.c
        with self.reading() as db:
            resting = db.scalars(select(host.c.name).where(host.c.free > now)).all()
            due = _WAITING.where(row.next_attempt <= now, row.host.not_in([*besides, *resting]))
            for purpose in purposes:
                for found in db.execute(due.where(row.purpose == purpose)):
                    return _wanted(found)
        return None

    def keep_article(self, record: ArticleRecord) -> tuple[int, ...]:
        """Write all that came of an attempt to read an article, or nothing; return the numbers of its alerts."""
        status, row = record.status, article.c
        with self.writing() as db:
            tried = update(article).where(row.entry == record.wanted.entry).values(attempted=record.at)
            db.execute(tried.values({name: getattr(status, name) for name in _STATUS}))
            if record.health is not None:
                known = update(feed).where(feed.c.active, feed.c.name == record.wanted.feed)
                db.execute(known.values(articles=articles_json(record.health)))
            if record.pause is not None:
                same = update(article).where(row.host == record.wanted.host, row.next_attempt < record.pause)
                db.execute(same.values(next_attempt=record.pause))
            if record.host_wait is not None:
                keep_host_wait(db, *record.host_wait, now=record.at)
            keep_ledgers(db, record.ledgers, at=record.at)
            if record.revision is None:
                return ()
            made, _ = needed(db, keep_revision(db, record.revision, at=record.at), routes=record.routes)
            found = record.revision
            keep_held_sources(db, [(found.number, found.decisions, found.source)], at=record.at)
            return keep_alerts(db, made, at=record.at, routes=record.routes)

    def articles_of_feeds(self) -> Mapping[str, Mapping[ArticleState, int]]:
        """Return how many articles stand where, by the names of the active feeds that have any; none that are held."""
        query = select(feed.c.name, article.c.state, func.count().label("articles")).join_from(article, feed)
        with self.reading() as db:
            rows = db.execute(
                query.where(feed.c.active, article.c.purpose.in_(ASKED)).group_by(feed.c.name, article.c.state)
            ).all()
        found: dict[str, dict[ArticleState, int]] = {}
        for row in rows:
            found.setdefault(row.name, {})[ArticleState(row.state)] = row.articles
        return found


#: What of an article's status is written; its columns are called as the fields are.
_STATUS = ("state", "reason", "attempts", "next_attempt")


def keep_wanted(db: Connection, wanted: Collection[tuple[int, NewEntry]], *, feed_id: int, at: datetime) -> None:
    """Write which new entries, by their numbers, are to be read on their pages too."""
    rows = [
        {
            "entry": number,
            "feed": feed_id,
            "url": new.entry.link,
            "host": _host(new.entry.link),
            "purpose": new.article,
            "state": ArticleState.WAITING,
            "reason": "",
            "attempts": 0,
            "next_attempt": at,
        }
        for number, new in wanted
        if new.article is not None
    ]
    if rows:
        db.execute(insert(article), rows)


def keep_released(db: Connection, feed_id: int) -> None:
    """Have the articles of a feed read that waited for the user's word."""
    held = update(article).where(article.c.feed == feed_id, article.c.purpose == Purpose.HELD)
    db.execute(held.values(purpose=Purpose.MATCH))


def forget_held_articles(db: Connection, feed_id: int) -> None:
    """Want no more of a feed's articles that waited for the user's word."""
    db.execute(delete(article).where(article.c.feed == feed_id, article.c.purpose == Purpose.HELD))


def stored_article(row: AnyRow) -> ArticleStatus:
    """Return the status of a row of ARTICLES."""
    return ArticleStatus(
        url=row.url,
        state=ArticleState(row.state),
        reason=row.reason,
        attempts=row.attempts,
        next_attempt=row.next_attempt,
    )


def _wanted(row: AnyRow) -> Wanted:
    return Wanted(
        entry=row.entry,
        feed=row.name,
        url=row.url,
        host=row.host,
        purpose=Purpose(row.purpose),
        title=row.title,
        seen=row.seen,
        attempts=row.attempts,
    )


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removesuffix(".")
