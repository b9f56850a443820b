"""Asks an archive to keep the pages of entries that were alerted: one at a time, in its own time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import quote

import structlog

from monitor.model.evidence import Snapshot, SnapshotState
from monitor.model.poll import Fetched, FetchFailed, Request
from monitor.pipeline.desk import Desk
from monitor.pipeline.needs import Fetcher, SnapshotStore
from monitor.pipeline.records import Records
from monitor.render import harmless_link

#: Only what was alerted of late is worth it: of pages that have changed since, nobody wants to know.
FRESH = timedelta(days=1)
#: Attempts in all, and the wait after the first that failed; it doubles.
ATTEMPTS, WAIT = 3, timedelta(minutes=10)

log = structlog.get_logger()


class Snapshots:
    """Keeps what came of it with the entry; nothing waits for it."""

    def __init__(
        self, *, store: SnapshotStore, fetcher: Fetcher, records: Records, clock: Callable[[], datetime]
    ) -> None:
        """`fetcher` is for this alone: archives take their time."""
        self._store = store
        self._fetcher = fetcher
        self._records = records
        self._clock = clock

    async def take(self, desk: Desk) -> bool:
        """Ask for the next page, if there is an archive and one that it was not asked for; return whether there was.

        Raises StoreUnavailable or StoreDamaged.
        """
        archive, now = desk.configuration.settings.archive, self._clock()
        if archive is None:
            return False
        since = now - FRESH
        found = await self._records.run(lambda: self._store.next_snapshot(since=since, now=now))
        if found is None:
            return False
        number, link, before = found
        made = await self._asked(archive, harmless_link(link), before)
        await self._records.run(self._store.keep_snapshot, number, made)
        log.info("snapshot", entry=number, state=str(made.state), **({"reason": made.reason} if made.reason else {}))
        return True

    async def _asked(self, archive: str, link: str, before: Snapshot | None) -> Snapshot:
        attempts = (before.attempts if before else 0) + 1
        came = await self._fetcher.fetch(Request(url=address(archive, link))) if link else None
        now = self._clock()
        if isinstance(came, Fetched):
            return Snapshot(state=SnapshotState.TAKEN, url=came.url, at=now, attempts=attempts)
        failed = Snapshot(state=SnapshotState.FAILED, at=now, attempts=attempts, reason="the entry has no link")
        if not isinstance(came, FetchFailed):
            return failed
        failed = replace(failed, reason=came.reason)
        if attempts >= ATTEMPTS:
            return failed
        again = max(now + WAIT * 2 ** (attempts - 1), came.retry_after or now)
        return replace(failed, state=SnapshotState.WAITING, next_attempt=again)


def address(archive: str, link: str) -> str:
    """Return the archive's address for a link: as it is within a path, escaped within a query."""
    before, _, after = archive.partition("{url}")
    return before + (quote(link, safe="") if "?" in before else quote(link, safe="%/:=&?~#+!$,;'@()*[]")) + after
