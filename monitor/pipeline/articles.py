"""Reads the pages behind entries, beside the polls: what a feed's own text matches never waits for them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from monitor import trouble
from monitor.errors import StoreDamaged, StoreUnavailable
from monitor.model.article import ASKED, Article, ArticleStatus, Purpose, Wanted
from monitor.model.feed import Feed, FullText
from monitor.model.poll import Failure, Fetched, ParseFailed
from monitor.model.record import Milestone, Revision
from monitor.pipeline.again import changed, open_again
from monitor.pipeline.attempt import Came, attempted, counts, is_networks
from monitor.pipeline.boilerplate import Reading, judge, remembered
from monitor.pipeline.desk import Desk
from monitor.pipeline.evidence import page_source
from monitor.pipeline.needs import ArticleStore, Fetcher, PageReader
from monitor.pipeline.page import fetch_page
from monitor.pipeline.records import Records
from monitor.pipeline.robots import Robots

log = structlog.get_logger()

#: Pages that are asked for at once, each of another host: most places of the fetcher stay free for feeds.
MOST_AT_ONCE = 16
#: An entry that was seen so long ago is read no more.
TOO_LATE = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleReport:
    """What one attempt to read an article came to."""

    wanted: Wanted
    status: ArticleStatus
    #: Numbers of the alerts that were made.
    alerts: tuple[int, ...] = ()


class Articles:
    """Reads articles. All of it raises StoreUnavailable or StoreDamaged; then nothing was kept."""

    def __init__(
        self,
        *,
        store: ArticleStore,
        fetcher: Fetcher,
        reader: PageReader,
        records: Records,
        clock: Callable[[], datetime],
        chance: Callable[[], float],
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._reader = reader
        self._records = records
        self._clock = clock
        self._chance = chance
        self._robots = Robots(fetcher=fetcher, reader=reader, clock=clock)

    async def next(self, *, besides: Collection[str], purposes: Sequence[Purpose] = ASKED) -> Wanted | None:
        """Return an article to be read now, of none of these hosts, for the first purpose that has one; else None."""
        now = self._clock()
        next_one = partial(self._store.next_article, now=now, besides=besides, purposes=purposes)
        return await self._records.run(next_one)

    async def read(self, wanted: Wanted, desk: Desk) -> ArticleReport:
        """Read an article, match its entry again, and keep what comes of it, in one transaction."""
        try:
            return await self._keep(wanted, await self._read(wanted, desk.feeds.get(wanted.feed)), desk)
        except (StoreUnavailable, StoreDamaged):
            raise
        except Exception:  # the edge of one job: it is recorded, and tried a few times more
            log.exception("article crashed", feed=wanted.feed, entry=wanted.entry)
            return await self._keep(wanted, ParseFailed(failure=Failure.INTERNAL, detail="see the log"), desk)

    async def drain(self, desk: Desk, *, purpose: Purpose, within: timedelta) -> AsyncIterator[ArticleReport]:
        """Read what is to be read now, hosts side by side, until nothing is or the time is over."""
        loop = asyncio.get_running_loop()
        end = loop.time() + within.total_seconds()
        running: dict[str, asyncio.Task[ArticleReport]] = {}
        try:
            while loop.time() < end:
                while len(running) < MOST_AT_ONCE and (
                    wanted := await self.next(besides=running.keys(), purposes=[purpose])
                ):
                    running[wanted.host] = asyncio.ensure_future(self.read(wanted, desk))
                if not running:
                    return
                left = max(end - loop.time(), 0)
                await asyncio.wait(running.values(), timeout=left, return_when=asyncio.FIRST_COMPLETED)
                for host in [host for host, task in running.items() if task.done()]:
                    yield await running.pop(host)
        finally:
            for task in running.values():
                task.cancel()
            await asyncio.gather(*running.values(), return_exceptions=True)

    async def _read(self, wanted: Wanted, feed: Feed | None) -> Came:
        if feed is None or feed.full_text is FullText.NO:
            return ParseFailed(failure=Failure.NOT_WANTED)
        if self._clock() - wanted.seen > TOO_LATE:
            return ParseFailed(failure=Failure.TOO_LATE)
        came = await fetch_page(wanted.url, feed, fetcher=self._fetcher, robots=self._robots)
        if not isinstance(came, Fetched):
            return came
        fetched = self._clock()
        found = await self._reader.read(came, wanted.title)
        if isinstance(found, ParseFailed):
            return found
        return Article(
            url=came.url,
            fetched=fetched,
            validators=came.validators,
            body=came.body,
            content_type=came.content_type,
            text=found.text,
            beginning_only=found.beginning_only,
        )

    async def _keep(self, wanted: Wanted, came: Came, desk: Desk) -> ArticleReport:
        report = await self._records.run(self._write, wanted, came, desk)
        status = report.status
        event = "article read" if isinstance(came, Article) else "article failed"
        told = {"reason": status.reason, "attempts": status.attempts, "alerts": len(report.alerts)}
        log.info(event, feed=wanted.feed, entry=wanted.title or wanted.url, **told)
        return report

    def _write(self, wanted: Wanted, came: Came, desk: Desk) -> ArticleReport:
        """Decide and write where nobody else writes: the entry may have been edited while its page was fetched."""
        now, chance = self._clock(), self._chance()
        excused = is_networks(came) and self._store.milestone(Milestone.OUTAGE) is not None
        record = attempted(wanted, came, now=now, chance=chance, excused=excused)
        state = self._store.states([wanted.feed]).get(wanted.feed)
        if state is not None and counts(wanted, came, excused=excused):
            record = replace(record, health=trouble.after_article(state.articles, record.status.reason, now=now))
        if isinstance(came, Article):
            kept = next(self._store.entries(number=wanted.entry))
            entry = replace(kept.entry.entry, article=came.text)
            reading = Reading(feed=wanted.feed, entry=entry, decisions=open_again(kept, entry, desk))
            made = judge([reading], remembered(self._store, [reading]), desk, at=now)
            decided = changed(kept, made.decisions[0])
            page = page_source(came, decided, desk)
            revision = Revision(number=wanted.entry, entry=entry, decisions=decided, own=made.own[0], source=page)
            record = replace(record, revision=revision, ledgers=made.ledgers, routes=desk.routes)
        alerts = self._store.keep_article(record)
        return ArticleReport(wanted=wanted, status=record.status, alerts=alerts)
