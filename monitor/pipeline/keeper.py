"""Keeps what came of a feed, in one transaction, and tells the log."""

from dataclasses import dataclass, replace

import structlog

from monitor import bulletin, trouble
from monitor.model.feed import FeedState
from monitor.model.match import Reason
from monitor.model.poll import Links
from monitor.model.record import PollRecord
from monitor.pipeline.desk import Desk
from monitor.pipeline.needs import PollStore
from monitor.pipeline.records import Records, Together

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class PollReport:
    """What one poll came to."""

    feed: str
    state: FeedState
    #: Entries seen for the first time.
    new: int = 0
    #: Numbers of the alerts that were made.
    alerts: tuple[int, ...] = ()
    modified: bool = True
    #: What the document says of its hub; None when that is not known.
    links: Links | None = None


class Keeper:
    """Writes what came of feeds: of all who come at the same time together."""

    def __init__(self, *, store: PollStore, records: Records) -> None:
        self._record = Together(records, store.record_all)

    async def keep(self, record: PollRecord, before: FeedState, desk: Desk, *, modified: bool) -> PollReport:
        """Write all of it, with what the user is to know of the feed, or nothing; `before` is what was known of it.

        Raises StoreUnavailable or StoreDamaged.
        """
        record = with_notice(record, before, desk)
        alerts = await self._record.run(record)
        feed = record.state.feed
        log.debug("feed polled", feed=feed, new=len(record.new), alerts=len(alerts))
        for each in record.new:
            for decision in each.decisions:
                undecided = decision.reason in (Reason.TOO_SLOW, Reason.FAILED)
                tell = log.warning if undecided else log.info
                if decision.matches or undecided:
                    tell(
                        "entry decided",
                        feed=feed,
                        entry=each.entry.title or each.entry.link,
                        watchlist=decision.watchlist,
                        reason=str(decision.reason),
                        terms=list(decision.terms),
                    )
        return PollReport(feed=feed, state=record.state, new=len(record.new), alerts=alerts, modified=modified)


def with_notice(record: PollRecord, before: FeedState, desk: Desk) -> PollRecord:
    """Return the record with what the user is to know of the feed, if the poll changed it."""
    after, feed = record.state, desk.feeds.get(before.feed)
    if feed is None or not trouble.is_news(before, after):
        return record
    log.warning("feed trouble", feed=feed.name, trouble=str(after.trouble or "over"), reason=after.reason)
    timezone = desk.configuration.settings.timezone
    notice = bulletin.change(before, after, address=feed.shown_url, now=record.at, timezone=timezone)
    return replace(record, notices=(notice,), health_receivers=desk.configuration.health_receivers)
