"""What is known of the passages that sites repeat."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, bindparam, delete, select

from monitor.model.record import Lesson, Site
from monitor.store.database import Database, chunks, upsert
from monitor.store.feeds import feed_row
from monitor.store.tables import feed, ledger, spared

#: Ledgers of one feed, and of the pages of all; a mixed feed can lead to any number of hosts.
MOST, MOST_PAGES = 500, 10_000
#: In place of a feed's row, for pages.
_PAGES = 0
_CHUNK = 500

#: Made once: they are used at every poll that brings new entries.
_SPARED = select(spared.c.passage, spared.c.at).where(spared.c.feed == bindparam("feed")).order_by(spared.c.at)
_KEPT = select(ledger.c.host, ledger.c.packed).where(
    ledger.c.feed == bindparam("feed"), ledger.c.host.in_(bindparam("hosts", expanding=True))
)


class Ledgers(Database):
    """The part of the store that knows sites."""

    def ledgers(self, sites: Collection[Site]) -> dict[Site, bytes]:
        """Return what is known of these sites, packed; nothing for those that are not known."""
        found: dict[Site, bytes] = {}
        with self.reading() as db:
            for name, hosts in _by_feed(sites):
                if (its := _feed(db, name)) is not None:
                    found |= {Site(feed=name, host=host): packed for host, packed in _kept(db, its, hosts).items()}
        return found

    def all_ledgers(self) -> Iterator[tuple[Site, bytes]]:
        """Yield what is known of every site of the feeds that are configured, and of all pages."""
        row = ledger.c
        query = select(row.host, row.packed, feed.c.name).outerjoin_from(ledger, feed, feed.c.id == row.feed)
        with self.reading() as db:
            kept = db.execute(query.where((row.feed == _PAGES) | feed.c.active).order_by(row.feed, row.host)).all()
        return ((Site(feed=each.name or "", host=each.host), each.packed) for each in kept)

    def spared(self, feed: str) -> dict[str, datetime]:
        """Return the passages of a feed that the user says are no boilerplate, and since when, oldest first."""
        with self.reading() as db:
            kept = db.execute(_SPARED, {"feed": _feed(db, feed)}).all()
        return {each.passage: each.at for each in kept}

    def spare(self, feed: str, passage: str, *, at: datetime | None) -> None:
        """Keep that a passage of a feed is no boilerplate, or (None) forget that."""
        with self.writing() as db:
            if (its := feed_row(db, feed)) is None:
                return
            if at is None:
                db.execute(delete(spared).where(spared.c.feed == its, spared.c.passage == passage))
            else:
                upsert(db, spared, [{"feed": its, "passage": passage, "at": at}])


def keep_ledgers(db: Connection, lessons: Mapping[Site, Lesson], *, at: datetime) -> None:
    """Add to what is kept of sites what was learnt; those that were not heard of for longest make room."""
    for name, hosts in _by_feed(lessons):
        if (its := _feed(db, name)) is None:
            continue
        kept = _kept(db, its, hosts)
        packed = ((each, lessons[Site(feed=name, host=each)](kept.get(each))) for each in hosts)
        rows = [{"feed": its, "host": each, "packed": now, "at": at} for each, now in packed]
        upsert(db, ledger, rows)
        if hosts != [""]:
            latest = select(ledger.c.host).where(ledger.c.feed == its).order_by(ledger.c.at.desc())
            most = MOST_PAGES if its == _PAGES else MOST
            db.execute(delete(ledger).where(ledger.c.feed == its, ledger.c.host.in_(latest.offset(most).limit(_CHUNK))))


def _by_feed(sites: Collection[Site]) -> Iterator[tuple[str, Sequence[str]]]:
    def name(site: Site) -> str:
        return site.feed

    for feed_name, its in groupby(sorted(sites, key=name), key=name):
        yield feed_name, [site.host for site in its]


def _kept(db: Connection, its: int, hosts: Sequence[str]) -> dict[str, bytes]:
    """Return what is kept of these hosts, of the feed of this row."""
    rows = (row for some in chunks(hosts) for row in db.execute(_KEPT, {"feed": its, "hosts": some}).all())
    return {row.host: row.packed for row in rows}


def _feed(db: Connection, name: str) -> int | None:
    return feed_row(db, name) if name else _PAGES
