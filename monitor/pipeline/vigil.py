"""Looks whether the pages behind alerts are still there, for watchlists that follow them (R25)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus

import structlog

from monitor import bulletin
from monitor.model.alert import Gone
from monitor.model.poll import FetchFailed
from monitor.model.record import PageCheck
from monitor.pipeline.desk import Desk
from monitor.pipeline.needs import Fetcher, PageReader, PageStore
from monitor.pipeline.page import fetch_page
from monitor.pipeline.records import Records
from monitor.pipeline.robots import Robots

#: When a page is looked at, counted from its alert; the first is set when the alert is made.
STEPS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3))
#: A page that is not found is looked for once more after so long, before it is said to be gone.
AGAIN = timedelta(minutes=15)
#: Pages looked at at once.
AT_ONCE = 20
_MISSING = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})

log = structlog.get_logger()


class Vigil:
    """Asks for pages: a few times, as politely as for feeds."""

    def __init__(
        self,
        *,
        store: PageStore,
        fetcher: Fetcher,
        reader: PageReader,
        records: Records,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._robots = Robots(fetcher=fetcher, reader=reader, clock=clock)
        self._records = records
        self._clock = clock

    async def look(self, desk: Desk) -> None:
        """Look at the pages that are due, and tell of those that are gone. Raises StoreUnavailable or StoreDamaged."""
        due = await self._records.run(lambda: self._store.pages_due(now=self._clock(), limit=AT_ONCE))
        await asyncio.gather(*(self._look(each, desk) for each in due))

    async def _look(self, check: PageCheck, desk: Desk) -> None:
        alert, now = check.alert, self._clock()
        feed, route = desk.feeds.get(alert.entry.feed), desk.routes.get(alert.watchlist)
        if feed is None or route is None or not route.follow or not check.link:
            await self._keep(replace(check, next_check=None, missing_since=None))
            return
        came = await fetch_page(check.link, feed, fetcher=self._fetcher, robots=self._robots)
        status = came.status if isinstance(came, FetchFailed) else None
        if status not in _MISSING:
            await self._keep(replace(check, next_check=_next(check, now), missing_since=None))
        elif status == HTTPStatus.NOT_FOUND and check.missing_since is None:
            await self._keep(replace(check, next_check=now + AGAIN, missing_since=now))
        else:
            log.info("page gone", feed=feed.name, alert=alert.number, link=check.link)
            notice = bulletin.vanished(alert, Gone.PAGE, now=now, timezone=desk.configuration.settings.timezone)
            gone = replace(check, next_check=None, missing_since=check.missing_since or now)
            await self._records.run(lambda: self._store.page_gone(gone, notice, route.receivers, now=now))

    async def _keep(self, check: PageCheck) -> None:
        await self._records.run(self._store.looked, check)


def _next(check: PageCheck, now: datetime) -> datetime | None:
    return min((at for at in (check.alert.created + step for step in STEPS) if at > now), default=None)
