"""How notices and milestones are written."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert

from monitor.model.alert import Notice
from monitor.store import tables
from monitor.store.database import upsert
from monitor.store.rows import delivery_row


def set_milestone(db: Connection, name: str, at: datetime | None) -> None:
    """Remember a moment, or (None) forget it."""
    if at is None:
        db.execute(delete(tables.milestone).where(tables.milestone.c.name == name))
    else:
        upsert(db, tables.milestone, [{"name": name, "at": at}])


def keep_notice(db: Connection, notice: Notice, receivers: Sequence[str], now: datetime) -> None:
    """Write a notice, and a delivery of it for each of the receivers, that is due at once."""
    keep = insert(tables.notice).values(created=now, title=notice.title, body=notice.body, alert=notice.about)
    number = db.scalars(keep.returning(tables.notice.c.number)).one()
    rows = [delivery_row(receiver, now=now, of={"notice": number}) for receiver in receivers]
    if rows:
        db.execute(insert(tables.delivery), rows)
