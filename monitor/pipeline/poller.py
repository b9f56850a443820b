"""One poll of one feed: fetch, parse, tell new entries, match, and keep it all in one transaction."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

import structlog

from monitor import health, pace, trouble
from monitor.errors import StoreDamaged, StoreUnavailable
from monitor.identity import deciding, identities, shares_ids, unseen
from monitor.model.feed import Feed, FeedState
from monitor.model.poll import Failure, Fetched, FetchFailed, Links, NotModified, ParseFailed
from monitor.model.record import PollRecord
from monitor.outage import NETWORK_FAILURES
from monitor.pace import Brought
from monitor.pipeline.boilerplate import Boilerplate
from monitor.pipeline.desk import Desk
from monitor.pipeline.evidence import with_source
from monitor.pipeline.floods import timed
from monitor.pipeline.keeper import Keeper, PollReport
from monitor.pipeline.links import advertised
from monitor.pipeline.memory import Memory, complete
from monitor.pipeline.needs import Fetcher, Parser, PollStore
from monitor.pipeline.network import Network
from monitor.pipeline.news import News
from monitor.pipeline.reach import Document, Failed, Reached, reach
from monitor.pipeline.records import Records
from monitor.pipeline.wanted import wishing
from monitor.pipeline.ways import ways
from monitor.schedule import host_free, least_wait

log = structlog.get_logger()


class Poller:
    """Polls feeds."""

    def __init__(
        self,
        *,
        store: PollStore,
        fetcher: Fetcher,
        parser: Parser,
        records: Records,
        clock: Callable[[], datetime],
        chance: Callable[[], float],
    ) -> None:
        self._store = store
        self._records = records
        self._fetcher = fetcher
        self._parser = parser
        self._news = News(store=store, records=records, clock=clock)
        self._boilerplate = Boilerplate(store=store, records=records)
        self._keeper = Keeper(store=store, records=records)
        self._clock = clock
        self._chance = chance
        self._memory = Memory()
        self._network = Network(store=store, records=records, clock=clock, chance=chance)

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
        last = self._memory.last(feed.name, state.digest)
        validators = pace.validators(state, now=self._clock())
        asked = state if validators is state.validators else replace(state, validators=validators)
        found = await reach(feed, asked, last, fetcher=self._fetcher, parser=self._parser, clock=self._clock)
        if isinstance(found, Failed):
            report = await self._fail(feed, state, desk, found)
            return replace(report, links=found.why.links if isinstance(found.why, ParseFailed) else None)
        with self._fetcher.holding() if isinstance(found.came, Document) else nullcontext():
            return await self._keep_found(feed, state, desk, found)

    async def _keep_found(self, feed: Feed, state: FeedState, desk: Desk, found: Reached) -> PollReport:
        await self._network.is_out(urlsplit(feed.url.reveal()).hostname or "", state, desk, failed=False)
        _tell_way(feed, found)
        now = self._clock()
        waits = (_wait(each.why, each.way.request.url, now, self._chance()) for each in found.failed)
        record = PollRecord(at=now, state=found.state, routes=desk.routes, host_wait=next(filter(None, waits), None))
        if isinstance(found.came, NotModified):
            record = _well(feed, record, found.came, None, None, chance=self._chance())
            return await self._keeper.keep(record, state, modified=False)
        return await self._take(feed, desk, record, found, found.came)

    async def _fail(self, feed: Feed, state: FeedState, desk: Desk, found: Failed) -> PollReport:
        url, silent = found.way.request.url, found.why.failure in NETWORK_FAILURES
        out = await self._network.is_out(urlsplit(url).hostname or "", state, desk, failed=silent)
        if out and silent:
            now = self._clock()
            after = health.excused(state, now=now, chance=self._chance())
            return await self._keeper.keep(PollRecord(at=now, state=after, routes={}), state, modified=False)
        return await self._keep_failure(feed, state, desk, found.why, url)

    async def _take(self, feed: Feed, desk: Desk, record: PollRecord, found: Reached, document: Document) -> PollReport:
        state, marks = found.state, document.reading.marks
        state = replace(state, by_link=state.by_link or (not found.elsewhere and shares_ids(marks)))
        identified = identities(marks, by_link=state.by_link)
        reading = await self._news.recalled(document.reading, identified, feed.name, elsewhere=found.elsewhere)
        if reading.parsed.dropped:
            log.warning("entries left out", feed=feed.name, dropped=reading.parsed.dropped)
        news = await self._news.of(reading, identified, state, desk, elsewhere=found.elsewhere)
        if news is None:  # the store has forgotten what we remember
            whole = await self._parser.parse(document.fetched)
            if isinstance(whole, ParseFailed):
                return await self._keep_failure(feed, state, desk, whole, document.fetched.url)
            return await self._take(feed, desk, record, found, replace(document, reading=complete(whole, None)))
        aliases = tuple({alias for identity in identified for alias in identity.aliases})
        record = await self._boilerplate.judged(news.into(replace(record, state=state, aliases=aliases)), desk)
        record = timed(wishing(record, desk), len(reading.entries), desk, known=news.known)
        new = record.new
        modified = document.digest != state.digest
        published = [each.entry.published for each in new]
        said = trouble.Document(entries=len(reading.entries), new=published, suspect=reading.parsed.suspect)
        brought = Brought(
            digest=document.digest,
            hints=replace(reading.parsed.hints, fresh=document.fetched.fresh),
            entries=len(reading.entries),
            new=[each.entry.published or each.entry.updated for each in new],
            all_new=bool(new) and len(new) == len(unseen(identified, ())) and record.held is None,
            elsewhere=found.elsewhere,
        )
        record = _well(feed, record, document.fetched, brought, said if modified else None, chance=self._chance())
        record = await with_source(record, desk, feed, document.fetched)
        report = await self._keeper.keep(record, state, modified=modified)
        if modified:
            learnt = (each.aliases for each in news.learnt)
            stored = reading.stored.union(*(each.aliases for each in new), *learnt)
            self._memory.keep(feed.name, reading, document.digest, deciding(identified, stored))
        if not state.baselined:
            log.info("first poll", feed=feed.name, title=reading.parsed.title, entries=len(reading.entries))
        return report if state.mirror else replace(report, links=_links(feed, document))

    async def _keep_failure(
        self, feed: Feed, state: FeedState, desk: Desk, failed: FetchFailed | ParseFailed, url: str
    ) -> PollReport:
        now = self._clock()
        wait = _wait(failed, url, now, self._chance())
        after = health.failed(
            state,
            failure=failed.failure,
            reason=failed.reason,
            now=now,
            interval=least_wait(feed, state.hints),
            retry_after=wait and wait[1],
        )
        after = trouble.after_failure(after, failed, now=now)
        log.warning("poll failed", feed=feed.name, reason=failed.reason, failures=after.failures)
        record = PollRecord(at=now, state=after, routes={}, host_wait=wait)
        report = await self._keeper.keep(record, state, modified=False)
        if wait is not None and trouble.is_ban(wait[1], now=now):
            await self._shut_out(feed, failed.reason, desk, *wait)
        return report

    async def _shut_out(self, asked: Feed, reason: str, desk: Desk, host: str, until: datetime) -> None:
        """Keep that the other feeds of a host can not be asked either: nobody else would notice."""
        now = self._clock()
        others = (each for each in desk.feeds.values() if each.name != asked.name)
        names = [each.name for each in others if urlsplit(each.url.reveal()).hostname == host]
        for name, state in (await self._records.run(self._store.states, names)).items():
            if urlsplit(ways(desk.feeds[name], state, now=now)[0].request.url).hostname == host:
                after = health.shut_out(state, reason=f"{reason} (of {asked.name})", until=until, now=now)
                record = PollRecord(at=now, state=trouble.shut_out(after, now=now), routes={})
                await self._keeper.keep(record, state, modified=False)


def _well(
    feed: Feed,
    record: PollRecord,
    came: Fetched | NotModified,
    brought: Brought | None,
    document: trouble.Document | None,
    *,
    chance: float,
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
        after = pace.unchanged(before, after, feed, fresh=came.fresh, now=record.at, chance=chance)
    else:
        after = pace.changed(before, after, feed, brought, now=record.at, chance=chance)
        _warn(before, after)
    away = trouble.was_away(before, now=record.at)
    return replace(record, state=trouble.after_success(after, document, now=record.at, away=away))


def _warn(before: FeedState, after: FeedState) -> None:
    """Log what is to be doubted from now on."""
    if after.gap != before.gap:
        log.warning("possible gap", feed=after.feed, entries=after.window, last_polled=before.last_polled)
    if after.untrusted != before.untrusted:
        log.warning("validators untrusted", feed=after.feed, last_document=before.confirmed)


def _links(feed: Feed, document: Document) -> Links | None:
    """Return what the document says of its hubs. An address that holds a secret is not for them."""
    secret = bool(feed.auth or feed.headers) or feed.url.reveal() != feed.shown_url
    found_at = "" if secret else document.fetched.url
    return advertised(document.fetched, document.reading.parsed.links, found_at=found_at)


def _wait(failed: FetchFailed | ParseFailed, url: str, now: datetime, chance: float) -> tuple[str, datetime] | None:
    """Return the host that asked to be left alone, and until when."""
    if isinstance(failed, FetchFailed) and (failed.busy or failed.retry_after):
        until = host_free(now=now, asked=failed.retry_after, chance=chance)
        return urlsplit(url).hostname or "", until
    return None


def _tell_way(feed: Feed, found: Reached) -> None:
    """Log that another address is in use than before."""
    if found.elsewhere and found.state.mirror:
        reason = found.failed[0].why.reason
        log.warning("mirror in use", feed=feed.name, mirror=found.state.mirror.address, reason=reason)
    elif found.elsewhere:
        log.info("own address in use again", feed=feed.name)
