"""What entries of the last days are compared by, and which of them carry one report."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, tuple_, update

from monitor.group.sketch import Sketch, keys, sketch
from monitor.group.story import WINDOW, same
from monitor.identity import address
from monitor.model.entry import Entry
from monitor.store import tables
from monitor.store.database import upsert
from monitor.store.rows import AnyRow
from monitor.text.boilerplate import host

#: Entries that share a key with one and are compared with it, at most: the last ones.
_MOST = 50
#: Values in one statement, and entries forgotten in one transaction, at most.
_CHUNK = 1000

_KEYS = select(tables.sketch_key).where(tables.sketch_key.c.key.in_(bindparam("keys", expanding=True)))
_SKETCHES = select(tables.sketch).where(tables.sketch.c.entry.in_(bindparam("entries", expanding=True)))
_STORIES = select(tables.entry.c.number, tables.entry.c.story).where(
    tables.entry.c.number.in_(bindparam("entries", expanding=True)), tables.entry.c.story.is_not(None)
)


def sketched(entry: Entry, *, feed: str, seen: datetime) -> Sketch:
    """Return the sketch of an entry."""
    source, link = host(entry), address(entry.link)
    return sketch(
        entry,
        when=entry.believable(seen) or seen,
        source=source or feed,
        link=link if link.removeprefix(source) else "",
    )


def join(db: Connection, entries: Mapping[int, Sketch], *, at: datetime) -> None:
    """Keep sketches of entries, by number, oldest first; each joins the story of the last that carries its report."""
    if not entries:
        return
    of = {number: keys(each) for number, each in entries.items()}
    alike = _alike(db, of)
    known = sketches(db, {each for found in alike.values() for each in found})
    partners: list[tuple[int, int]] = []
    sharing: defaultdict[int, list[int]] = defaultdict(list)
    for number, mine in entries.items():
        here = {other for key in of[number] for other in sharing[key]}
        others = sorted({*here, *alike[number]}, reverse=True)[:_MOST]
        partner = next((other for other in others if same(mine, entries.get(other) or known[other])), None)
        if partner is not None:
            partners.append((number, partner))
        for key in of[number]:
            sharing[key].append(number)
    _keep(db, entries, of)
    if partners:
        _grow(db, partners, at)


def sketches(db: Connection, entries: Collection[int]) -> dict[int, Sketch]:
    """Return the sketches that are kept of these entries."""
    rows = (row for some in _chunks(entries) for row in db.execute(_SKETCHES, {"entries": some}))
    return {row.entry: _sketch(row) for row in rows}


def stories(db: Connection, entries: Collection[int]) -> dict[int, int]:
    """Return the stories of those of these entries that have one."""
    rows = (row for some in _chunks(entries) for row in db.execute(_STORIES, {"entries": some}))
    return {row.number: row.story for row in rows}


def forget(db: Connection, entries: Collection[int]) -> None:
    """Drop the sketches of entries."""
    kept = sketches(db, entries)
    gone = [(key, number) for number, each in kept.items() for key in keys(each)]
    row = tables.sketch_key.c
    for some in _chunks(gone):
        db.execute(delete(tables.sketch_key).where(tuple_(row.key, row.entry).in_(some)))
    for few in _chunks(kept):
        db.execute(delete(tables.sketch).where(tables.sketch.c.entry.in_(few)))


def forget_old(db: Connection, *, at: datetime) -> None:
    """Drop the sketches of entries that were seen too long ago to be compared with, some at a time."""
    oldest = select(func.min(tables.entry.c.number)).where(tables.entry.c.seen >= at - WINDOW)
    row = tables.sketch.c
    old = select(row.entry).where(row.entry < oldest.scalar_subquery()).order_by(row.entry).limit(_CHUNK)
    forget(db, db.scalars(old).all())


def _alike(db: Connection, of: Mapping[int, Collection[int]]) -> dict[int, list[int]]:
    """Return for each entry the last earlier ones that share a key with it."""
    sharing: defaultdict[int, list[int]] = defaultdict(list)
    for some in _chunks({key for found in of.values() for key in found}):
        for row in db.execute(_KEYS, {"keys": some}):
            if row.entry not in of:
                sharing[row.key].append(row.entry)
    return {
        number: sorted({each for key in found for each in sharing[key]}, reverse=True)[:_MOST]
        for number, found in of.items()
    }


def _keep(db: Connection, entries: Mapping[int, Sketch], of: Mapping[int, Collection[int]]) -> None:
    rows = [
        {
            "entry": number,
            "at": each.when,
            "source": each.source,
            "link": each.link,
            "title": array("I", each.title).tobytes(),
            "text": array("I", each.text).tobytes(),
        }
        for number, each in entries.items()
    ]
    upsert(db, tables.sketch, rows)
    found = [{"key": key, "entry": number} for number, its in of.items() for key in its]
    if found:
        db.execute(insert(tables.sketch_key).prefix_with("OR IGNORE"), found)


def _grow(db: Connection, partners: Sequence[tuple[int, int]], at: datetime) -> None:
    """Put entries into the stories of their partners, which begin with these if they have none."""
    numbers = {each for pair in partners for each in pair}
    known = stories(db, numbers)
    joined = dict(known)
    over = _over(db, {*known.values()}, at)
    for number, partner in partners:
        if joined.get(partner) in over:
            continue
        story = joined.setdefault(partner, min(number, partner))
        joined.setdefault(number, story)
    grown = {story for number, story in joined.items() if known.get(number) != story}
    if not grown:
        return
    grew = insert(tables.story).values(grew=at)
    for story in sorted(grown):
        if db.execute(update(tables.story).where(tables.story.c.number == story).values(grew=at)).rowcount == 0:
            db.execute(grew.values(number=story))
    joins = [{"of": number, "to": story} for number, story in joined.items() if number not in known]
    entered = update(tables.entry).where(tables.entry.c.number == bindparam("of")).values(story=bindparam("to"))
    db.execute(entered, joins)


def _over(db: Connection, of: Collection[int], at: datetime) -> set[int]:
    """Return those of these stories that began so long ago that none joins them any more."""
    row = tables.entry.c
    return set(db.scalars(select(row.number).where(row.number.in_(list(of)), row.seen < at - WINDOW)))


def _sketch(row: AnyRow) -> Sketch:
    title, text = (tuple(array("I", packed)) for packed in (row.title, row.text))
    return Sketch(when=row.at, source=row.source, link=row.link, title=title, text=text)


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    listed = list(values)
    return (listed[start : start + _CHUNK] for start in range(0, len(listed), _CHUNK))
