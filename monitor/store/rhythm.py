"""How hints, rhythm and the like become JSON, and come back. What is not known is left out."""

from datetime import datetime, timedelta
from typing import Any

from monitor.model.feed import ArticleHealth
from monitor.model.rhythm import Hints, Rhythm

#: Digits of a count that are kept: no more is known.
_DIGITS = 4
#: The last two, and the newest time, are not in what earlier versions wrote.
_COUNTS = ("recent", "dated", "late")
_SPANS = ("fresh", "ttl", "updates")
_LISTS = ("skip_hours", "skip_days")


def hints_json(hints: Hints) -> dict[str, Any] | None:
    """Return hints as an object, times in seconds; None for none."""
    spans = {name: span.total_seconds() for name in _SPANS if (span := getattr(hints, name)) is not None}
    return {**spans, **{name: [*listed] for name in _LISTS if (listed := getattr(hints, name))}} or None


def stored_hints(kept: dict[str, Any] | None) -> Hints:
    """Return the hints of an object."""
    kept = kept or {}
    spans: dict[str, Any] = {name: timedelta(seconds=kept[name]) for name in _SPANS if name in kept}
    lists: dict[str, Any] = {name: tuple(kept[name]) for name in _LISTS if name in kept}
    return Hints(**spans, **lists)


def rhythm_json(rhythm: Rhythm) -> dict[str, Any] | None:
    """Return a rhythm as an object; None if nothing is known of it."""
    if rhythm.at is None:
        return None
    return {
        "hours": [round(count, _DIGITS) for count in rhythm.hours],
        "days": round(rhythm.days, _DIGITS),
        **{name: round(getattr(rhythm, name), _DIGITS) for name in _COUNTS},
        "newest": rhythm.newest and rhythm.newest.isoformat(),
        "at": rhythm.at.isoformat(),
    }


def stored_rhythm(kept: dict[str, Any] | None) -> Rhythm:
    """Return the rhythm of an object."""
    if kept is None:
        return Rhythm()
    newest = kept.get("newest")
    return Rhythm(
        hours=tuple(kept["hours"]),
        days=kept["days"],
        newest=newest and datetime.fromisoformat(newest),
        at=datetime.fromisoformat(kept["at"]),
        **{name: kept.get(name, 0.0) for name in _COUNTS},
    )


def articles_json(health: ArticleHealth) -> dict[str, Any]:
    """Return how articles do as an object."""
    return {
        "failing": round(health.failing, _DIGITS),
        "since": health.since and health.since.isoformat(),
        "reason": health.reason,
        "tried": health.tried and health.tried.isoformat(),
    }


def stored_articles(kept: dict[str, Any] | None) -> ArticleHealth:
    """Return the health of articles of an object."""
    if kept is None:
        return ArticleHealth()
    since, tried = (datetime.fromisoformat(kept[name]) if kept[name] else None for name in ("since", "tried"))
    return ArticleHealth(failing=kept["failing"], since=since, reason=kept["reason"], tried=tried)
