"""In which order new entries come, and what the watchlists make of each."""

from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

import structlog

from monitor.identity import Identity
from monitor.model.entry import Entry
from monitor.model.match import Decision, Reason
from monitor.model.record import NewEntry
from monitor.pipeline.desk import Desk

log = structlog.get_logger()


def oldest_first(news: Sequence[tuple[Entry, Identity]]) -> list[tuple[Entry, Identity]]:
    """Order a document's new entries: by date where all have one, else from its end, as feeds begin with the newest."""
    upwards = list(reversed(news))
    dates = [entry.published or entry.updated for entry, _ in upwards]
    dated = [(date, pair) for date, pair in zip(dates, upwards, strict=True) if date is not None]
    if len(dated) < len(upwards):
        return upwards
    return [pair for _, pair in sorted(dated, key=itemgetter(0))]


def decide(news: list[tuple[Entry, Identity]], backlog: int, feed: str, desk: Desk) -> tuple[NewEntry, ...]:
    """Match entries, oldest first; the first `backlog` of them are no news."""
    return tuple(
        NewEntry(
            entry=entry,
            aliases=identity.aliases,
            decisions=tuple(
                replace(decision, reason=Reason.BASELINE) if index < backlog else decision
                for decision in decisions(entry, feed, desk)
            ),
        )
        for index, (entry, identity) in enumerate(news)
    )


def decisions(entry: Entry, feed: str, desk: Desk, *, languages: Sequence[str] | None = None) -> tuple[Decision, ...]:
    """Match an entry; `languages` are as in `Matcher.decide`."""
    try:
        return desk.matcher.decide(entry, feed=feed, languages=languages)
    except Exception:  # the edge of one job: no entry keeps those after it from being read, now and at each poll
        log.exception("matching crashed", feed=feed, entry=entry.title or entry.link)
        watchlists = desk.configuration.watchlists
        return tuple(Decision(watchlist=each.name, reason=Reason.FAILED) for each in watchlists if each.covers(feed))
