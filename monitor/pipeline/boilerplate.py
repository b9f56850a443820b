"""Learns what sites say on many pages, and keeps it from making alerts."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.match.verdict import weighed
from monitor.model.entry import Entry, Field
from monitor.model.match import Decision, Reason
from monitor.model.record import Lesson, NewEntry, PollRecord, Revision, Site
from monitor.pipeline.decide import decisions
from monitor.pipeline.desk import Desk
from monitor.pipeline.needs import LedgerStore
from monitor.pipeline.records import Records
from monitor.text.boilerplate import (
    FEED_FIELDS,
    PAGE_FIELDS,
    Ledger,
    Page,
    Repeated,
    host,
    page,
    repeated,
    without_boilerplate,
)
from monitor.text.boilerplate.packed import Taught, unpack


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An entry, with what watchlists make of all its text."""

    #: Name of its feed.
    feed: str
    entry: Entry
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What is kept of sites."""

    #: Packed; nothing of those that are not known.
    ledgers: Mapping[Site, bytes]
    #: By feed, its passages that the user says are no boilerplate, and since when.
    spared: Mapping[str, Mapping[str, datetime]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What to make of entries."""

    #: Of each of them.
    decisions: tuple[tuple[Decision, ...], ...]
    #: Each of them without its boilerplate; None if it has none.
    own: tuple[Entry | None, ...]
    #: What they teach of their sites; to be kept together with the decisions.
    ledgers: Mapping[Site, Lesson]


class Boilerplate:
    """Judges entries by what is known of their sites."""

    def __init__(self, *, store: LedgerStore, records: Records) -> None:
        self._store = store
        self._records = records

    async def judged(self, record: PollRecord, desk: Desk) -> PollRecord:
        """Return what a poll found, with what to make of it. Raises StoreUnavailable or StoreDamaged."""
        found: tuple[NewEntry | Revision, ...] = (*record.new, *record.revised)
        if not found:
            return record
        readings = [Reading(feed=record.state.feed, entry=each.entry, decisions=each.decisions) for each in found]
        made = await self.judge(readings, desk, at=record.at)
        verdicts = zip(made.decisions, made.own, strict=True)
        judged = [
            replace(each, decisions=decided, own=own) for each, (decided, own) in zip(found, verdicts, strict=True)
        ]
        return replace(
            record,
            new=tuple(each for each in judged if isinstance(each, NewEntry)),
            revised=tuple(each for each in judged if isinstance(each, Revision)),
            ledgers=made.ledgers,
        )

    async def judge(self, readings: Sequence[Reading], desk: Desk, *, at: datetime) -> Judgement:
        """Learn from entries, oldest first, then say what to make of each. Raises as `judged` does."""
        kept = await self._records.run(remembered, self._store, readings)
        return await asyncio.to_thread(judge, readings, kept, desk, at=at)


def sites(entry: Entry, feed: str) -> tuple[Site, ...]:
    """Return whose texts an entry's are compared with: its feed's, its host's in that feed, and its host's pages."""
    given = Site(feed=feed), Site(feed=feed, host=host(entry))
    return (*given, Site(host=host(entry))) if entry.article else given


def remembered(store: LedgerStore, readings: Sequence[Reading]) -> Remembered:
    """Return what is kept of the sites of entries."""
    return Remembered(
        ledgers=store.ledgers({site for each in readings for site in sites(each.entry, each.feed)}),
        spared={feed: store.spared(feed) for feed in {each.feed for each in readings}},
    )


def judge(readings: Sequence[Reading], kept: Remembered, desk: Desk, *, at: datetime) -> Judgement:
    """Learn from entries, and then judge each by all of them."""
    subjects = [_Subject.of(each) for each in readings]
    ledgers = {site: unpack(kept.ledgers.get(site)) for site in {site for each in subjects for site in each.sites}}
    lessons: defaultdict[Site, list[Page]] = defaultdict(list)

    def learn(site: Site, its: Page) -> None:
        ledgers[site].learn(its, at)
        lessons[site].append(its)

    for each in subjects:
        learn(each.sites[0], each.given)
        for site in each.sites[2:]:
            learn(site, each.article)
    for each in subjects:
        if ledgers[each.sites[0]].mixed:
            learn(each.sites[1], each.given)
    own = tuple(each.own(ledgers, kept.spared[each.reading.feed]) for each in subjects)
    return Judgement(
        decisions=tuple(_decided(each, said, ledgers, desk) for each, said in zip(subjects, own, strict=True)),
        own=own,
        ledgers={site: Taught.of(kept.ledgers.get(site), its, ledgers[site], at) for site, its in lessons.items()},
    )


def boilerplate(reading: Reading, kept: Remembered) -> tuple[Repeated, ...]:
    """Return what of an entry its sites repeat, also what the user says is no boilerplate."""
    ledgers = {site: unpack(kept.ledgers.get(site)) for site in sites(reading.entry, reading.feed)}
    return _Subject.of(reading).repeated(ledgers)


@dataclass(frozen=True, slots=True)
class _Subject:
    """An entry to be judged, and what it teaches of whom."""

    reading: Reading
    sites: tuple[Site, ...]
    #: What its feed gives, and what its page says.
    given: Page
    article: Page

    @classmethod
    def of(cls, reading: Reading) -> "_Subject":
        """Cut an entry into passages."""
        entry = reading.entry
        return cls(reading, sites(entry, reading.feed), page(entry, FEED_FIELDS), page(entry, PAGE_FIELDS))

    def repeated(self, ledgers: Mapping[Site, Ledger]) -> tuple[Repeated, ...]:
        """Return what of it its sites repeat."""
        feed, part, *pages = (ledgers[site] for site in self.sites)
        return repeated(self.given, feed, part) + repeated(self.article, *pages)

    def own(self, ledgers: Mapping[Site, Ledger], spared: Collection[str]) -> Entry | None:
        """Return it without its boilerplate, which these passages are not; None if it has none."""
        said = [each for each in self.repeated(ledgers) if not each.any_of(spared)]
        return without_boilerplate(self.reading.entry, said) if said else None

    def unproven(self, ledgers: Mapping[Site, Ledger]) -> tuple[Field, ...]:
        """Return the fields in which boilerplate can not be told yet."""
        feed, _, *pages = (ledgers[site].proven for site in self.sites)
        return (() if feed else FEED_FIELDS) + (() if all(pages) else PAGE_FIELDS)


def _decided(subject: _Subject, own: Entry | None, ledgers: Mapping[Site, Ledger], desk: Desk) -> tuple[Decision, ...]:
    reading, made = subject.reading, None
    if all(each.reason is Reason.BASELINE for each in reading.decisions):
        return reading.decisions
    if own is not None:
        languages = desk.matcher.languages(reading.entry, feed=reading.feed)
        made = decisions(own, reading.feed, desk, languages=languages)
    return weighed(reading.decisions, made, subject.unproven(ledgers))
