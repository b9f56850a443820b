"""What is remembered of feeds and their hosts between polls."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, literal_column, select, update

from monitor.model.feed import (
    Cause,
    Empty,
    Feed,
    FeedHealth,
    FeedState,
    Flood,
    FullText,
    Mirror,
    Redirect,
    Silence,
    Trouble,
    Validators,
)
from monitor.model.match import Reason
from monitor.model.record import FeedRecord, PollRecord
from monitor.schedule import first_poll
from monitor.store.database import Database, chunks, upsert
from monitor.store.rhythm import hints_json, rhythm_json, stored_articles, stored_hints, stored_rhythm
from monitor.store.rows import AnyRow
from monitor.store.tables import decision, entry, feed, host

#: Made once: they are used at every poll.
_ONE = select(feed).where(feed.c.active, feed.c.name == bindparam("feed"))
_ID = select(feed.c.id).where(feed.c.active, feed.c.name == bindparam("feed"))
#: How many decisions on entries of a feed are held.
_HELD = (
    select(func.count())
    .select_from(decision.join(entry))
    .where(entry.c.feed == feed.c.id, decision.c.reason == literal_column(f"'{Reason.FLOOD_HELD}'"))
    .scalar_subquery()
)
_KEEP = update(feed).where(feed.c.active, feed.c.name == bindparam("feed"))


class Feeds(Database):
    """The part of the store that knows feeds."""

    def sync(self, feeds: Sequence[Feed], *, now: datetime) -> None:
        """Take over the feeds of the configuration; a new one is due at once, many new ones soon.

        A feed is known again by its address, so that it can be renamed, else by its name. With a new address it starts
        anew, but for its entries. One that is configured no more stays, inactive.
        """
        with self.writing() as db:
            # Active ones and later ones come last, and win.
            rows = db.execute(select(feed).order_by(feed.c.active, feed.c.id)).all()
            pairs = _pairs(feeds, rows)
            kept = {row.id for row in pairs.values()}
            changes = [_change(new, row, now) for new in feeds if (row := pairs.get(new.name)) and _differs(new, row)]
            unknown = [new for new in feeds if new.name not in pairs]
            fresh = [_row(_first(new, len(unknown), now), new, now) for new in unknown]
            changes += [{"row": row.id, "active": False} for row in rows if row.active and row.id not in kept]
            for change in changes:
                db.execute(update(feed).where(feed.c.id == change.pop("row")).values(change))
            if fresh:
                db.execute(insert(feed), fresh)
            unread = [new.name for new in feeds if new.full_text is FullText.NO]
            well = update(feed).where(feed.c.active, feed.c.articles.is_not(None)).values(articles=None)
            for some in chunks(unread):
                db.execute(well.where(feed.c.name.in_(some)))

    def states(self, names: Collection[str] | None = None) -> dict[str, FeedState]:
        """Return what is remembered of each active feed, or of those with these names, by its name."""
        with self.reading() as db:
            if names is None:
                return {row.name: _state(row) for row in db.execute(select(feed).where(feed.c.active))}
            return {name: _state(row) for name in names for row in db.execute(_ONE, {"feed": name})}

    def feeds(self) -> tuple[FeedRecord, ...]:
        """Return the active feeds, by name."""
        counts = select(entry.c.feed, func.count().label("entries")).group_by(entry.c.feed).subquery()
        query = select(feed, func.coalesce(counts.c.entries, 0).label("entries"), _HELD.label("held")).outerjoin(counts)
        with self.reading() as db:
            rows = db.execute(query.where(feed.c.active).order_by(feed.c.name)).all()
        return tuple(
            FeedRecord(url=row.shown_url, state=_state(row), entries=row.entries, held=row.held) for row in rows
        )

    def untold(self) -> tuple[FeedState, ...]:
        """Return the active feeds whose trouble is not the one that was told."""
        query = select(feed).where(feed.c.active, feed.c.told.is_distinct_from(feed.c.trouble))
        with self.reading() as db:
            return tuple(map(_state, db.execute(query.order_by(feed.c.name))))

    def due(self, *, now: datetime, limit: int) -> tuple[str, ...]:
        """Return names of active feeds that are to be asked now, the longest due first."""
        query = select(feed.c.name).where(feed.c.active, feed.c.next_poll <= now)
        with self.reading() as db:
            return tuple(db.scalars(query.order_by(feed.c.next_poll).limit(limit)))

    def next_poll(self) -> datetime | None:
        """Return when the first of the active feeds is due, or was; None if there is no feed."""
        query = select(feed.c.next_poll).where(feed.c.active).order_by(feed.c.next_poll).limit(1)
        with self.reading() as db:
            return db.scalars(query).one_or_none()

    def last_polled(self) -> datetime | None:
        """Return when any of the active feeds was last asked."""
        with self.reading() as db:
            last: datetime | None = db.scalar(select(func.max(feed.c.last_polled)).where(feed.c.active))
            return last

    def host_waits(self, *, now: datetime) -> dict[str, datetime]:
        """Return the hosts that asked to be left alone, and until when."""
        with self.reading() as db:
            rows = db.execute(select(host).where(host.c.free > now)).all()
        return {row.name: row.free for row in rows}


def keep_told(db: Connection, states: Sequence[FeedState]) -> None:
    """Note that the user was told of the trouble that these feeds are in, or no longer are."""
    for state in states:
        told = {"told": None if state.quiet else state.trouble, "told_since": state.trouble_since}
        db.execute(update(feed).where(feed.c.active, feed.c.name == state.feed).values(told))


def keep_states(db: Connection, polls: Sequence[PollRecord]) -> None:
    """Write the states that polls led to; of a feed that is configured no more, only its host's wish."""
    for poll in polls:
        if poll.host_wait is not None:
            keep_host_wait(db, *poll.host_wait, now=poll.at)
    if polls:
        db.execute(_KEEP, [{"feed": poll.state.feed, **_columns(poll.state, poll.at)} for poll in polls])


