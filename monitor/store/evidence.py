"""Documents that alerts were made of: each is kept once, by its SHA-256, beside the alerts and in their transaction."""

import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from monitor.model.evidence import Evidence, Snapshot, SnapshotState, Source
from monitor.model.feed import Validators
from monitor.model.match import Decision, Reason
from monitor.store.database import Database, chunks, upsert
from monitor.store.rows import AnyRow
from monitor.store.tables import alert, document, entry, evidence, held_evidence, snapshot

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
    if sources:
        _keep_documents(db, [each for _, each in sources], at=at)
        db.execute(insert(evidence), [{"alert": number, **_row(each)} for number, each in sources])


def keep_held_sources(
    db: Connection, found: Iterable[tuple[int, Sequence[Decision], Source | None]], *, at: datetime
) -> None:
    """Write what alerts will be made of, should what is held as a flood be released: entry, decisions, document."""
    sources, rows = [], []
    for number, decisions, source in found:
        held = [made.watchlist for made in decisions if source and made.reason is Reason.FLOOD_HELD]
        if source and held:
            sources.append(source)
            rows += [{"entry": number, "watchlist": name, **_row(source)} for name in held]
    if rows:
        _keep_documents(db, sources, at=at)
        upsert(db, held_evidence, rows)


def release_sources(db: Connection, alerts: Collection[int], *, at: datetime) -> None:
    """Have these alerts, just made of what was held, keep its documents; their bytes count as new."""
    row = held_evidence.c
    known = [each for each in row if each.name in evidence.c]
    same = (alert.c.entry == row.entry) & (alert.c.watchlist == row.watchlist)
    made = select(alert.c.number, *known).join_from(held_evidence, alert, same)
    for some in chunks(alerts):
        its = made.where(alert.c.number.in_(some))
        db.execute(insert(evidence).from_select(["alert", *(each.name for each in known)], its))
        again = select(evidence.c.sha256).where(evidence.c.alert.in_(some))
        db.execute(update(document).where(document.c.sha256.in_(again)).values(kept=at))


def forget_held(db: Connection, feed: int) -> None:
    """Forget what nothing of a feed's row waits for any more."""
    entries = select(entry.c.number).where(entry.c.feed == feed)
    db.execute(delete(held_evidence).where(held_evidence.c.entry.in_(entries)))


def _keep_documents(db: Connection, sources: Sequence[Source], *, at: datetime) -> None:
    documents = {
        each.sha256: {"sha256": each.sha256, "size": each.size, "packed": each.packed, "kept": at} for each in sources
    }
    upsert(db, document, list(documents.values()))


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
