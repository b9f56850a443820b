"""What hubs were asked for, and how far the next poll of a feed was put off because one pushes."""

from dataclasses import fields
from datetime import datetime

from sqlalchemy import case, delete, insert, select, update

from monitor.model.secret import Secret
from monitor.model.subscription import Mode, Subscription
from monitor.store.database import Database
from monitor.store.rows import AnyRow
from monitor.store.tables import feed, subscription

_FIELDS = [each.name for each in fields(Subscription)]


class Subscriptions(Database):
    """The part of the store that knows subscriptions."""

    def subscriptions(self) -> tuple[Subscription, ...]:
        """Return all of them; those of feeds that are configured no more have no feed."""
        name = case((feed.c.active, feed.c.name), else_="").label("feed")
        columns = [name if each == "feed" else subscription.c[each] for each in _FIELDS]
        with self.reading() as db:
            return tuple(map(_subscription, db.execute(select(*columns).join_from(subscription, feed))))

    def keep_subscription(self, kept: Subscription) -> None:
        """Write where a subscription stands; a new one of a feed that is configured no more is not kept."""
        values = {name: getattr(kept, name) for name in _FIELDS}
        values |= {"callback": kept.callback.reveal(), "secret": kept.secret.reveal()}
        name = values.pop("feed")
        old = update(subscription).where(subscription.c.callback == values["callback"])
        with self.writing() as db:
            if db.execute(old.values(values)).rowcount:
                return
            row = db.scalar(select(feed.c.id).where(feed.c.active, feed.c.name == name))
            if row is not None:
                db.execute(insert(subscription).values({**values, "feed": row}))

    def drop_subscription(self, dropped: Subscription) -> None:
        """Forget a subscription."""
        with self.writing() as db:
            db.execute(delete(subscription).where(subscription.c.callback == dropped.callback.reveal()))

    def put_off(self, kept: Subscription, *, until: datetime) -> None:
        """Poll the feed of a subscription no sooner than then."""
        row = subscription.c
        mine = row.callback == kept.callback.reveal()
        polled = select(feed.c.next_poll).where(feed.c.id == row.feed).scalar_subquery()
        with self.writing() as db:
            later = update(subscription).where(mine, polled < until)
            if db.execute(later.values(poll_from=polled, poll_to=until)).rowcount:
                db.execute(update(feed).where(feed.c.id.in_(select(row.feed).where(mine))).values(next_poll=until))

    def bring_forward(self, kept: Subscription) -> None:
        """Poll the feed of a subscription when it would be polled had its poll not been put off."""
        row = subscription.c
        put_off = select(row.feed, row.poll_from, row.poll_to).where(row.callback == kept.callback.reveal())
        with self.writing() as db:
            for found in db.execute(put_off.where(row.poll_to.is_not(None))).all():
                late = update(feed).where(feed.c.id == found.feed, feed.c.next_poll == found.poll_to)
                db.execute(late.values(next_poll=found.poll_from))


def _subscription(row: AnyRow) -> Subscription:
    values = row._asdict()
    values |= {"callback": Secret(row.callback), "secret": Secret(row.secret), "mode": Mode(row.mode)}
    return Subscription(**values)
