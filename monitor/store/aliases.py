"""What entries are known by (see `monitor.identity`)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import chain

from sqlalchemy import Connection, bindparam, delete, select, update

from monitor.model.record import EntryRecord, Learnt
from monitor.store import tables
from monitor.store.archive import entry_records
from monitor.store.database import Database, chunks, upsert
from monitor.store.rows import ENTRIES

#: How long an alias is remembered at least, after it was last seen, while its feed can be read (R28).
_KEPT = timedelta(days=90)
#: Windows whose aliases are remembered, however long ago that was, and aliases that an entry has at most as it comes.
_WINDOWS, _ALIASES = 2, 8
#: Aliases forgotten in one transaction: others wait for it.
_AT_ONCE = 5000

#: Made once: it is used at every poll that brings a new document.
_KNOWN = (
    select(tables.alias.c.alias)
    .join(tables.feed)
    .where(tables.feed.c.name == bindparam("feed"), tables.feed.c.active)
    .where(tables.alias.c.alias.in_(bindparam("aliases", expanding=True)))
)


class Aliases(Database):
    """The part of the store that knows entries again."""

    def known(self, feed: str, aliases: Collection[bytes]) -> set[bytes]:
        """Return those of the aliases that entries of this feed have had."""
        with self.reading() as db:
            found = (db.scalars(_KNOWN, {"feed": feed, "aliases": some}).all() for some in chunks(aliases))
            return set(chain.from_iterable(found))

    def holders(self, feed: str, aliases: Collection[bytes]) -> dict[bytes, EntryRecord]:
        """Return the entries that have these aliases, as far as it was written down and they are kept."""
        row = tables.alias.c
        query = select(row.alias, row.entry).join(tables.feed, tables.feed.c.id == row.feed)
        query = query.where(tables.feed.c.name == feed, tables.feed.c.active, row.entry.is_not(None))
        with self.reading() as db:
            numbers = {
                each.alias: each.entry
                for some in chunks(aliases)
                for each in db.execute(query.where(row.alias.in_(some)))
            }
            records = {
                record.entry.number: record
                for some in chunks(set(numbers.values()))
                for record in entry_records(db, db.execute(ENTRIES.where(tables.entry.c.number.in_(some))).all())
            }
        return {alias: records[number] for alias, number in numbers.items() if number in records}

    def forget(self, feed: str) -> int:
        """Forget some aliases that a feed has not had for long; return how many: with 0, there are no more.

        What was seen is remembered for 90 days, counted while the feed can be read, and two windows in any case.
        """
        row = tables.alias.c
        with self.writing() as db:
            found = db.execute(
                select(tables.feed).where(tables.feed.c.name == feed, tables.feed.c.active)
            ).one_or_none()
            if found is None or found.last_success is None:
                return 0
            before = found.last_success - _KEPT
            least = _WINDOWS * max(found.window, 1) * _ALIASES
            of_feed = select(row.last_seen).where(row.feed == found.id)
            oldest = of_feed.order_by(row.last_seen.desc()).offset(least - 1).limit(1)
            kept_from = db.scalars(oldest).one_or_none()
            if kept_from is None:
                return 0
            old = select(row.alias).where(row.feed == found.id, row.last_seen < min(before, kept_from)).limit(_AT_ONCE)
            return db.execute(delete(tables.alias).where(row.feed == found.id, row.alias.in_(old))).rowcount


def keep_aliases(
    db: Connection, feed: int, entries: Iterable[tuple[int | None, Collection[bytes]]], *, at: datetime
) -> None:
    """Write what entries, by their numbers, are known by; what two of them share is the later one's."""
    rows = {
        alias: {"feed": feed, "alias": alias, "last_seen": at, "entry": number}
        for number, aliases in entries
        for alias in aliases
    }
    if rows:
        upsert(db, tables.alias, list(rows.values()))


def keep_learnt(db: Connection, feed: int, learnt: Sequence[Learnt], *, at: datetime) -> None:
    """Write what known entries are known by from now on, and that they changed."""
    keep_aliases(db, feed, ((each.entry, each.aliases) for each in learnt), at=at)
    numbers = [each.entry for each in learnt if each.entry is not None]
    if numbers:
        changed = update(tables.entry).where(tables.entry.c.number == bindparam("changed"))
        db.execute(changed.values(changes=tables.entry.c.changes + 1), [{"changed": number} for number in numbers])
