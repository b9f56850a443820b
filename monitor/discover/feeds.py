"""What feeds that were found are like, and which is best. Pure."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.model.entry import Entry
from monitor.model.poll import Parsed
from monitor.morphology.registry import LANGUAGES
from monitor.text.language import plausible

#: A feed without a new entry for so long comes after all others.
SILENT = timedelta(days=180)

#: Entries with a date that a rate can be told from, and the time that they must span.
_FEWEST_DATED, _SHORTEST = 3, timedelta(hours=1)
#: Entries that a language can be told from.
_FEWEST_READ = 5
#: The share of the entries, newest first, that counts for the rate: old ones that stay would spoil it.
_COUNTED = 2 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A feed, as it is told to the user."""

    url: str
    title: str
    #: ISO 639-1 code, "" if nothing tells.
    language: str
    #: Whether every entry may be read in this language.
    language_sure: bool
    #: None if its dates do not tell.
    entries_per_day: float | None
    entries: int
    #: None if no entry has a date.
    newest: datetime | None


def best_first(feeds: Sequence[tuple[str, Parsed]], *, now: datetime) -> tuple[Found, ...]:
    """Describe feeds, given by address in the order found: those that live first; the same feed only once."""
    kept: list[tuple[str, Parsed]] = []
    for url, feed in feeds:
        if not any(_same(feed, other) for _, other in kept):
            kept.append((url, feed))
    return tuple(sorted((_described(url, feed, now=now) for url, feed in kept), key=lambda each: _dead(each, now)))


def entries_per_day(entries: Sequence[Entry], *, now: datetime) -> float | None:
    """Return how many entries come in a day, by the newest two thirds until now; None if the dates do not tell."""
    dates = sorted((date for date in map(_date, entries) if date is not None and date <= now), reverse=True)
    counted = dates[: math.ceil(len(dates) * _COUNTED)]
    if len(dates) < _FEWEST_DATED or counted[0] - counted[-1] < _SHORTEST:
        return None
    return len(counted) / ((now - counted[-1]) / timedelta(days=1))


def language(feed: Parsed) -> tuple[str, bool]:
    """Return the code of the language that most entries are in, and whether all of them may be read in it."""
    texts = filter(str.strip, (f"{entry.title} {entry.summary}" for entry in feed.entries))
    guesses = [plausible(text, declared=feed.language) for text in texts]
    if not guesses:
        return (plausible("", declared=feed.language)[0], False) if feed.language else ("", False)
    code, _ = Counter(guess[0] for guess in guesses).most_common(1)[0]
    doubtless = sum(guess == (code,) for guess in guesses) * 2 >= len(guesses)
    all_may = len(guesses) >= _FEWEST_READ and all(code in guess for guess in guesses)
    return code, doubtless and all_may and code in LANGUAGES


def _described(url: str, feed: Parsed, *, now: datetime) -> Found:
    code, sure = language(feed)
    return Found(
        url=url,
        title=feed.title,
        language=code,
        language_sure=sure,
        entries_per_day=entries_per_day(feed.entries, now=now),
        entries=len(feed.entries),
        newest=max(filter(None, map(_date, feed.entries)), default=None),
    )


def _dead(found: Found, now: datetime) -> int:
    """Rank a feed: 0 one that lives, 1 one that is silent, 2 an empty one."""
    if not found.entries:
        return 2
    return int(found.newest is not None and now - found.newest > SILENT)


def _same(one: Parsed, other: Parsed) -> bool:
    """Whether two documents are one feed, maybe in two formats, of which one may hold more entries."""
    ours, theirs = ([entry.link or entry.id or entry.title for entry in feed.entries] for feed in (one, other))
    both = min(len(ours), len(theirs)) if one.title == other.title else max(len(ours), len(theirs))
    return ours[:both] == theirs[:both] and bool(ours) == bool(theirs) and (bool(ours) or one.title == other.title)


def _date(entry: Entry) -> datetime | None:
    return entry.published or entry.updated
