"""Tells a document's new entries from those that are known."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.identity import Identity, unseen
from monitor.model.entry import Entry
from monitor.model.feed import FeedState
from monitor.model.record import NewEntry
from monitor.pipeline.decide import decide, oldest_first
from monitor.pipeline.desk import Desk
from monitor.pipeline.memory import Reading
from monitor.pipeline.needs import PollStore
from monitor.pipeline.records import Records

#: How long what is new may take until a hub has pushed it.
_ON_ITS_WAY = timedelta(hours=1)


class News:
    """Asks the store what is known."""

    def __init__(self, *, store: PollStore, records: Records) -> None:
        self._store = store
        self._records = records

    async def recalled(
        self, reading: Reading, identified: Sequence[Identity], feed: str, *, elsewhere: bool = False
    ) -> Reading:
        """Return the document with all aliases in `stored` that decide on its entries and that the store has.

        `elsewhere` is as in `unseen`. Raises StoreUnavailable or StoreDamaged.
        """
        marks = {mark for each in identified for mark in (each.anywhere if elsewhere else [each.decisive])}
        asked = marks - reading.stored
        if reading.unchanged or not asked:
            return reading
        return replace(reading, stored=reading.stored | await self._records.run(self._store.known, feed, asked))

    async def of(
        self,
        reading: Reading,
        identified: Sequence[Identity],
        state: FeedState,
        desk: Desk,
        *,
        elsewhere: bool = False,
        pushed: datetime | None = None,
    ) -> tuple[NewEntry, ...] | None:
        """Return the entries of a document (see `recalled`) that are new, oldest first, with what was decided of them.

        None when one of them was not parsed. `elsewhere` is as in `unseen`; `pushed` is when a hub sent the document,
        None if it was asked for.
        """
        if reading.unchanged:
            return ()
        places = unseen(identified, reading.stored, elsewhere=elsewhere)
        found_new = [(reading.entries[place], identified[place]) for place in places]
        news = oldest_first([(entry, identity) for entry, identity in found_new if entry is not None])
        if len(news) < len(places):
            return None
        if not news:
            return ()
        last = desk.configuration.settings.first_run.last
        if pushed is not None and last is not None:
            last = max(last, _published_since(news, min(state.last_polled or pushed, pushed - _ON_ITS_WAY)), 1)
        backlog = 0 if state.baselined or last is None else max(len(news) - last, 0)
        return await asyncio.to_thread(decide, news, backlog, state.feed, desk)


def _published_since(news: Sequence[tuple[Entry, Identity]], since: datetime) -> int:
    dates = (entry.published or entry.updated for entry, _ in news)
    return sum(date is not None and date >= since for date in dates)
