"""What is on its way to receivers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Update, bindparam, func, select, update

from monitor.group import is_alone
from monitor.model.alert import Alert, Delivery, DeliveryState, Earlier, Notice
from monitor.model.calm import HoldReason, Priority
from monitor.model.feed import FeedState
from monitor.model.record import PROVED, Milestone
from monitor.store import tables
from monitor.store.database import Database
from monitor.store.feeds import keep_told
from monitor.store.notices import keep_notice, set_milestone
from monitor.store.rows import ALERTS, DELIVERIES, stored_alert, stored_delivery
from monitor.store.told import stories_of

#: Made once: it is asked every second, for every receiver.
_RECENT = (
    select(func.max(tables.delivery.c.attempted))
    .where(tables.delivery.c.receiver == bindparam("receiver"))
    .where(tables.delivery.c.attempted > bindparam("since"))
    .where(tables.delivery.c.state.in_([DeliveryState.SENT, DeliveryState.UNKNOWN]))
    .where(tables.delivery.c.priority != Priority.CRITICAL)
    .group_by(tables.delivery.c.message_id)
)
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

    def held_deliveries(self, *, now: datetime) -> tuple[Delivery, ...]:
        """Return deliveries that are not to be tried before a time to come, and were held."""
        row = tables.delivery.c
        with self.reading() as db:
            held = db.execute(DELIVERIES.where(row.held_until > now, row.next_attempt > now).order_by(row.number))
            return tuple(map(stored_delivery, held))

    def recent_messages(self, receiver: str, *, since: datetime) -> tuple[datetime, ...]:
        """Return when messages went to a receiver since then, oldest first, without critical ones.

        Those that may have arrived count.
        """
        with self.reading() as db:
            return tuple(sorted(db.scalars(_RECENT, {"receiver": receiver, "since": since})))

    def last_digest(self, receiver: str) -> datetime | None:
        """Return the time until which the deliveries in the receiver's last digest were held."""
        row = tables.delivery.c
        digests = select(row.held_until).where(row.receiver == receiver, row.held_until.is_not(None))
        made = digests.where(row.hold_reason == HoldReason.DIGEST, row.message_id.is_not(None))
        with self.reading() as db:
            return db.scalars(made.order_by(row.held_until.desc()).limit(1)).one_or_none()

    def hold(self, deliveries: Sequence[Delivery]) -> None:
        """Write until when deliveries are held and why; one that no longer waits is left alone."""
        row = tables.delivery.c
        keys = ("held_until", "hold_reason", "queued", "next_attempt")
        held = update(tables.delivery).where(row.number == bindparam("of"), row.next_attempt.is_not(None))
        with self.writing() as db:
            values = [{"of": each.number, **{key: getattr(each, key) for key in keys}} for each in deliveries]
            db.execute(held.values({key: bindparam(key) for key in keys}), values)

    def take(self, deliveries: Sequence[Delivery]) -> tuple[tuple[Delivery, Alert | Notice], ...]:
        """Return those that still wait, with what they tell; in which message they go is written before."""
        row = tables.delivery.c
        numbers = [each.number for each in deliveries]
        named = [{"of": each.number, "name": each.message_id} for each in deliveries if each.message_id is not None]
        with self.writing() if named else self.reading() as db:
            if named:
                unnamed = update(tables.delivery).where(row.number == bindparam("of"), row.message_id.is_(None))
                db.execute(unnamed.where(row.next_attempt.is_not(None)).values(message_id=bindparam("name")), named)
            waiting = set(db.scalars(select(row.number).where(row.number.in_(numbers), row.next_attempt.is_not(None))))
            return tuple((each, _told(db, each)) for each in deliveries if each.number in waiting)

    def earlier(self, receiver: str, alert: int) -> Earlier | None:
        """Return the first alert of this one's thread, itself included, that the receiver was sent; None if none."""
        row, of = tables.delivery.c, tables.alert.c
        sent = select(of.number, row.receipt, row.message_id).join_from(tables.delivery, tables.alert)
        sent = sent.where(row.receiver == receiver, row.state == DeliveryState.SENT, of.number <= alert)
        with self.reading() as db:
            first = db.scalars(select(func.coalesce(of.follows, of.number)).where(of.number == alert)).one()
            sent = sent.where((of.number == first) | (of.follows == first))
            found = db.execute(sent.order_by(of.number).limit(1)).one_or_none()
            if found is None:
                return None
            told = stored_alert(db.execute(ALERTS.where(of.number == found.number)).one())
        return Earlier(alert=told, receipt=found.receipt or "", alone=is_alone(found.message_id or ""))

    def settle(self, deliveries: Sequence[Delivery]) -> None:
        """Write where the deliveries in one message stand after an attempt."""
        with self.writing() as db:
            for each in deliveries:
                db.execute(_settling(each))

    def give_up(self, delivery: Delivery, notice: Notice, receivers: Sequence[str], *, now: datetime) -> None:
        """Write that a delivery is dead, and keep a notice of it for these receivers; once, also when asked again."""
        with self.writing() as db:
            if db.execute(_settling(delivery).where(tables.delivery.c.state != DeliveryState.DEAD)).rowcount:
                keep_notice(db, notice, receivers, now)

    def abandon(self, *, besides: Collection[str], queued_before: datetime, error: str) -> int:
        """Make dead what was queued before then and waits for receivers other than these; return how many."""
        return self._give_up(tables.delivery.c.receiver.not_in(besides), queued_before, error)

    def expire(self, receiver: str, *, queued_before: datetime, error: str) -> int:
        """Make dead what was queued before then and waits for this receiver; return how many."""
        return self._give_up(tables.delivery.c.receiver == receiver, queued_before, error)

    def _give_up(self, whose: ColumnElement[bool], queued_before: datetime, error: str) -> int:
        waits = tables.delivery.c.next_attempt.is_not(None) & (tables.delivery.c.queued < queued_before)
        dead = {"state": DeliveryState.DEAD, "next_attempt": None, "error": error}
        with self.writing() as db:
            return db.execute(update(tables.delivery).where(waits & whose).values(dead)).rowcount

    def oldest_failed(self, receiver: str) -> Delivery | None:
        """Return the oldest delivery to this receiver that failed and is still owed."""
        row = tables.delivery.c
        failed = DELIVERIES.where(row.receiver == receiver, row.next_attempt.is_not(None), row.attempts > 0)
        with self.reading() as db:
            found = db.execute(failed.order_by(row.number).limit(1)).one_or_none()
            return stored_delivery(found) if found else None

    def last_sent(self, receiver: str) -> datetime | None:
        """Return when a receiver last took something."""
        row = tables.delivery.c
        sent = select(row.attempted).where(row.receiver == receiver, row.state == DeliveryState.SENT)
        with self.reading() as db:
            return db.scalars(sent.order_by(row.attempted.desc()).limit(1)).one_or_none()

    def neglected(self, receivers: Collection[str], *, since: datetime) -> tuple[str, ...]:
        """Return those that something was due for by then, and that nothing was tried for since."""
        row = tables.delivery.c
        due = select(row.number).where(row.receiver == bindparam("name"), row.next_attempt <= since).limit(1)
        tried = select(row.number).where(row.receiver == bindparam("name"), row.attempted > since).limit(1)
        with self.reading() as db:
            waiting = [name for name in receivers if db.scalar(due, {"name": name}) is not None]
            return tuple(name for name in waiting if db.scalar(tried, {"name": name}) is None)

    def notify(
        self,
        notice: Notice,
        receivers: Sequence[str],
        *,
        now: datetime,
        milestone: tuple[str, datetime | None] | None = None,
    ) -> None:
        """Keep a notice, and a delivery of it for each of the receivers; with it, set a milestone or (None) end it."""
        with self.writing() as db:
            keep_notice(db, notice, receivers, now)
            if milestone is not None:
                set_milestone(db, *milestone)

    def milestone(self, name: str) -> datetime | None:
        """Return when it was; None if it was not, or is no more."""
        with self.reading() as db:
            return db.scalars(select(tables.milestone.c.at).where(tables.milestone.c.name == name)).one_or_none()

    def proofs(self) -> dict[str, datetime]:
        """Return when receivers were last sent a test, or first seen, by their names."""
        row = tables.milestone.c
        with self.reading() as db:
            kept = db.execute(select(row.name, row.at).where(row.name.endswith(PROVED)))
            return {name.removesuffix(PROVED): at for name, at in kept}

    def alerts_sent(self, receiver: str, *, since: datetime) -> int:
        """Return how many alerts a receiver took since then."""
        row = tables.delivery.c
        sent = select(func.count(row.alert)).where(row.receiver == receiver, row.state == DeliveryState.SENT)
        with self.reading() as db:
            return db.scalars(sent.where(row.attempted >= since)).one()

    def prove(self, times: Mapping[str, datetime | None], notices: Mapping[str, Notice], *, now: datetime) -> None:
        """Keep notices, each for its receiver, and such times, or (None) forget them."""
        with self.writing() as db:
            for receiver, notice in notices.items():
                keep_notice(db, notice, [receiver], now)
            for receiver, at in times.items():
                set_milestone(db, receiver + PROVED, at)

    def tell(
        self, states: Sequence[FeedState], notices: Sequence[Notice], receivers: Sequence[str], *, now: datetime
    ) -> None:
        """Keep notices of feeds, with their deliveries; with them, note that these feeds are told of."""
        with self.writing() as db:
            for notice in notices:
                keep_notice(db, notice, receivers, now)
            keep_told(db, states)
            set_milestone(db, Milestone.UNTOLD, None)

    def set_milestone(self, name: str, at: datetime | None) -> None:
        """Remember a moment, or (None) forget it."""
        with self.writing() as db:
            set_milestone(db, name, at)

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
        with self.writing() as db:
            set_milestone(db, Milestone.REQUEUED, now)
            return db.execute(update(tables.delivery).where(chosen).values(_anew(now))).rowcount

    def move(self, receiver: str, other: str, *, now: datetime) -> int:
        """Queue for another receiver what this one is owed or was given up for it; return how many.

        What the other has, or had, already is left alone.
        """
        row = tables.delivery.c
        left = row.next_attempt.is_not(None) | (row.state == DeliveryState.DEAD)
        has = select(row.alert).where(row.receiver == other, row.alert.is_not(None))
        with self.writing() as db:
            theirs = has.correlate(None).scalar_subquery()
            has_not = row.alert.is_(None) | row.alert.not_in(theirs)
            moved = update(tables.delivery).where(row.receiver == receiver, left, has_not)
            return db.execute(moved.values(receiver=other, **_anew(now))).rowcount

    def drop(self, numbers: Collection[int]) -> int:
        """Give deliveries up as the user wishes; return how many. Those that are sent or dropped are left alone."""
        row = tables.delivery.c
        chosen = row.number.in_(numbers) & row.state.not_in([DeliveryState.SENT, DeliveryState.DROPPED])
        dropped = update(tables.delivery).where(chosen).values(state=DeliveryState.DROPPED, next_attempt=None)
        with self.writing() as db:
            return db.execute(dropped).rowcount


