"""Which new entries are to be read on their pages too. Pure."""

from dataclasses import replace

from monitor.model.article import Purpose
from monitor.model.feed import Feed, FullText
from monitor.model.match import Reason
from monitor.model.record import NewEntry, PollRecord
from monitor.pipeline.again import is_open
from monitor.pipeline.desk import Desk
from monitor.text.teaser import is_teaser

#: Of a backlog, so many of the newest are read, to learn what all pages of the site say.
LEARNT_FROM = 10


def wishing(record: PollRecord, desk: Desk) -> PollRecord:
    """Return what a poll found, with what the articles of its new entries are wanted for."""
    feed = desk.feeds.get(record.state.feed)
    if not record.new or feed is None or feed.full_text is FullText.NO:
        return record
    purposes = [_purpose(each, feed, desk) for each in record.new]
    backlog = [place for place, purpose in enumerate(purposes) if purpose is Purpose.LEARN]
    for place in backlog[:-LEARNT_FROM]:
        purposes[place] = None
    new = (replace(each, article=purpose) for each, purpose in zip(record.new, purposes, strict=True))
    return replace(record, new=tuple(new))


def _purpose(new: NewEntry, feed: Feed, desk: Desk) -> Purpose | None:
    if not new.entry.link or not new.decisions:
        return None
    backlog = any(each.reason is Reason.BASELINE for each in new.decisions)
    if feed.full_text is FullText.AUTO:
        asking = (each for each in new.decisions if backlog or is_open(each))
        if not is_teaser(new.entry) or not any(each.watchlist in desk.readers for each in asking):
            return None
    return Purpose.LEARN if backlog else Purpose.MATCH
