"""What entries of the last days are compared by, and which of them carry one report."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, tuple_, update

from monitor.group.sketch import Sketch, keys, sketch
from monitor.group.story import WINDOW, same
from monitor.identity import address
from monitor.model.entry import Entry
from monitor.store import tables
from monitor.store.database import chunks, upsert
from monitor.store.rows import AnyRow
from monitor.text.boilerplate import host

#: Entries that share a key with one and are compared with it, at most: the last ones.
_MOST = 50
#: Of those, so many are looked at in one go.
_FEW = 8
#: Entries forgotten in one transaction, at most.
_AT_ONCE = 1000

#: Made once: they are used at every poll that brings new entries.
_SHARING = (
    select(tables.sketch_key.c.entry)
    .where(tables.sketch_key.c.key.in_(bindparam("keys", expanding=True)))
    .distinct()
    .order_by(tables.sketch_key.c.entry.desc())
    .limit(_MOST)
)
_SKETCHES = select(tables.sketch).where(tables.sketch.c.entry.in_(bindparam("entries", expanding=True)))
_FIRST = tables.entry.alias()
_STORIES = (
    select(tables.entry.c.number, tables.entry.c.story, _FIRST.c.seen.label("began"))
    .join(_FIRST, _FIRST.c.number == tables.entry.c.story)
    .where(tables.entry.c.number.in_(bindparam("entries", expanding=True)))
)
_KEEP_KEYS = insert(tables.sketch_key).prefix_with("OR IGNORE")
_JOIN = update(tables.entry).where(tables.entry.c.number == bindparam("of")).values(story=bindparam("to"))


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
    partners: list[tuple[int, int]] = []
    sharing: defaultdict[int, list[int]] = defaultdict(list)
    for number, mine in entries.items():
        here = {other for key in of[number] for other in sharing[key]}
        others = sorted(here.union(db.scalars(_SHARING, {"keys": [*of[number]]})), reverse=True)[:_MOST]
        if (partner := _partner(db, mine, others, entries)) is not None:
            partners.append((number, partner))
        for key in of[number]:
            sharing[key].append(number)
    _keep(db, entries, of)
    if partners:
        _grow(db, partners, at)


def sketches(db: Connection, entries: Collection[int]) -> dict[int, Sketch]:
    """Return the sketches that are kept of these entries."""
    rows = (row for some in chunks(entries) for row in db.execute(_SKETCHES, {"entries": some}).all())
    return {row.entry: _sketch(row) for row in rows}


def stories(db: Connection, entries: Collection[int]) -> dict[int, int]:
    """Return the stories of those of these entries that have one."""
    return {row.number: row.story for row in _stories(db, entries)}


def forget(db: Connection, entries: Collection[int]) -> None:
    """Drop the sketches of entries."""
    kept = sketches(db, entries)
    gone = [(key, number) for number, each in kept.items() for key in keys(each)]
    row = tables.sketch_key.c
    for some in chunks(gone):
        db.execute(delete(tables.sketch_key).where(tuple_(row.key, row.entry).in_(some)))
    for few in chunks(kept):
        db.execute(delete(tables.sketch).where(tables.sketch.c.entry.in_(few)))


def forget_old(db: Connection, *, at: datetime) -> None:
    """Drop the sketches of entries that were seen too long ago to be compared with, some at a time."""
    oldest = select(func.min(tables.entry.c.number)).where(tables.entry.c.seen >= at - WINDOW)
    row = tables.sketch.c
    old = select(row.entry).where(row.entry < oldest.scalar_subquery()).order_by(row.entry).limit(_AT_ONCE)
    forget(db, db.scalars(old).all())


def _partner(db: Connection, mine: Sketch, others: Sequence[int], unkept: Mapping[int, Sketch]) -> int | None:
    """Return the first of others that carries the report of an entry; most often one of the first does, if any."""
    for start in range(0, len(others), _FEW):
        few = others[start : start + _FEW]
        known = {**sketches(db, [each for each in few if each not in unkept]), **unkept}
        if (partner := next((each for each in few if same(mine, known[each])), None)) is not None:
            return partner
    return None


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
        db.execute(_KEEP_KEYS, found)


def _grow(db: Connection, partners: Sequence[tuple[int, int]], at: datetime) -> None:
    """Put entries into the stories of their partners, which begin with these if they have none."""
    kept = _stories(db, {each for pair in partners for each in pair})
    known = {row.number: row.story for row in kept}
    over = {row.story for row in kept if row.began < at - WINDOW}  # too long ago for anything to join it any more
    joined = dict(known)
    for number, partner in partners:
        if joined.get(partner) in over:
            continue
        story = joined.setdefault(partner, min(number, partner))
        joined.setdefault(number, story)
    grown = {story for number, story in joined.items() if known.get(number) != story}
    if not grown:
        return
    upsert(db, tables.story, [{"number": story, "grew": at} for story in sorted(grown)])
    db.execute(_JOIN, [{"of": number, "to": story} for number, story in joined.items() if number not in known])


def _stories(db: Connection, entries: Collection[int]) -> list[AnyRow]:
    return [row for some in chunks(entries) for row in db.execute(_STORIES, {"entries": some}).all()]


def _sketch(row: AnyRow) -> Sketch:
    title, text = (tuple(array("I", packed)) for packed in (row.title, row.text))
    return Sketch(when=row.at, source=row.source, link=row.link, title=title, text=text)
