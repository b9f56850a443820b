"""How entries, decisions, alerts and deliveries become rows, and come back."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, select

from monitor.model.alert import Alert, Delivery, DeliveryState, Gone, Vanished
from monitor.model.calm import HoldReason, Priority
from monitor.model.entry import Entry, Field, StoredEntry
from monitor.model.match import Decision, Match, Reason
from monitor.model.record import NewEntry
from monitor.model.story import Story
from monitor.store.tables import alert, decision, delivery, entry, feed

AnyRow = Row[*tuple[Any, ...]]

#: Columns of `entry` are called as the fields are.
ENTRY_FIELDS = tuple(field.name for field in fields(Entry))
#: Those of them that are times.
_TIMES = ("published", "updated")
_STORED = (
    entry.c.number.label("entry"),
    feed.c.name.label("feed"),
    entry.c.seen,
    *(entry.c[name] for name in ENTRY_FIELDS),
)

ENTRIES = select(*_STORED, entry.c.watchlists, entry.c.otherwise, entry.c.changes).join_from(entry, feed)
ALERTS = (
    select(alert.c.number.label("alert"), alert.c.created, alert.c.watchlist, alert.c.priority, alert.c.follows)
    .add_columns(alert.c.vanished, alert.c.vanished_at)
    .add_columns(entry.c.story, alert.c.as_alerted, decision.c.reason, decision.c.matches, *_STORED)
    .join_from(alert, decision)
    .join(entry, entry.c.number == alert.c.entry)
    .join(feed)
)
DELIVERIES = select(*(delivery.c[field.name] for field in fields(Delivery)))


def entry_row(new: NewEntry, *, feed_id: int, seen: datetime) -> dict[str, object]:
    """Return the row of a new entry."""
    watchlists = [made.watchlist for made in new.decisions]
    fixed = {"feed": feed_id, "seen": seen, "watchlists": watchlists, "otherwise": _otherwise(new)}
    return {**fixed, **entry_texts(new.entry)}


def entry_texts(said: Entry) -> dict[str, object]:
    """Return what an entry says, by the names of the columns."""
    return {name: getattr(said, name) for name in ENTRY_FIELDS}


def decision_rows(new: NewEntry, *, number: int) -> list[dict[str, object]]:
    """Return rows for the decisions that found something; what the rest came to stands with the entry, in a word."""
    rest = _otherwise(new)
    return [decision_row(made, number=number) for made in new.decisions if made.matches or made.reason is not rest]


def decision_row(made: Decision, *, number: int) -> dict[str, object]:
    """Return the row of one decision on the entry of this number."""
    matches = [[match.term, match.field, match.start, match.end, match.form] for match in made.matches]
    return {"entry": number, "watchlist": made.watchlist, "reason": made.reason, "matches": matches}


def as_alerted(row: AnyRow) -> dict[str, object]:
    """Return what the alert of a row of ALERTS was made of, to be kept with it."""
    times = {name: when and when.isoformat() for name in _TIMES for when in [getattr(row, name)]}
    said = {name: getattr(row, name) for name in ENTRY_FIELDS}
    return {"entry": said | times, "reason": row.reason, "matches": row.matches}


def delivery_row(
    receiver: str,
    *,
    now: datetime,
    of: Mapping[str, int],
    priority: Priority = Priority.NORMAL,
    hold: HoldReason | None = None,
    silence: int | None = None,
) -> dict[str, object]:
    """Return a delivery that is due, unless a silence keeps it back; `hold` says what it was held for until now.

    `of` is the number of its alert or notice, by that word.
    """
    times = dict.fromkeys(("created", "queued", "next_attempt"), now)
    row = {**of, **times, "receiver": receiver, "state": DeliveryState.PENDING, "attempts": 0, "error": ""}
    row |= {"priority": priority, "held_until": now if hold else None, "hold_reason": hold, "silence": None}
    return row if silence is None else row | silenced(silence)


def silenced(silence: int) -> dict[str, object]:
    """Return what changes in a delivery that the silence of this number keeps back."""
    kept_back = {"state": DeliveryState.SILENCED, "hold_reason": HoldReason.SILENCED, "silence": silence}
    return {**kept_back, "next_attempt": None, "held_until": None}


def stored_entry(row: AnyRow) -> StoredEntry:
    """Return the entry of a row of ENTRIES or ALERTS."""
    texts = Entry(**{name: getattr(row, name) for name in ENTRY_FIELDS})
    return StoredEntry(number=row.entry, feed=row.feed, seen=row.seen, entry=texts)


def stored_decision(row: AnyRow) -> Decision:
    """Return the decision of a row of `decision` or ALERTS, as it is now."""
    return _decision(row.watchlist, row.reason, row.matches)


def stored_alert(row: AnyRow, stories: Mapping[int, Story] = MappingProxyType({})) -> Alert:
    """Return the alert of a row of ALERTS, with its story if it is among these."""
    made, stored = stored_decision(row), stored_entry(row)
    if (kept := row.as_alerted) is not None:
        made = _decision(row.watchlist, kept["reason"], kept["matches"])
        times = {name: when and datetime.fromisoformat(when) for name in _TIMES for when in [kept["entry"][name]]}
        stored = replace(stored, entry=Entry(**kept["entry"] | times))
    return Alert(
        number=row.alert,
        created=row.created,
        watchlist=made.watchlist,
        priority=Priority(row.priority),
        reason=made.reason,
        follows=row.follows,
        entry=stored,
        matches=made.matches,
        story=stories.get(row.story),
        vanished=Vanished(what=Gone(row.vanished), at=row.vanished_at) if row.vanished else None,
    )


def stored_delivery(row: AnyRow) -> Delivery:
    """Return the delivery of a row of DELIVERIES."""
    kinds = {"state": DeliveryState(row.state), "priority": Priority(row.priority)}
    reason = HoldReason(row.hold_reason) if row.hold_reason else None
    return Delivery(**{**row._asdict(), **kinds, "hold_reason": reason})


def _decision(watchlist: str, reason: str, matches: Iterable[Iterable[Any]]) -> Decision:
    found = tuple(
        Match(watchlist=watchlist, term=term, field=Field(field), start=start, end=end, form=form)
        for term, field, start, end, form in matches
    )
    return Decision(watchlist=watchlist, reason=Reason(reason), matches=found)


def _otherwise(new: NewEntry) -> Reason:
    """Return what the decisions without a row of their own came to."""
    baseline = any(made.reason is Reason.BASELINE for made in new.decisions)
    return Reason.BASELINE if baseline else Reason.NO_MATCH
