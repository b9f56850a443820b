"""Makes evidence of documents: what they were fetched as, without secrets, packed."""

import asyncio
import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from monitor.model.article import Article
from monitor.model.evidence import Source
from monitor.model.feed import Feed, FeedState
from monitor.model.match import Decision, Reason
from monitor.model.poll import Fetched
from monitor.model.record import PollRecord
from monitor.pipeline.desk import Desk
from monitor.pipeline.needs import DocumentStore
from monitor.pipeline.records import Records

#: Packed bytes that are kept in all.
MOST = 1_000_000_000

log = structlog.get_logger()


async def with_source(record: PollRecord, desk: Desk, feed: Feed | None, fetched: Fetched) -> PollRecord:
    """Return the record with the document that it is all of, if an alert may come of it and that is to be kept."""
    off = desk.configuration.settings.evidence is None
    decided = [each.decisions for each in record.new] + [each.decisions for each in record.revised]
    if off or feed is None or not any(map(_may_send, decided)):
        return record
    url = _shown_url(feed, record.state, fetched)
    return replace(record, source=await asyncio.to_thread(source, url, fetched, at=record.at))


def page_source(article: Article, decisions: Sequence[Decision], desk: Desk) -> Source | None:
    """Return the page behind an entry, as evidence; None if no alert can come of it or it is not to be kept."""
    wanted = desk.configuration.settings.evidence is not None and _may_send(decisions)
    return source(article.url, article, at=article.fetched) if wanted else None


def _shown_url(feed: Feed, state: FeedState, fetched: Fetched) -> str:
    """Return where a feed's document came from, as it can be shown to anybody."""
    if state.mirror is not None:
        return state.mirror.address
    return fetched.url if feed.url.reveal() == feed.shown_url else feed.shown_url


def source(url: str, fetched: Fetched | Article, *, at: datetime) -> Source:
    """Return a document, as evidence; takes a third of a second for the largest."""
    return Source(
        url=url,
        fetched=at,
        validators=fetched.validators,
        content_type=fetched.content_type,
        sha256=hashlib.sha256(fetched.body).digest(),
        size=len(fetched.body),
        packed=zlib.compress(fetched.body),
    )


async def drop_old(store: DocumentStore, records: Records, desk: Desk, *, now: datetime) -> None:
    """Drop the bytes of documents that are older than is wanted, or too many. Raises as the store does."""
    keep = desk.configuration.settings.evidence
    if keep is None:
        return
    dropped = await records.run(lambda: store.drop_documents(before=now - keep, most=MOST))
    if dropped:
        log.info("documents dropped", documents=dropped)


def _may_send(decisions: Sequence[Decision]) -> bool:
    return any(each.reason.sends or each.reason is Reason.FLOOD_HELD for each in decisions)
