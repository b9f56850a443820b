"""What watchlists make of an entry of which more is known than when they looked at it first. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from monitor.model.entry import Entry
from monitor.model.match import Decision, Reason
from monitor.model.record import EntryRecord
from monitor.pipeline.decide import decisions
from monitor.pipeline.desk import Desk

#: What holds for an entry as part of its document, so that it also holds for what is found in it later.
_OF_DOCUMENT = (Reason.BASELINE, Reason.FLOOD_HELD, Reason.LATE)
_UNDECIDED = frozenset({Reason.TOO_SLOW, Reason.FAILED})


def is_open(decision: Decision) -> bool:
    """Whether more text of the entry may still make a watchlist alert."""
    return not decision.matches or decision.reason in {Reason.EXCLUDED, Reason.BOILERPLATE}


def open_again(kept: EntryRecord, entry: Entry, desk: Desk) -> tuple[Decision, ...]:
    """Match an entry again as it is now; return what is made of it by watchlists that looked at it and are open."""
    known = {each.watchlist for each in kept.decisions if is_open(each)}
    return tuple(each for each in decisions(entry, kept.entry.feed, desk) if each.watchlist in known)


def changed(kept: EntryRecord, made: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return what is to be written of what was made of an entry now; what held for its document still does."""
    before = {each.reason for each in kept.decisions}
    standing = next((each for each in _OF_DOCUMENT if each in before), None)
    return tuple(
        replace(each, reason=standing) if standing and each.reason.sends else each
        for each in made
        if each.matches or each.reason in _UNDECIDED
    )
