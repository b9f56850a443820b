"""What is on its way to receivers."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, Update, bindparam, delete, func, insert, select, update

from monitor.model.alert import Alert, Delivery, DeliveryState, Notice
from monitor.model.record import Milestone
from monitor.store import tables
from monitor.store.database import Database, upsert
from monitor.store.rows import ALERTS, DELIVERIES, delivery_row, stored_alert, stored_delivery

#: Made once: it is asked every second, for every receiver.
_DUE = (
    DELIVERIES.where(tables.delivery.c.receiver == bindparam("receiver"))
    .where(tables.delivery.c.next_attempt <= bindparam("now"))
    .order_by(tables.delivery.c.number)
    .limit(bindparam("limit"))
)


class Outbox(Database):
    """The part of the store that knows deliveries."""

    def due_deliveries(self, *, now: datetime, receivers: Collection[str], limit: int) -> tuple[Delivery, ...]:
        """Return deliveries to be tried now: for each receiver its `limit` oldest, so that none waits for another's."""
        with self.reading() as db:
            return tuple(
                stored_delivery(row)
                for receiver in receivers
                for row in db.execute(_DUE, {"receiver": receiver, "now": now, "limit": limit})
            )

    def message(self, delivery: Delivery) -> Alert | Notice:
        """Return what is to be delivered."""
        with self.reading() as db:
            if delivery.alert is not None:
                return stored_alert(db.execute(ALERTS.where(tables.alert.c.number == delivery.alert)).one())
            texts = select(tables.notice.c.title, tables.notice.c.body).join_from(tables.notice, tables.delivery)
            row = db.execute(texts.where(tables.delivery.c.number == delivery.number)).one()
            return Notice(title=row.title, body=row.body)

    def settle(self, delivery: Delivery) -> None:
        """Write where a delivery stands after an attempt."""
        with self.writing() as db:
            db.execute(_settling(delivery))

    def give_up(self, delivery: Delivery, notice: Notice, receivers: Sequence[str], *, now: datetime) -> None:
        """Write that a delivery is dead, and keep a notice of it for these receivers; once, also when asked again."""
        with self.writing() as db:
            if db.execute(_settling(delivery).where(tables.delivery.c.state != DeliveryState.DEAD)).rowcount:
                keep_notice(db, notice, receivers, now)

    def abandon(self, *, besides: Collection[str], queued_before: datetime, error: str) -> int:
        """Make dead what was queued before then and waits for receivers other than these; return how many."""
        waits = tables.delivery.c.next_attempt.is_not(None) & (tables.delivery.c.queued < queued_before)
        dead = {"state": DeliveryState.DEAD, "next_attempt": None, "error": error}
        with self.writing() as db:
            gone = waits & tables.delivery.c.receiver.not_in(besides)
            return db.execute(update(tables.delivery).where(gone).values(dead)).rowcount

    def notify(
        self,
        notice: Notice,
        receivers: Sequence[str],
        *,
        now: datetime,
        milestone: tuple[Milestone, datetime | None] | None = None,
    ) -> None:
        """Keep a notice, and a delivery of it for each of the receivers; with it, set a milestone or (None) end it."""
        with self.writing() as db:
            keep_notice(db, notice, receivers, now)
            if milestone is not None:
                _set(db, *milestone)

    def milestone(self, name: Milestone) -> datetime | None:
        """Return when it was; None if it was not, or is no more."""
        with self.reading() as db:
            return db.scalars(select(tables.milestone.c.at).where(tables.milestone.c.name == name)).one_or_none()

    def set_milestone(self, name: Milestone, at: datetime) -> None:
        """Remember a moment."""
        with self.writing() as db:
            _set(db, name, at)

    def owed(self) -> dict[str, int]:
        """Return how many deliveries each receiver is still owed."""
        query = select(tables.delivery.c.receiver, func.count().label("owed")).where(
            tables.delivery.c.next_attempt.is_not(None)
        )
        with self.reading() as db:
            return {row.receiver: row.owed for row in db.execute(query.group_by(tables.delivery.c.receiver))}

    def requeue(self, numbers: Collection[int] | None, *, now: datetime) -> int:
        """Make deliveries due as if they were new, all dead ones if `numbers` is None; return how many.

        One that was sent is left alone.
        """
        if numbers is None:
            chosen = tables.delivery.c.state == DeliveryState.DEAD
        else:
            chosen = tables.delivery.c.number.in_(numbers) & (tables.delivery.c.state != DeliveryState.SENT)
        anew = {"state": DeliveryState.PENDING, "attempts": 0, "queued": now, "next_attempt": now, "error": ""}
        with self.writing() as db:
            return db.execute(update(tables.delivery).where(chosen).values(anew)).rowcount


def _settling(delivery: Delivery) -> Update:
    after = {
        "state": delivery.state,
        "attempts": delivery.attempts,
        "next_attempt": delivery.next_attempt,
        "error": delivery.error,
    }
    return update(tables.delivery).where(tables.delivery.c.number == delivery.number).values(after)


def _set(db: Connection, name: Milestone, at: datetime | None) -> None:
    if at is None:
        db.execute(delete(tables.milestone).where(tables.milestone.c.name == name))
    else:
        upsert(db, tables.milestone, [{"name": name, "at": at}])


def keep_notice(db: Connection, notice: Notice, receivers: Sequence[str], now: datetime) -> None:
    """Write a notice, and a delivery of it for each of the receivers, that is due at once."""
    keep = insert(tables.notice).values(created=now, title=notice.title, body=notice.body)
    number = db.scalars(keep.returning(tables.notice.c.number)).one()
    rows = [delivery_row(receiver, now=now, of={"notice": number}) for receiver in receivers]
    if rows:
        db.execute(insert(tables.delivery), rows)
