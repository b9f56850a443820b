"""When the pages behind alerts are looked at."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, update

from monitor.model.alert import Gone, Notice
from monitor.model.record import PageCheck
from monitor.store import tables
from monitor.store.database import Database
from monitor.store.notices import keep_notice
from monitor.store.rows import ALERTS, stored_alert


class Pages(Database):
    """The part of the store that knows which pages are to be looked at."""

    def pages_due(self, *, now: datetime, limit: int) -> tuple[PageCheck, ...]:
        """Return what is to be looked at now, the longest due first."""
        row = tables.alert.c
        query = ALERTS.add_columns(row.next_check, row.missing_since).where(row.next_check <= now)
        with self.reading() as db:
            found = db.execute(query.order_by(row.next_check).limit(limit)).all()
        return tuple(
            PageCheck(
                alert=stored_alert(each), link=each.link, next_check=each.next_check, missing_since=each.missing_since
            )
            for each in found
        )

    def looked(self, check: PageCheck) -> None:
        """Write when a page is to be looked at again."""
        with self.writing() as db:
            _keep(db, check)

    def page_gone(self, check: PageCheck, notice: Notice, receivers: Sequence[str], *, now: datetime) -> None:
        """Note on an alert that its page is gone, and tell these receivers."""
        with self.writing() as db:
            _keep(db, check)
            noted = update(tables.alert).where(tables.alert.c.number == check.alert.number)
            db.execute(noted.values(vanished=Gone.PAGE, vanished_at=now))
            keep_notice(db, notice, receivers, now)


def _keep(db: Connection, check: PageCheck) -> None:
    kept = update(tables.alert).where(tables.alert.c.number == check.alert.number)
    looks = tables.alert.c.checks + 1
    db.execute(kept.values(next_check=check.next_check, missing_since=check.missing_since, checks=looks))
