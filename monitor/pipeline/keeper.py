"""Keeps what came of a feed, in one transaction, and tells the log."""

from dataclasses import dataclass

import structlog

from monitor.model.feed import FeedState
from monitor.model.match import Reason
from monitor.model.poll import Links
from monitor.model.record import PollRecord
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

    async def keep(self, record: PollRecord, before: FeedState, *, modified: bool) -> PollReport:
        """Write all of it, or nothing; `before` is what was known of the feed.

        Raises StoreUnavailable or StoreDamaged.
        """
        kept = await self._record.run(record)
        alerts = kept.alerts
        feed = record.state.feed
        if record.state.trouble is not before.trouble:
            log.warning(
                "feed trouble", feed=feed, trouble=str(record.state.trouble or "over"), reason=record.state.reason
            )
        log.debug("feed polled", feed=feed, new=len(record.new), alerts=len(alerts))
        for place, each in enumerate(record.new):
            for decision in each.decisions:
                reason = Reason.SAME_STORY if (place, decision.watchlist) in kept.retold else decision.reason
                undecided = decision.reason in (Reason.TOO_SLOW, Reason.FAILED)
                tell = log.warning if undecided else log.info
                if decision.matches or undecided:
                    tell(
                        "entry decided",
                        feed=feed,
                        entry=each.entry.title or each.entry.link,
                        watchlist=decision.watchlist,
                        reason=str(reason),
                        terms=list(decision.terms),
                    )
        return PollReport(feed=feed, state=record.state, new=len(record.new), alerts=alerts, modified=modified)
