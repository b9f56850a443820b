"""What an edit of an entry that is kept makes of it: who matches since, and whose passage is gone (R25)."""

from dataclasses import replace

from monitor.model.entry import Entry
from monitor.model.match import Decision, Reason
from monitor.model.record import EntryRecord, Revision
from monitor.pipeline.decide import decisions
from monitor.pipeline.desk import Desk

#: Changes of one entry that are looked at.
MOST_CHANGES = 24
#: A text that was shortened to less than this is a teaser of what it was: nothing was taken out of it.
_TEASER = 0.5


def revision(kept: EntryRecord, now: Entry, feed: str, desk: Desk) -> Revision:
    """Return what becomes of an entry that says something else now.

    A watchlist that would have matched before does not alert: it did, or it was not to.
    """
    before = kept.entry.entry
    now = replace(now, article=before.article)
    would = {made.watchlist for made in decisions(before, feed, desk) if made.reason is Reason.MATCHED}
    known = {made.watchlist: made for made in kept.decisions}
    made = [_decided(after, known.get(after.watchlist), would) for after in decisions(now, feed, desk)]
    decided = tuple(each for each in made if each is not None)
    gone = {each.watchlist for each in decided if not each.matches and _is_gone(known[each.watchlist], before, now)}
    return Revision(number=kept.entry.number, entry=now, decisions=decided, removed=frozenset(gone))


def _decided(after: Decision, known: Decision | None, would: set[str]) -> Decision | None:
    """Return what is decided now; None if it is what was."""
    if after.reason is not Reason.MATCHED:
        return after if known is not None and known.matches else None
    if after.watchlist not in would or (known is not None and known.reason is Reason.BOILERPLATE):
        return replace(after, reason=Reason.EDITED)
    return replace(after, reason=known.reason) if known is not None and known.matches else None


def _is_gone(known: Decision, before: Entry, now: Entry) -> bool:
    """Whether what was found was taken out, rather than all of its text, or the end of it, left out."""
    fields = {match.field for match in known.matches}
    return any(len(now.field(field)) >= _TEASER * len(before.field(field)) for field in fields)
