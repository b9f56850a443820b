"""How decisions become alerts on their way, and how alerts keep what they were made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from monitor.group import silenced_by
from monitor.model.alert import Gone
from monitor.model.calm import HoldReason
from monitor.model.evidence import Source
from monitor.model.match import Decision, Reason
from monitor.model.record import Revision, Route
from monitor.store import tables
from monitor.store.database import upsert
from monitor.store.evidence import keep_sources
from monitor.store.rows import ALERTS, ENTRY_FIELDS, as_alerted, decision_row, delivery_row, entry_texts
from monitor.store.silences import active_silences
from monitor.store.sketches import forget, join, sketched

#: Made once: they are used at every poll that brings a new alert.
_KEEP_ALERTS = insert(tables.alert).returning(tables.alert.c.number, sort_by_parameter_order=True)


#: After so long the page behind an alert is looked at for the first time, where that is wanted.
_FIRST_LOOK = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """A decision that makes an alert."""

    #: Number of the entry.
    entry: int
    #: Name of the entry's feed.
    feed: str
    decision: Decision
    #: As in `Alert`.
    follows: int | None = None
    #: What its deliveries are held for from the beginning: they go together.
    hold: HoldReason | None = None
    #: Place of the one among those made with it that it follows.
    after: int | None = None
    #: Where it goes; None is where its watchlist's alerts go.
    route: Route | None = None
    #: The document that it was found in; None if that is not known.
    source: Source | None = None


def keep_alerts(
    db: Connection, made: Sequence[Making], *, at: datetime, routes: Mapping[str, Route]
) -> tuple[int, ...]:
    """Write alerts in this order, with a delivery for each receiver; return their numbers."""
    if not made:
        return ()
    routed = [each.route or routes[each.decision.watchlist] for each in made]
    rows = [
        {
            "created": at,
            "entry": each.entry,
            "watchlist": each.decision.watchlist,
            "priority": route.priority,
            "follows": each.follows,
            "next_check": at + _FIRST_LOOK if route.follow else None,
        }
        for each, route in zip(made, routed, strict=True)
    ]
    alerts = db.scalars(_KEEP_ALERTS, rows).all()
    _thread(db, [(alerts[place], alerts[each.after]) for place, each in enumerate(made) if each.after is not None])
    sources = [(number, each.source) for number, each in zip(alerts, made, strict=True) if each.source is not None]
    keep_sources(db, sources, at=at)
    silences = active_silences(db, at)
    deliveries = [
        delivery_row(
            receiver,
            now=at,
            of={"alert": number},
            priority=route.priority,
            hold=HoldReason.LATE if each.decision.reason is Reason.LATE else each.hold,
            silence=silenced_by(silences, watchlist=each.decision.watchlist, feed=each.feed, terms=each.decision.terms),
        )
        for number, each, route in zip(alerts, made, routed, strict=True)
        for receiver in route.receivers
    ]
    if deliveries:
        db.execute(insert(tables.delivery), deliveries)
    return tuple(alerts)


def _thread(db: Connection, under: Sequence[tuple[int, int]]) -> None:
    """Write which alerts follow others that were made with them."""
    row = tables.alert.c
    for number, first in under:
        db.execute(update(tables.alert).where(row.number == number).values(follows=first))


def keep_revision(db: Connection, revision: Revision, *, at: datetime) -> tuple[Making, ...]:
    """Write what became of an entry; return what makes an alert and made none before. An unknown entry has nothing."""
    row = tables.entry.c
    kept = select(row.watchlists, row.seen, tables.feed.c.name).join(tables.feed).where(row.number == revision.number)
    found = db.execute(kept).one_or_none()
    if found is None:
        return ()
    alerts = _freeze(db, revision)
    _note_gone(db, revision, alerts, at=at)
    watchlists = list(dict.fromkeys([*found.watchlists, *(made.watchlist for made in revision.decisions)]))
    texts = entry_texts(revision.entry)
    db.execute(update(tables.entry).where(row.number == revision.number).values(watchlists=watchlists, **texts))
    if not alerts:  # else what was told of it is what others are compared with
        forget(db, [revision.number])
        said = sketched(revision.own or revision.entry, feed=found.name, seen=found.seen)
        join(db, {revision.number: said}, at=at)
    if revision.decisions:
        upsert(db, tables.decision, [decision_row(made, number=revision.number) for made in revision.decisions])
    return tuple(
        Making(
            entry=revision.number,
            feed=found.name,
            decision=made,
            follows=min(alerts.values(), default=None),
            source=revision.source,
        )
        for made in revision.decisions
        if made.reason.sends and made.watchlist not in alerts
    )


def _note_gone(db: Connection, revision: Revision, alerts: Mapping[str, int], *, at: datetime) -> None:
    """Note on the entry's alerts whose passage is gone, and take that back where it is there again."""
    for made in revision.decisions:
        if (number := alerts.get(made.watchlist)) is None:
            continue
        row = tables.alert.c
        noted = update(tables.alert).where(row.number == number)
        if made.watchlist in revision.removed:
            db.execute(noted.where(row.vanished.is_(None)).values(vanished=Gone.PASSAGE, vanished_at=at))
        elif made.matches:
            db.execute(noted.where(row.vanished == Gone.PASSAGE).values(vanished=None, vanished_at=None))


def _freeze(db: Connection, revision: Revision) -> dict[str, int]:
    """Have the entry's alerts keep what they were made of; return their numbers by their watchlists."""
    alert = tables.alert.c
    alerts = db.execute(ALERTS.where(alert.entry == revision.number)).all()
    texts = entry_texts(revision.entry)
    redecided = {made.watchlist for made in revision.decisions}
    for each in alerts:
        changed = any(getattr(each, name) != texts[name] for name in ENTRY_FIELDS)
        if each.as_alerted is None and (changed or each.watchlist in redecided):
            db.execute(update(tables.alert).where(alert.number == each.alert).values(as_alerted=as_alerted(each)))
    return {each.watchlist: each.alert for each in alerts}
