"""What of a document's news is held as a flood, and what comes late; the rest is told at once."""

from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import structlog

from monitor import bulletin, flood
from monitor.model.article import Purpose
from monitor.model.feed import Cause
from monitor.model.match import Reason
from monitor.model.record import Held, NewEntry, PollRecord, Revision
from monitor.pipeline.desk import Desk

#: How long after a flood was told another one of the same feed is not.
_TOLD = timedelta(days=1)

Kind = TypeVar("Kind", NewEntry, Revision)

log = structlog.get_logger()


def timed(record: PollRecord, window: int, desk: Desk, *, known: int) -> PollRecord:
    """Return the record with when what was found is told: now, late, or when the user says.

    The state in it is what was known of the feed before. The document has `window` entries; of the new ones, the title
    or link of so many was `known`.
    """
    settings, before = desk.configuration.settings, record.state
    news = [each.entry for each in record.new]
    if not before.baselined or not (news or record.revised):
        return record
    if settings.flood is not None:
        cause = flood.cause(news, known, window, before, settings.flood, now=record.at)
        edits = sum(any(made.reason is Reason.EDITED for made in each.decisions) for each in record.revised)
        if cause is None and settings.flood.entries <= edits >= settings.flood.share * window:
            cause = Cause.EDITED
        if cause is not None:
            return _held(record, cause, desk)
    if settings.late is None:
        return record
    are_late, rhythm = flood.late(news, before, settings.late, now=record.at)
    new = (_instead(each, Reason.LATE) if late else each for each, late in zip(record.new, are_late, strict=True))
    return replace(record, new=tuple(new), state=replace(before, rhythm=rhythm))


def _held(record: PollRecord, cause: Cause, desk: Desk) -> PollRecord:
    before = record.state
    unread = sum(each.article is Purpose.MATCH for each in record.new)
    new = tuple(_instead(_unread(each), Reason.FLOOD_HELD) for each in record.new)
    revised = tuple(_instead(each, Reason.FLOOD_HELD, only=Reason.EDITED) for each in record.revised)
    entries = len(revised if cause is Cause.EDITED else new)
    both: tuple[NewEntry | Revision, ...] = (*new, *revised)
    waiting = [(each.entry, made) for each in both for made in each.decisions if made.reason is Reason.FLOOD_HELD]
    log.warning("flood", feed=before.feed, reason=str(cause), entries=entries, held=len(waiting), articles=unread)
    if not (waiting or unread):  # nobody would have been told of any
        return record
    tell = before.flood is None or record.at - before.flood.told >= _TOLD
    shown = [entry for entry, _ in waiting] or [each.entry for each in new]
    titles = list(dict.fromkeys(entry.title or entry.link for entry in shown))
    notice = bulletin.flood(before.feed, cause, entries=entries, held=len(waiting), unread=unread, titles=titles)
    asking = [made for _, made in waiting] or [made for each in new for made in each.decisions]
    receivers = dict.fromkeys(name for made in asking for name in desk.routes[made.watchlist].receivers)
    return replace(
        record,
        new=new,
        revised=revised,
        held=Held(cause=cause, entries=entries, told=tell),
        notices=(*record.notices, (notice, tuple(receivers))) if tell else record.notices,
    )


def _unread(new: NewEntry) -> NewEntry:
    """Return an entry whose article, if it was to be matched, waits for the user's word too."""
    return replace(new, article=Purpose.HELD) if new.article is Purpose.MATCH else new


def _instead(each: Kind, reason: Reason, *, only: Reason | None = None) -> Kind:
    """Return an entry with this reason where it would make an alert, or where it has that one."""
    made = (
        replace(decision, reason=reason)
        if decision.reason is only or (only is None and decision.reason.sends)
        else decision
        for decision in each.decisions
    )
    return replace(each, decisions=tuple(made))
