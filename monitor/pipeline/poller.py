"""One poll of one feed: fetch, parse, tell new entries, match, and keep it all in one transaction."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

import structlog

from monitor import bulletin, health, pace, trouble
from monitor.errors import StoreDamaged, StoreUnavailable
from monitor.identity import Identity, identities, unseen
from monitor.model.feed import Feed, FeedState
from monitor.model.match import Reason
from monitor.model.poll import Failure, Fetched, FetchFailed, Links, NotModified, ParseFailed
from monitor.model.record import NewEntry, PollRecord
from monitor.outage import NETWORK_FAILURES
from monitor.pace import Brought
from monitor.pipeline.decide import decide, oldest_first
from monitor.pipeline.desk import Desk
from monitor.pipeline.links import advertised
from monitor.pipeline.memory import Memory, Reading, complete
from monitor.pipeline.needs import Fetcher, Parser, PollStore
from monitor.pipeline.network import Network
from monitor.pipeline.reach import Document, Failed, Reached, reach
from monitor.pipeline.records import Records, Together
from monitor.schedule import host_free, learn

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


class Poller:
    """Polls feeds."""

    def __init__(
        self, *, store: PollStore, fetcher: Fetcher, parser: Parser, records: Records, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._parser = parser
        self._records = records
        self._record = Together(records, store.record_all)
        self._clock = clock
        self._memory = Memory()
        self._network = Network(store=store, records=records, clock=clock)

    async def poll(self, feed: Feed, state: FeedState, desk: Desk) -> PollReport:
        """Ask the feed now, whether due or not, and keep what comes of it.

        Raises StoreUnavailable or StoreDamaged; then nothing was kept, and the next poll finds the same entries new.
        """
        try:
            return await self._poll(feed, state, desk)
        except (StoreUnavailable, StoreDamaged):
            raise
        except Exception:  # the edge of one job: no entry of one feed stops the others
            log.exception("poll crashed", feed=feed.name)
            crashed = ParseFailed(failure=Failure.INTERNAL, detail="see the log")
            return await self._keep_failure(feed, state, desk, crashed, "")

    async def _poll(self, feed: Feed, state: FeedState, desk: Desk) -> PollReport:
        last = self._memory.last(feed.name)
        asked = replace(state, validators=pace.validators(state, now=self._clock()))
        found = await reach(feed, asked, last, fetcher=self._fetcher, parser=self._parser, clock=self._clock)
        if isinstance(found, Failed):
            report = await self._fail(feed, state, desk, found)
            return replace(report, links=found.why.links if isinstance(found.why, ParseFailed) else None)
        await self._network.is_out(urlsplit(feed.url.reveal()).hostname or "", state, desk, failed=False)
        _tell_way(feed, found)
        now = self._clock()
        waits = (_wait(each.why, each.way.request.url, now) for each in found.failed)
        record = PollRecord(at=now, state=found.state, receivers=desk.notify, host_wait=next(filter(None, waits), None))
        if isinstance(found.came, NotModified):
            return await self._keep(_well(feed, record, found.came, None, None), state, desk, modified=False)
        return await self._take(feed, desk, record, found, found.came)

    async def _fail(self, feed: Feed, state: FeedState, desk: Desk, found: Failed) -> PollReport:
        url, silent = found.way.request.url, found.why.failure in NETWORK_FAILURES
        out = await self._network.is_out(urlsplit(url).hostname or "", state, desk, failed=silent)
        if out and silent:
            now = self._clock()
            after = health.excused(state, now=now, chance=_chance())
            return await self._keep(PollRecord(at=now, state=after, receivers={}), state, desk, modified=False)
        return await self._keep_failure(feed, state, desk, found.why, url)

    async def _take(self, feed: Feed, desk: Desk, record: PollRecord, found: Reached, document: Document) -> PollReport:
        state, reading = found.state, document.reading
        if reading.parsed.dropped:
            log.warning("entries left out", feed=feed.name, dropped=reading.parsed.dropped)
        identified = identities(reading.marks)
        new = await self._new(reading, identified, found, desk)
        if new is None:  # the store has forgotten what we remember
            whole = await self._parser.parse(document.fetched)
            if isinstance(whole, ParseFailed):
                return await self._keep_failure(feed, state, desk, whole, document.fetched.url)
            return await self._take(feed, desk, record, found, replace(document, reading=complete(whole, None)))
        aliases = tuple({alias for identity in identified for alias in identity.aliases})
        record = replace(record, new=new, aliases=aliases)
        modified = document.digest != state.digest
        published = [each.entry.published for each in new]
        said = trouble.Document(entries=len(reading.entries), new=published, suspect=reading.parsed.suspect)
        brought = Brought(
            digest=document.digest,
            hints=replace(reading.parsed.hints, fresh=document.fetched.fresh),
            entries=len(identified),
            new=[each.entry.published or each.entry.updated for each in new],
            all_new=bool(new) and len(new) == len(unseen(identified, ())),
            elsewhere=found.elsewhere,
        )
        record = _well(feed, record, document.fetched, brought, said if modified else None)
        report = await self._keep(record, state, desk, modified=modified)
        if modified:
            self._memory.keep(feed.name, reading)
        if not state.baselined:
            log.info("first poll", feed=feed.name, title=reading.parsed.title, entries=len(reading.entries))
        return report if state.mirror else replace(report, links=advertised(document.fetched, reading.parsed.links))

    async def push(self, state: FeedState, desk: Desk, fetched: Fetched) -> PollReport | ParseFailed:
        """Keep the new entries of what a hub sent, which need not be all that the feed holds.

        So it says nothing of how the feed does; of its state change the baseline and what is known of its rhythm.
        Raises as `poll` does.
        """
        parsed = await self._parser.parse(fetched)
        if isinstance(parsed, ParseFailed):
            return parsed
        document = Document(fetched=fetched, digest=b"", reading=complete(parsed, None))
        identified = identities(document.reading.marks)
        new = await self._new(document.reading, identified, Reached(came=document, state=state), desk)
        now = self._clock()
        published = [each.entry.published for each in new or ()]
        rhythm = learn(state.rhythm, published, now=now) if state.rhythm.at else state.rhythm
        after = trouble.learnt(replace(state, baselined=True, rhythm=rhythm), published, now)
        aliases = tuple({alias for identity in identified for alias in identity.aliases})
        record = PollRecord(at=now, state=after, new=new or (), aliases=aliases, receivers=desk.notify)
        return await self._keep(record, state, desk, modified=True)

    async def _new(
        self, reading: Reading, identified: Sequence[Identity], found: Reached, desk: Desk
    ) -> tuple[NewEntry, ...] | None:
        """Return the entries of a document that are new, oldest first, with what was decided of them.

        None when one of them was not parsed.
        """
        if reading.unchanged:
            return ()
        state, elsewhere = found.state, found.elsewhere
        marks = {mark for each in identified for mark in (each.anywhere if elsewhere else [each.decisive])}
        known = await self._records.run(self._store.known, state.feed, marks) if marks else set()
        places = unseen(identified, known, elsewhere=elsewhere)
        found_new = [(reading.entries[place], identified[place]) for place in places]
        news = oldest_first([(entry, identity) for entry, identity in found_new if entry is not None])
        if len(news) < len(places):
            return None
        if not news:
            return ()
        last = desk.configuration.settings.first_run.last
        backlog = 0 if state.baselined or last is None else max(len(news) - last, 0)
        return await asyncio.to_thread(decide, news, backlog, state.feed, desk)

    async def _keep_failure(
        self, feed: Feed, state: FeedState, desk: Desk, failed: FetchFailed | ParseFailed, url: str
    ) -> PollReport:
        now = self._clock()
        wait = _wait(failed, url, now)
        after = health.failed(
            state,
            failure=failed.failure,
            reason=failed.reason,
            now=now,
            interval=feed.every,
            retry_after=wait and wait[1],
        )
        after = trouble.after_failure(after, failed, now=now)
        log.warning("poll failed", feed=feed.name, reason=failed.reason, failures=after.failures)
        record = PollRecord(at=now, state=after, receivers={}, host_wait=wait)
        return await self._keep(record, state, desk, modified=False)

    async def _keep(self, record: PollRecord, before: FeedState, desk: Desk, *, modified: bool) -> PollReport:
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


def _well(
    feed: Feed,
    record: PollRecord,
    came: Fetched | NotModified,
    brought: Brought | None,
    document: trouble.Document | None,
) -> PollRecord:
    """Return the record after a good poll; `brought` is None after a 304, `document` if it is the one of last time."""
    before = record.state
    after = health.well(
        before,
        validators=came.validators,
        moved_to=came.moved_to,
        parsed=isinstance(came, Fetched),
        now=record.at,
        interval=feed.every,
    )
    if brought is None:
        after = pace.unchanged(before, after, feed, fresh=came.fresh, now=record.at, chance=_chance())
    else:
        after = pace.changed(before, after, feed, brought, now=record.at, chance=_chance())
        _warn(before, after)
    away = trouble.was_away(before, now=record.at)
    return replace(record, state=trouble.after_success(after, document, now=record.at, away=away))


def _warn(before: FeedState, after: FeedState) -> None:
    """Log what is to be doubted from now on."""
    if after.gap != before.gap:
        log.warning("possible gap", feed=after.feed, entries=after.window, last_polled=before.last_polled)
    if after.untrusted != before.untrusted:
        log.warning("validators untrusted", feed=after.feed, last_document=before.confirmed)


def _chance() -> float:
    return random.random()  # noqa: S311 - jitter


def _wait(failed: FetchFailed | ParseFailed, url: str, now: datetime) -> tuple[str, datetime] | None:
    """Return the host that asked to be left alone, and until when."""
    if isinstance(failed, FetchFailed) and (failed.busy or failed.retry_after):
        until = host_free(now=now, asked=failed.retry_after, chance=_chance())
        return urlsplit(url).hostname or "", until
    return None


def _tell_way(feed: Feed, found: Reached) -> None:
    """Log that another address is in use than before."""
    if found.elsewhere and found.state.mirror:
        reason = found.failed[0].why.reason
        log.warning("mirror in use", feed=feed.name, mirror=found.state.mirror.address, reason=reason)
    elif found.elsewhere:
        log.info("own address in use again", feed=feed.name)


def with_notice(record: PollRecord, before: FeedState, desk: Desk) -> PollRecord:
    """Return the record with what the user is to know of the feed, if the poll changed it."""
    after, feed = record.state, desk.feeds.get(before.feed)
    if feed is None or not trouble.is_news(before, after):
        return record
    log.warning("feed trouble", feed=feed.name, trouble=str(after.trouble or "over"), reason=after.reason)
    timezone = desk.configuration.settings.timezone
    notice = bulletin.change(before, after, address=feed.shown_url, now=record.at, timezone=timezone)
    return replace(record, notices=(notice,), health_receivers=desk.configuration.health_receivers)