def keep_host_wait(db: Connection, name: str, free: datetime, *, now: datetime) -> None:
    """Note until when a host wants to be left alone."""
    db.execute(delete(host).where(host.c.free <= now))
    upsert(db, host, [{"name": name, "free": free}])


def feed_row(db: Connection, name: str) -> int | None:
    """Return the row of a feed, None if it is configured no more."""
    return db.scalars(_ID, {"feed": name}).one_or_none()


def _pairs(feeds: Sequence[Feed], rows: Sequence[AnyRow]) -> dict[str, AnyRow]:
    """Find the row of each feed: one with its address and name, else with its address, else with its name."""
    pairs: dict[str, AnyRow] = {}
    taken: set[int] = set()
    for columns in (("shown_url", "name"), ("shown_url",), ("name",)):
        free = {tuple(getattr(row, column) for column in columns): row for row in rows if row.id not in taken}
        for new in feeds:
            row = free.get(tuple(getattr(new, column) for column in columns))
            if row is not None and new.name not in pairs and row.id not in taken:
                pairs[new.name] = row
                taken.add(row.id)
    return pairs


def _first(new: Feed, feeds: int, now: datetime) -> FeedState:
    return FeedState(feed=new.name, next_poll=first_poll(new.name, now=now, feeds=feeds, every=new.every))


def _differs(new: Feed, row: AnyRow) -> bool:
    return (row.name, row.shown_url, row.active) != (new.name, new.shown_url, True)


def _change(new: Feed, row: AnyRow, now: datetime) -> dict[str, object]:
    """Return what to write to a row, and which one."""
    if row.shown_url == new.shown_url:
        return {"row": row.id, "name": new.name, "active": True}
    old = _state(row)
    anew = FeedState(
        feed=new.name,
        baselined=old.baselined,
        last_polled=old.last_polled,
        last_success=old.last_success,
        last_entry=old.last_entry,
        silence=old.silence,
        rhythm=old.rhythm,
    )
    return {"row": row.id, **_row(anew, new, now), "told": None, "told_since": None}


