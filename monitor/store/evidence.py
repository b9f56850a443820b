"""Documents that alerts were made of: each is kept once, by its SHA-256, beside the alerts and in their transaction."""

import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from monitor.model.evidence import Evidence, Snapshot, SnapshotState, Source
from monitor.model.feed import Validators
from monitor.store.database import Database, upsert
from monitor.store.rows import AnyRow
from monitor.store.tables import alert, document, entry, evidence, snapshot

#: Documents that are dropped in one transaction, at most.
_SOME = 100


class Documents(Database):
    """The part of the store that knows documents, and what archives made of pages."""

    def document(self, sha256: str) -> bytes | None:
        """Return the bytes of a document by their SHA-256 in hexadecimal digits; None if they are kept no more."""
        with self.reading() as db:
            packed = db.scalar(select(document.c.packed).where(document.c.sha256 == bytes.fromhex(sha256)))
        return None if packed is None else zlib.decompress(packed)

    def drop_documents(self, *, before: datetime, most: int) -> int:
        """Drop bytes that were last kept before then, and the oldest of what is more than `most` packed bytes in all.

        Return how many documents these were; what is known of them stays.
        """
        dropped = 0
        while some := self._old_documents(before, most):
            with self.writing() as db:
                dropped += db.execute(delete(document).where(document.c.sha256.in_(some))).rowcount
        return dropped

    def _old_documents(self, before: datetime, most: int) -> Sequence[bytes]:
        newest_first = (document.c.kept.desc(), document.c.sha256)
        so_far = func.sum(func.length(document.c.packed)).over(order_by=newest_first).label("so_far")
        sized = select(document.c.sha256, document.c.kept, so_far).subquery()
        with self.reading() as db:
            old = select(sized.c.sha256).where((sized.c.kept < before) | (sized.c.so_far > most))
            return db.scalars(old.limit(_SOME)).all()

    def next_snapshot(self, *, since: datetime, now: datetime) -> tuple[int, str, Snapshot | None] | None:
        """Return the entry of the oldest alert made since then that an archive is to be asked for now, if there is one.

        It comes with its link, and with what became of asking before.
        """
        due = (snapshot.c.entry.is_(None)) | (snapshot.c.next_attempt <= now)
        entries = select(entry.c.number, entry.c.link, snapshot).join(alert, alert.c.entry == entry.c.number)
        asked = entries.outerjoin(snapshot, snapshot.c.entry == entry.c.number).where(alert.c.created >= since, due)
        with self.reading() as db:
            row = db.execute(asked.order_by(alert.c.number).limit(1)).one_or_none()
        return None if row is None else (row.number, row.link, _snapshot(row) if row.state else None)

    def keep_snapshot(self, number: int, made: Snapshot) -> None:
        """Write what became of asking an archive for the page of the entry with this number."""
        values = {field.name: getattr(made, field.name) for field in fields(Snapshot)}
        with self.writing() as db:
            upsert(db, snapshot, [{"entry": number, **values}])


def keep_sources(db: Connection, sources: Sequence[tuple[int, Source]], *, at: datetime) -> None:
    """Write what alerts, by their numbers, were made of."""
    if not sources:
        return
    documents = {
        each.sha256: {"sha256": each.sha256, "size": each.size, "packed": each.packed, "kept": at}
        for _, each in sources
    }
    upsert(db, document, list(documents.values()))
    db.execute(insert(evidence), [{"alert": number, **_row(each)} for number, each in sources])


def evidence_of(db: Connection, alerts: Collection[int]) -> Iterator[tuple[int, Evidence]]:
    """Yield what is known of the documents of these alerts, by their numbers."""
    for row in db.execute(select(evidence).where(evidence.c.alert.in_(alerts))):
        validators = Validators(etag=row.etag, last_modified=row.last_modified)
        yield (
            row.alert,
            Evidence(
                url=row.url,
                fetched=row.fetched,
                validators=validators,
                content_type=row.content_type,
                sha256=row.sha256.hex(),
            ),
        )


def snapshots_of(db: Connection, entries: Collection[int]) -> Iterator[tuple[int, Snapshot]]:
    """Yield what archives made of the pages of these entries, by their numbers."""
    for row in db.execute(select(snapshot).where(snapshot.c.entry.in_(entries))):
        yield row.entry, _snapshot(row)


def _row(source: Source) -> dict[str, object]:
    return {
        "url": source.url,
        "fetched": source.fetched,
        "etag": source.validators.etag,
        "last_modified": source.validators.last_modified,
        "content_type": source.content_type,
        "sha256": source.sha256,
    }


def _snapshot(row: AnyRow) -> Snapshot:
    return Snapshot(
        state=SnapshotState(row.state),
        url=row.url,
        at=row.at,
        attempts=row.attempts,
        next_attempt=row.next_attempt,
        reason=row.reason,
    )
