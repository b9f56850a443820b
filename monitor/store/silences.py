"""What the user does not want to be told of for a while."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from monitor.group import silenced_by
from monitor.model.alert import DeliveryState
from monitor.model.calm import Silence, SilenceRecord
from monitor.store import tables
from monitor.store.database import Database
from monitor.store.rows import ALERTS, AnyRow, silenced, stored_alert

_SILENCES = select(tables.silence)


class Silences(Database):
    """The part of the store that knows silences."""

    def silence(self, silence: Silence) -> SilenceRecord:
        """Keep a silence; what waits already and would be sent before its end is kept back at once."""
        with self.writing() as db:
            keep = insert(tables.silence).values(asdict(silence))
            number = db.scalars(keep.returning(tables.silence.c.number)).one()
            row = tables.delivery.c
            waits = (row.state == DeliveryState.PENDING) & (row.next_attempt < silence.ends)
            waiting = db.execute(ALERTS.where(tables.alert.c.number.in_(select(row.alert).where(waits)))).all()
            active = {
                other: kept for other, kept in active_silences(db, silence.begins).items() if kept.ends >= silence.ends
            }
            for alert in map(stored_alert, waiting):
                by = silenced_by(active, watchlist=alert.watchlist, feed=alert.entry.feed, terms=alert.terms)
                if by is not None:
                    db.execute(update(tables.delivery).where(waits, row.alert == alert.number).values(silenced(by)))
        return next(each for each in self.silences() if each.number == number)

    def silences(self) -> tuple[SilenceRecord, ...]:
        """Return all silences, oldest first, also those that have ended."""
        row = tables.silence.c.number
        counted = _SILENCES.add_columns(func.count(tables.delivery.c.alert.distinct()).label("alerts"))
        with self.reading() as db:
            rows = db.execute(counted.outerjoin(tables.delivery).group_by(row).order_by(row)).all()
        return tuple(SilenceRecord(number=row.number, silence=_stored(row), alerts=row.alerts) for row in rows)

    def end_silence(self, number: int, *, now: datetime) -> bool:
        """End a silence; False if there is none of this number that has not ended. What it kept back stays so."""
        row = tables.silence.c
        with self.writing() as db:
            ended = db.execute(update(tables.silence).where(row.number == number, row.ends > now).values(ends=now))
            return ended.rowcount > 0


def active_silences(db: Connection, now: datetime) -> Mapping[int, Silence]:
    """Return the silences of this moment by their numbers, oldest first."""
    row = tables.silence.c
    rows: Sequence[AnyRow] = db.execute(_SILENCES.where(row.begins <= now, row.ends > now).order_by(row.number)).all()
    return {each.number: _stored(each) for each in rows}


def _stored(row: AnyRow) -> Silence:
    return Silence(**{field.name: getattr(row, field.name) for field in fields(Silence)})