def _row(state: FeedState, new: Feed, now: datetime) -> dict[str, object]:
    return {"name": new.name, "shown_url": new.shown_url, "active": True, **_columns(state, now)}


def _columns(state: FeedState, now: datetime) -> Mapping[str, object]:
    redirect = state.redirect
    return {
        "health": state.health,
        "reason": state.reason,
        "etag": state.validators.etag,
        "last_modified": state.validators.last_modified,
        "digest": state.digest,
        "moved_to": state.moved_to,
        "redirect_url": redirect and redirect.url,
        "redirect_since": redirect and redirect.since,
        "redirect_parses": redirect and redirect.parses,
        "failures": state.failures,
        "kills": state.kills,
        "baselined": state.baselined,
        "last_polled": state.last_polled,
        "last_success": state.last_success,
        "next_poll": state.next_poll or now,
        "retry_after": state.retry_after,
        "mirror": state.mirror and state.mirror.address,
        "mirror_since": state.mirror and state.mirror.since,
        "last_entry": state.last_entry,
        "silence_usual": state.silence and state.silence.usual.total_seconds(),
        "silence_longest": state.silence and state.silence.longest.total_seconds(),
        "silence_count": state.silence and state.silence.count,
        "empty_since": state.empty and state.empty.since,
        "empty_polls": state.empty and state.empty.polls,
        "trouble": state.trouble,
        "trouble_since": state.trouble_since,
        "quiet": state.quiet,
        "interval": state.interval and state.interval.total_seconds(),
        "interval_reason": state.interval_reason,
        "hints": hints_json(state.hints),
        "rhythm": rhythm_json(state.rhythm),
        "window": state.window,
        "gap": state.gap,
        "confirmed": state.confirmed,
        "untrusted": state.untrusted,
        "by_link": state.by_link,
    }


def _state(row: AnyRow) -> FeedState:
    redirect = None
    if row.redirect_url is not None:
        redirect = Redirect(url=row.redirect_url, since=row.redirect_since, parses=row.redirect_parses)
    return FeedState(
        feed=row.name,
        health=FeedHealth(row.health),
        reason=row.reason,
        validators=Validators(etag=row.etag, last_modified=row.last_modified),
        digest=row.digest,
        moved_to=row.moved_to,
        redirect=redirect,
        mirror=None if row.mirror is None else Mirror(address=row.mirror, since=row.mirror_since),
        failures=row.failures,
        kills=row.kills,
        baselined=row.baselined,
        last_polled=row.last_polled,
        last_success=row.last_success,
        next_poll=row.next_poll,
        retry_after=row.retry_after,
        last_entry=row.last_entry,
        silence=_silence(row),
        articles=stored_articles(row.articles),
        empty=None if row.empty_since is None else Empty(since=row.empty_since, polls=row.empty_polls),
        trouble=Trouble(row.trouble) if row.trouble else None,
        trouble_since=row.trouble_since,
        quiet=row.quiet,
        told=Trouble(row.told) if row.told else None,
        told_since=row.told_since,
        interval=None if row.interval is None else timedelta(seconds=row.interval),
        interval_reason=row.interval_reason,
        hints=stored_hints(row.hints),
        rhythm=stored_rhythm(row.rhythm),
        window=row.window,
        gap=row.gap,
        confirmed=row.confirmed,
        untrusted=row.untrusted,
        by_link=row.by_link,
        flood=_flood(row),
    )


def _flood(row: AnyRow) -> Flood | None:
    if row.flood_since is None:
        return None
    cause = Cause(row.flood_cause)
    return Flood(since=row.flood_since, told=row.flood_told, cause=cause, entries=row.flood_entries)


def _silence(row: AnyRow) -> Silence | None:
    if row.silence_count is None:
        return None
    return Silence(
        usual=timedelta(seconds=row.silence_usual),
        longest=timedelta(seconds=row.silence_longest),
        count=row.silence_count,
    )
