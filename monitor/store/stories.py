"""Which alerts a story still needs: one that tells what an earlier one told is not made."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, func, select, update

from monitor.group.retold import Told, retold, risen
from monitor.group.sketch import Sketch
from monitor.group.story import same
from monitor.model.alert import DeliveryState
from monitor.model.calm import Priority
from monitor.model.match import Reason
from monitor.model.record import Route
from monitor.store import tables
from monitor.store.alerts import Making
from monitor.store.rows import ALERTS, stored_alert
from monitor.store.sketches import sketches, stories

#: Of a delivery that told someone, or may.
_ALIVE = (DeliveryState.PENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Alert:
    """An alert of a story: one that is kept, or one that is being made."""

    #: None if it is being made; then its place among those.
    number: int | None = None
    place: int | None = None
    entry: int
    watchlist: str
    priority: Priority
    terms: tuple[str, ...]
    alive: bool = True
    late: bool = False


def needed(db: Connection, made: Sequence[Making], *, routes: Mapping[str, Route]) -> tuple[list[Making], list[Making]]:
    """Return the alerts that are to be made, in order, and those whose story was told already.

    What the latter's decisions came to is written.
    """
    of = stories(db, {each.entry for each in made if routes[each.decision.watchlist].grouped})
    if not of:
        return list(made), []
    alerts = _alerts(db, {*of.values()})
    known = sketches(db, {*of} | {each.entry for found in alerts.values() for each in found})
    make: list[Making] = []
    drop: list[Making] = []
    for each in made:
        route = routes[each.decision.watchlist]
        if each.entry not in of or not route.grouped:
            make.append(each)
            continue
        story = alerts[of[each.entry]]
        one = _settled(db, each, route, [alert for alert in story if alert.watchlist == each.decision.watchlist], known)
        if one is None:
            drop.append(replace(each, decision=replace(each.decision, reason=Reason.SAME_STORY)))
            continue
        one = one if one.follows is not None else _under(one, story)
        story.append(_made(one, len(make), one.route or route))
        make.append(one)
    _decide(db, [*drop, *(one for one in make if one.decision.reason is Reason.CORROBORATED)])
    return make, drop


def _settled(
    db: Connection, each: Making, route: Route, earlier: Sequence[_Alert], known: Mapping[int, Sketch]
) -> Making | None:
    """Return how the alert is made; None if it is not."""
    decision = each.decision
    if decision.reason is Reason.EDITED:
        return each
    told = [
        Told(
            priority=alert.priority,
            terms=alert.terms,
            same=_same(known, each.entry, alert.entry),
            # What comes late waits for the next digest: it holds back no news.
            alive=(alert.alive or not route.receivers) and (not alert.late or decision.reason is Reason.LATE),
        )
        for alert in earlier
    ]
    raised = risen(route, told, sources=_sources(db, each.entry)) if told and route.corroborated else None
    if raised is not None:
        return replace(each, decision=replace(decision, reason=Reason.CORROBORATED), route=raised)
    return None if retold(decision.terms, told) else each


def _same(known: Mapping[int, Sketch], one: int, other: int) -> bool:
    return one == other or (one in known and other in known and same(known[one], known[other]))


def _under(one: Making, story: Sequence[_Alert]) -> Making:
    """Return the alert under the first of its watchlist, or else of its story."""
    first = next((alert for alert in story if alert.watchlist == one.decision.watchlist), None)
    first = first or next(iter(story), None)
    return replace(one, follows=first.number, after=first.place) if first else one


def _made(one: Making, place: int, route: Route) -> _Alert:
    return _Alert(
        place=place,
        entry=one.entry,
        watchlist=one.decision.watchlist,
        priority=route.priority,
        terms=one.decision.terms,
        late=one.decision.reason is Reason.LATE,
    )


def _alerts(db: Connection, of: set[int]) -> defaultdict[int, list[_Alert]]:
    """Return the alerts of stories, by story, the first first."""
    found: defaultdict[int, list[_Alert]] = defaultdict(list)
    listed = ALERTS.where(tables.entry.c.story.in_(of))
    rows = db.execute(listed.order_by(tables.alert.c.number)).all()
    row = tables.delivery.c
    alive = select(row.alert).where(row.alert.in_([each.alert for each in rows]), row.state.in_(_ALIVE))
    heard = set(db.scalars(alive))
    for each in rows:
        alert = stored_alert(each)
        found[each.story].append(
            _Alert(
                number=alert.number,
                entry=alert.entry.number,
                watchlist=alert.watchlist,
                priority=alert.priority,
                terms=alert.terms,
                alive=alert.number in heard,
                late=alert.reason is Reason.LATE,
            )
        )
    return found


def _sources(db: Connection, entry: int) -> int:
    """Return how many sources carry the story of an entry, as far as they are remembered."""
    row = tables.entry.c
    story = select(row.story).where(row.number == entry).scalar_subquery()
    hosts = select(func.count(tables.sketch.c.source.distinct())).join_from(tables.sketch, tables.entry)
    return db.scalars(hosts.where(row.story == story)).one()


def _decide(db: Connection, made: Sequence[Making]) -> None:
    """Write what decisions came to."""
    if not made:
        return
    row = tables.decision.c
    changed = update(tables.decision).where(row.entry == bindparam("of"), row.watchlist == bindparam("by"))
    values = [{"of": each.entry, "by": each.decision.watchlist, "now": each.decision.reason} for each in made]
    db.execute(changed.values(reason=bindparam("now")), values)
