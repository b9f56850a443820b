"""Tells a document's new entries, and edits of known ones, from what is known."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from monitor import bulletin
from monitor.identity import Identity, is_another, known_by, unseen
from monitor.model.alert import Gone, Notice
from monitor.model.entry import Entry
from monitor.model.feed import FeedState
from monitor.model.record import EntryRecord, Learnt, NewEntry, PollRecord, Revision
from monitor.pipeline.decide import decide, oldest_first
from monitor.pipeline.desk import Desk
from monitor.pipeline.edits import MOST_CHANGES, revision
from monitor.pipeline.memory import Reading
from monitor.pipeline.needs import PollStore
from monitor.pipeline.records import Records

#: How long what is new may take until a hub has pushed it.
_ON_ITS_WAY = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a document says that was not known."""

    #: Oldest first.
    new: tuple[NewEntry, ...] = ()
    revised: tuple[Revision, ...] = ()
    learnt: tuple[Learnt, ...] = ()
    #: What is told of known entries, and the names of those who are told.
    notices: tuple[tuple[Notice, tuple[str, ...]], ...] = ()
    #: Of the new entries, those whose title or link other entries had.
    known: int = 0

    def into(self, record: PollRecord) -> PollRecord:
        """Return the record with this."""
        return replace(record, new=self.new, revised=self.revised, learnt=self.learnt, notices=self.notices)


class News:
    """Asks the store what is known."""

    def __init__(self, *, store: PollStore, records: Records, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._records = records
        self._clock = clock

    async def recalled(
        self, reading: Reading, identified: Sequence[Identity], feed: str, *, elsewhere: bool = False
    ) -> Reading:
        """Return the document with what of its aliases the store has in `stored`.

        Of entries that were not parsed, those that decide are enough. `elsewhere` is as in `unseen`. Raises
        StoreUnavailable or StoreDamaged.
        """
        asked: set[bytes] = set()
        for entry, each in zip(reading.entries, identified, strict=not reading.unchanged):
            if entry is not None:
                asked.update(each.aliases)
            elif elsewhere:
                asked.update(each.anywhere)
            elif each.decisive not in reading.stored:
                asked.update(each.strong)
        asked -= reading.stored
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
    ) -> Found | None:
        """Return what is new in a document (see `recalled`), with what was decided of it.

        None when an entry that is new was not parsed. `elsewhere` is as in `unseen`; `pushed` is when a hub sent the
        document, None if it was asked for.
        """
        if not identified:  # its bytes, or all but its dates, are those of last time
            return Found()
        places = set(unseen(identified, reading.stored, elsewhere=elsewhere))
        holders = await self._changed(reading, identified, places, state.feed, elsewhere=elsewhere)
        if not elsewhere:
            places |= {place for place, kept in holders.items() if _is_another(reading, place, kept)}
        found_new = [(reading.entries[place], identified[place]) for place in sorted(places)]
        news = oldest_first([(entry, identity) for entry, identity in found_new if entry is not None])
        if len(news) < len(places):
            return None
        backlog = _backlog(news, state, desk, pushed)
        changed = {place: kept for place, kept in holders.items() if place not in places}
        new = await asyncio.to_thread(decide, news, backlog, state.feed, desk) if news else ()
        revised, learnt = (
            await asyncio.to_thread(_revised, reading, identified, changed, state.feed, desk) if changed else ((), ())
        )
        marks = [reading.marks[place] for place in places]
        known = sum(each.title in reading.stored or each.link in reading.stored for each in marks)
        notices = [await self._retracted(each, desk) for each in revised if each.removed]
        return Found(new=new, revised=revised, learnt=learnt, known=known, notices=tuple(chain.from_iterable(notices)))

    async def _retracted(self, revision: Revision, desk: Desk) -> tuple[tuple[Notice, tuple[str, ...]], ...]:
        """Return what is told of alerts whose passage is gone, to those who follow them."""
        alerts = await self._records.run(lambda: list(self._store.alerts(entry=revision.number)))
        now, zone = self._clock(), desk.configuration.settings.timezone
        return tuple(
            (bulletin.vanished(each.alert, Gone.PASSAGE, now=now, timezone=zone), route.receivers)
            for each in alerts
            if each.alert.watchlist in revision.removed and each.alert.vanished is None
            if (route := desk.routes.get(each.alert.watchlist)) is not None and route.follow
        )

    async def _changed(
        self, reading: Reading, identified: Sequence[Identity], new: Collection[int], feed: str, *, elsewhere: bool
    ) -> dict[int, EntryRecord | None]:
        """Return the known entries that have aliases which are not, by their places, as they are kept if they are."""
        by: dict[int, bytes] = {}
        for place, (entry, each) in enumerate(zip(reading.entries, identified, strict=True)):
            if entry is None or place in new or all(alias in reading.stored for alias in each.aliases):
                continue
            alias = known_by(each, reading.stored, elsewhere=elsewhere) or each.moved
            if alias in reading.stored:
                by[place] = alias
        if not by:
            return {}
        holders = await self._records.run(self._store.holders, feed, set(by.values()))
        return {place: holders.get(alias) for place, alias in by.items()}


def _is_another(reading: Reading, place: int, kept: EntryRecord | None) -> bool:
    """Whether an entry has but the id of the one that it is known as (R24)."""
    entry, marks, stored = reading.entries[place], reading.marks[place], reading.stored
    if entry is None or kept is None or not marks.leads or marks.link in stored or marks.title in stored:
        return False
    return is_another(kept.entry.entry, entry)


def _revised(
    reading: Reading,
    identified: Sequence[Identity],
    changed: dict[int, EntryRecord | None],
    feed: str,
    desk: Desk,
) -> tuple[tuple[Revision, ...], tuple[Learnt, ...]]:
    """Return what became of known entries, and what they are known by from now on."""
    revised, learnt = {}, []
    for place, kept in changed.items():
        entry, aliases = reading.entries[place], identified[place].aliases
        if entry is None or (kept is not None and kept.changes >= MOST_CHANGES):
            continue
        number = kept.entry.number if kept is not None else None
        learnt.append(Learnt(entry=number, aliases=tuple(alias for alias in aliases if alias not in reading.stored)))
        if kept is not None and reading.marks[place].text not in reading.stored:
            revised[kept.entry.number] = revision(kept, entry, feed, desk)
    return tuple(revised.values()), tuple(learnt)


def _backlog(news: Sequence[tuple[Entry, Identity]], state: FeedState, desk: Desk, pushed: datetime | None) -> int:
    """Return how many of the new entries, the oldest, are none to tell of."""
    last = desk.configuration.settings.first_run.last
    if pushed is not None and last is not None:
        last = max(last, _published_since(news, min(state.last_polled or pushed, pushed - _ON_ITS_WAY)), 1)
    return 0 if state.baselined or last is None else max(len(news) - last, 0)


def _published_since(news: Sequence[tuple[Entry, Identity]], since: datetime) -> int:
    dates = (entry.published or entry.updated for entry, _ in news)
    return sum(date is not None and date >= since for date in dates)