def _anew(now: datetime) -> dict[str, object]:
    """Return what a delivery is that was never tried."""
    anew = {"state": DeliveryState.PENDING, "attempts": 0, "queued": now, "next_attempt": now, "error": ""}
    return anew | dict.fromkeys(("held_until", "hold_reason", "message_id", "silence", "receipt"))


def _settling(delivery: Delivery) -> Update:
    after = {
        "state": delivery.state,
        "attempts": delivery.attempts,
        "next_attempt": delivery.next_attempt,
        "attempted": delivery.attempted,
        "error": delivery.error,
        "message_id": delivery.message_id,
        "receipt": delivery.receipt,
    }
    changed = update(tables.delivery).where(tables.delivery.c.number == delivery.number).values(after)
    if delivery.state is DeliveryState.SENT:
        return changed
    ended = [DeliveryState.DROPPED, DeliveryState.SILENCED]  # meanwhile, by the user
    return changed.where(tables.delivery.c.state.not_in(ended))


def _told(db: Connection, delivery: Delivery) -> Alert | Notice:
    if delivery.alert is not None:
        row = db.execute(ALERTS.where(tables.alert.c.number == delivery.alert)).one()
        return stored_alert(row, stories_of(db, {row.story}) if row.story is not None else {})
    of = tables.notice.c
    kept = select(of.title, of.body, of.alert.label("about")).join_from(tables.notice, tables.delivery)
    return Notice(**db.execute(kept.where(tables.delivery.c.number == delivery.number)).one()._asdict())
