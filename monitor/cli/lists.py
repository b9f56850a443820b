"""`entries`, `alerts`: what came and what was found, for people and for programs."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from monitor import clock
from monitor.cli.context import Json, stored
from monitor.cli.show import article, listing, moment
from monitor.model.alert import Alert
from monitor.model.entry import StoredEntry
from monitor.model.evidence import Evidence
from monitor.model.match import Decision
from monitor.model.record import AlertRecord, EntryRecord
from monitor.model.story import Member, Story

_DELIVERY = ("receiver", "state", "attempts", "error", "hold_reason")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def _since(text: str) -> datetime:
    """Read `2h`, `3d`, or a date or time (ISO 8601; without a zone, this machine's)."""
    if text[:-1].isdigit() and text[-1] in _UNITS:
        return clock.now() - int(text[:-1]) * _UNITS[text[-1]]
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise typer.BadParameter(f"{text!r} is neither a time (2024-06-03T17:05) nor a span back (2h, 3d)") from None


Since = Annotated[
    datetime | None,
    typer.Option(parser=_since, metavar="WHEN", help="Only what came since: a date or time, or a span back (2h, 3d)."),
]


def entries(
    context: typer.Context,
    since: Since = None,
    feed: Annotated[str | None, typer.Option(metavar="NAME", help="Only this feed's.")] = None,
    as_json: Json = False,
) -> None:
    """List the entries that were seen, with what was decided of each and why; oldest first."""
    store = stored(context)
    records = store.entries(since=since, feed=feed) if store else ()
    empty = "No entry was seen yet. Begin with: rss-monitor poll"
    listing(records, _entry_record, "entry, seen, feed, title, decided", _entry_row, as_json=as_json, empty=empty)


def alerts(context: typer.Context, since: Since = None, as_json: Json = False) -> None:
    """List the alerts, with what became of each delivery; oldest first."""
    if context.invoked_subcommand is not None:
        return
    store = stored(context)
    records = store.alerts(since=since) if store else ()
    columns = "alert, entry, created, watchlist, feed, title, terms, deliveries"
    listing(records, alert_record, columns, _alert_row, as_json=as_json, empty="No alert was made yet.")


def _entry_row(record: EntryRecord) -> tuple[object, ...]:
    kept = record.entry
    decided = "; ".join(_decided(decision) for decision in record.decisions)
    return kept.number, moment(kept.seen), kept.feed, kept.entry.title or kept.entry.link, decided


def _entry_record(record: EntryRecord) -> dict[str, object]:
    decisions = [_decision(decision) for decision in record.decisions]
    about = {"feed": record.entry.feed, "decisions": decisions, "article": article(record.article)}
    return _entry(record.entry) | about


def _alert_row(record: AlertRecord) -> tuple[object, ...]:
    alert = record.alert
    about = alert.number, alert.entry.number, moment(alert.created), alert.watchlist, alert.entry.feed, _title(alert)
    states = ", ".join(f"{delivery.receiver} {delivery.state}" for delivery in record.deliveries)
    return *about, ", ".join(alert.terms), states


def _title(alert: Alert) -> str:
    """Return the title of an alert's entry, with what sets it apart: updated, late, and what of it is gone."""
    reason = alert.reason if alert.reason in {"edited", "late"} else ""
    marks = ", ".join(filter(None, (reason, str(alert.vanished.what) if alert.vanished else "")))
    return alert.entry.entry.title + (f" ({marks})" if marks else "")


def _entry(stored_entry: StoredEntry) -> dict[str, object]:
    entry = stored_entry.entry
    return {
        "number": stored_entry.number,
        "id": entry.id or entry.link or str(stored_entry.number),
        "title": entry.title,
        "link": entry.link,
        "published": entry.published,
        "seen": stored_entry.seen,
    }


def _decision(decision: Decision) -> dict[str, object]:
    return {"watchlist": decision.watchlist, "reason": decision.reason, "terms": list(decision.terms)}


def _decided(decision: Decision) -> str:
    terms = f" ({', '.join(decision.terms)})" if decision.terms else ""
    return f"{decision.watchlist}: {decision.reason}{terms}"


def evidence_record(found: Evidence | None) -> dict[str, object] | None:
    """Return the object for what an alert was made of."""
    return {"url": found.url, "fetched": found.fetched, "sha256": found.sha256} if found else None


def alert_record(record: AlertRecord) -> dict[str, object]:
    """Return the object for an alert."""
    from monitor.text.excerpt import excerpts

    alert = record.alert
    sent = [{key: getattr(each, key) for key in _DELIVERY} for each in record.deliveries]
    return {
        "id": alert.number,
        "created": alert.created,
        "watchlist": alert.watchlist,
        "priority": alert.priority,
        "feed": alert.entry.feed,
        "entry": _entry(alert.entry),
        "terms": list(alert.terms),
        "found_in": alert.found_in,
        "excerpts": [each.text for each in excerpts(alert.entry.entry, alert.matches)],
        "reason": alert.reason,
        "updated": alert.reason == "edited",
        "vanished": alert.vanished and {"at": alert.vanished.at, "what": alert.vanished.what},
        "story": alert.story and story_record(alert.story),
        "evidence": evidence_record(record.evidence),
        "snapshot": record.snapshot and {"state": record.snapshot.state, "url": record.snapshot.url},
        "deliveries": sent,
    }


def story_record(story: Story) -> dict[str, object]:
    """Return a story, for programs."""
    return {"id": story.number, "members": [member_record(each) for each in story.members]}


def member_record(of: Member) -> dict[str, object]:
    """Return an entry of a story, for programs."""
    return {"entry": of.number, "feed": of.feed, "title": of.title, "link": of.link, "seen": of.seen}
