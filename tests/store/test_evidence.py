"""Any store: documents that alerts were made of."""

import hashlib
import random
import zlib
from dataclasses import replace
from datetime import timedelta

from monitor.model.evidence import Source
from monitor.model.feed import Validators
from monitor.model.match import Reason
from monitor.model.record import Revision, Route
from monitor.store import Store
from tests.store.builders import HOUR, NOW, matched, new, poll

DAY = timedelta(days=1)


def source(body: bytes = b"<rss/>", url: str = "https://times.example/rss") -> Source:
    return Source(
        url=url,
        fetched=NOW,
        validators=Validators(etag='"1"'),
        content_type="application/rss+xml",
        sha256=hashlib.sha256(body).digest(),
        size=len(body),
        packed=zlib.compress(body),
    )


def noise(seed: int) -> bytes:
    """Bytes that nothing makes smaller."""
    return random.Random(seed).randbytes(1000)


def test_one_document_for_many_alerts(store: Store) -> None:
    """All alerts of a document refer to the same bytes; entries that made no alert refer to nothing."""
    news = (new("first", matched("war"), matched("army")), new("second", matched("war", Reason.BASELINE)))
    store.record(replace(poll(*news), source=source()))
    alerts = list(store.alerts())
    assert {each.evidence.sha256 for each in alerts if each.evidence} == {hashlib.sha256(b"<rss/>").hexdigest()}
    assert [each.evidence is not None for each in alerts] == [True, True]
    assert store.document(hashlib.sha256(b"<rss/>").hexdigest()) == b"<rss/>"


def test_what_a_revision_was_found_in(store: Store) -> None:
    """An alert of an entry that changed is made of the document that the change was found in."""
    store.record(replace(poll(new("first", matched("war"))), source=source()))
    [record] = store.entries()
    page = source(b"<html>", "https://times.example/first")
    revision = Revision(number=1, entry=record.entry.entry, decisions=(matched("army", Reason.EDITED),), source=page)
    store.revise([revision], at=NOW + HOUR, routes={"army": Route(receivers=("desk",))})
    urls = [each.evidence.url for each in store.alerts() if each.evidence]
    assert urls == ["https://times.example/rss", "https://times.example/first"]


def test_the_oldest_go_first(store: Store) -> None:
    """Where bytes are too many the oldest go, but one that was seen again of late stays."""
    for day, body in enumerate([*map(noise, range(5)), noise(0)]):
        at = NOW + day * DAY
        store.record(replace(poll(new(f"{day}", matched("war")), at=at), source=source(body)))
    assert store.drop_documents(before=NOW, most=2500) == 3
    left = {seed for seed in range(5) if store.document(hashlib.sha256(noise(seed)).hexdigest()) is not None}
    assert left == {0, 4}
    assert store.drop_documents(before=NOW + 5 * DAY, most=2500) == 1
    assert store.drop_documents(before=NOW, most=2500) == 0
