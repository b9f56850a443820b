"""What polls bring: entries, what they are known by, decisions, and alerts on their way."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, insert, update

from monitor.model.record import Kept, Lesson, PollRecord, Revision, Route, Site
from monitor.store import tables
from monitor.store.alerts import Making, keep_alerts, keep_revision
from monitor.store.aliases import keep_aliases, keep_learnt
from monitor.store.articles import keep_wanted
from monitor.store.database import Database, chunks
from monitor.store.evidence import keep_held_sources
from monitor.store.feeds import feed_row, keep_states
from monitor.store.floods import keep_held
from monitor.store.ledgers import keep_ledgers
from monitor.store.notices import keep_notice
from monitor.store.rows import decision_rows, entry_row
from monitor.store.sketches import forget_old, join, sketched
from monitor.store.stories import needed

#: How exactly is known when an alias was last seen: to be looked at at every poll it would be too costly.
_DAY = timedelta(days=1)
#: Time between two looks for sketches that are too old.
_HOUR = timedelta(hours=1)

#: Made once: it is used at every poll that brings new entries.
_KEEP_ENTRIES = insert(tables.entry).returning(tables.entry.c.number, sort_by_parameter_order=True)


class Polls(Database):
    """The part of the store that takes what polls bring."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        super().__init__(path, readonly=readonly)
        #: When it was last noted which aliases a feed still serves, by the feed's row.
        self._noted: dict[int, datetime] = {}
        #: When sketches were last forgotten.
        self._forgot = datetime.min.replace(tzinfo=UTC)

    def record(self, poll: PollRecord) -> tuple[int, ...]:
        """Write all of a poll, or nothing; return the numbers of its alerts."""
        return self.record_all([poll])[0].alerts

    def record_all(self, polls: Sequence[PollRecord]) -> list[Kept]:
        """Write all of these polls, or nothing; return what became of each.

        If a feed is configured no more, there is nothing to keep but its host's wish to be left alone.
        """
        with self.writing() as db:
            keep_states(db, polls)
            return [self._keep_found(db, poll) for poll in polls]

    def revise(
        self,
        revisions: Sequence[Revision],
        *,
        at: datetime,
        routes: Mapping[str, Route],
        ledgers: Mapping[Site, Lesson] | None = None,
    ) -> tuple[int, ...]:
        """Write what became of entries, all of it or nothing; return the numbers of the alerts that came of it.

        `routes` and `ledgers` are as in a PollRecord. An entry that is kept no more has nothing to change.
        """
        with self.writing() as db:
            keep_ledgers(db, ledgers or {}, at=at)
            made, _ = needed(db, _revised(db, revisions, at=at), routes=routes)
            return keep_alerts(db, made, at=at, routes=routes)

    def _keep_found(self, db: Connection, poll: PollRecord) -> Kept:
        """Write what a poll found, beside the feed's new state."""
        if not (poll.new or poll.aliases or poll.revised or poll.learnt):
            return Kept()
        feed_id = feed_row(db, poll.state.feed)
        if feed_id is None:
            return Kept()
        self._note(db, poll, feed_id)
        keep_ledgers(db, poll.ledgers, at=poll.at)
        keep_learnt(db, feed_id, poll.learnt, at=poll.at)
        if poll.held is not None:
            keep_held(db, feed_id, poll.held, at=poll.at)
        for notice, receivers in poll.notices:
            keep_notice(db, notice, receivers, poll.at)
        numbers = _keep_new(db, poll, feed_id) if poll.new else ()
        self._sketch(db, poll, numbers)
        revised = [replace(each, source=each.source or poll.source) for each in _revised(db, poll.revised, at=poll.at)]
        held = [(number, new.decisions, poll.source) for number, new in zip(numbers, poll.new, strict=True)]
        held += [(each.number, each.decisions, each.source or poll.source) for each in poll.revised]
        keep_held_sources(db, held, at=poll.at)
        makings = [*_makings(poll, numbers), *revised]
        made, retold = needed(db, makings, routes=poll.routes)
        places = {number: place for place, number in enumerate(numbers)}
        return Kept(
            alerts=keep_alerts(db, made, at=poll.at, routes=poll.routes),
            retold=frozenset((places[each.entry], each.decision.watchlist) for each in retold if each.entry in places),
        )

    def _sketch(self, db: Connection, poll: PollRecord, numbers: Sequence[int]) -> None:
        """Keep what new entries are compared by, unless no watchlist wants stories; now and then, forget old ones."""
        if not any(route.grouped for route in poll.routes.values()):
            return
        if poll.at - self._forgot >= _HOUR:
            self._forgot = poll.at
            forget_old(db, at=poll.at)
        feed = poll.state.feed
        said = [sketched(each.own or each.entry, feed=feed, seen=poll.at) for each in poll.new]
        join(db, dict(zip(numbers, said, strict=True)), at=poll.at)

    def _note(self, db: Connection, poll: PollRecord, feed_id: int) -> None:
        """Once a day, note which aliases the feed still serves."""
        old = poll.at - _DAY
        if not poll.aliases or self._noted.get(feed_id, old) > old:
            return
        self._noted[feed_id] = poll.at
        row = tables.alias.c
        for some in chunks(poll.aliases):
            served = update(tables.alias).where(row.feed == feed_id, row.alias.in_(some), row.last_seen < old)
            db.execute(served.values(last_seen=poll.at))


def _keep_new(db: Connection, poll: PollRecord, feed_id: int) -> Sequence[int]:
    """Write new entries; return their numbers."""
    numbers = db.scalars(_KEEP_ENTRIES, [entry_row(new, feed_id=feed_id, seen=poll.at) for new in poll.new]).all()
    keep_aliases(db, feed_id, zip(numbers, (new.aliases for new in poll.new), strict=True), at=poll.at)
    decisions = [
        row for number, new in zip(numbers, poll.new, strict=True) for row in decision_rows(new, number=number)
    ]
    if decisions:
        db.execute(insert(tables.decision), decisions)
    keep_wanted(db, [*zip(numbers, poll.new, strict=True)], feed_id=feed_id, at=poll.at)
    return numbers


def _makings(poll: PollRecord, numbers: Sequence[int]) -> tuple[Making, ...]:
    return tuple(
        Making(entry=number, feed=poll.state.feed, decision=decision, source=poll.source)
        for number, new in zip(numbers, poll.new, strict=True)
        for decision in new.decisions
        if decision.reason.sends
    )


def _revised(db: Connection, revisions: Sequence[Revision], *, at: datetime) -> list[Making]:
    return [making for revision in revisions for making in keep_revision(db, revision, at=at)]
