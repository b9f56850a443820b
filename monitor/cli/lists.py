"""`entries`, `alerts`: what came and what was found, for people and for programs."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import clock
from monitor.cli.context import Json, stored
from monitor.cli.show import article, json_line, moment, table

if TYPE_CHECKING:
    from monitor.model.alert import Alert
    from monitor.model.entry import StoredEntry
    from monitor.model.evidence import Evidence
    from monitor.model.match import Decision
    from monitor.model.record import AlertRecord
    from monitor.model.story import Member, Story

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
    records = store.entries(since=since, feed=feed) if store else iter(())
    if as_json:
        for each in records:
            json_line(
                _entry(each.entry)
                | {"feed": each.entry.feed, "decisions": [_decision(decision) for decision in each.decisions]}
                | {"article": article(each.article)}
            )
        return
    table(
        ("entry", "seen", "feed", "title", "decided"),
        (
            (
                str(each.entry.number),
                moment(each.entry.seen),
                each.entry.feed,
                each.entry.entry.title or each.entry.entry.link,
                "; ".join(_decided(decision) for decision in each.decisions),
            )
            for each in records
        ),
        empty="No entry was seen yet. Begin with: rss-monitor poll",
    )


def alerts(context: typer.Context, since: Since = None, as_json: Json = False) -> None:
    """List the alerts, with what became of each delivery; oldest first."""
    if context.invoked_subcommand is not None:
        return
    store = stored(context)
    records = store.alerts(since=since) if store else iter(())
    if as_json:
        for each in records:
            json_line(alert_record(each))
        return
    table(
        ("alert", "entry", "created", "watchlist", "feed", "title", "terms", "deliveries"),
        (
            (
                str(each.alert.number),
                str(each.alert.entry.number),
                moment(each.alert.created),
                each.alert.watchlist,
                each.alert.entry.feed,
                _title(each.alert),
                ", ".join(each.alert.terms),
                ", ".join(f"{delivery.receiver} {delivery.state}" for delivery in each.deliveries),
            )
            for each in records
        ),
        empty="No alert was made yet.",
    )


def _title(alert: "Alert") -> str:
    """Return the title of an alert's entry, with what sets it apart: updated, late, and what of it is gone."""
    reason = alert.reason if alert.reason in {"edited", "late"} else ""
    marks = ", ".join(filter(None, (reason, str(alert.vanished.what) if alert.vanished else "")))
    return alert.entry.entry.title + (f" ({marks})" if marks else "")


def _entry(stored_entry: "StoredEntry") -> dict[str, object]:
    entry = stored_entry.entry
    return {
        "number": stored_entry.number,
        "id": entry.id or entry.link or str(stored_entry.number),
        "title": entry.title,
        "link": entry.link,
        "published": entry.published,
        "seen": stored_entry.seen,
    }


def _decision(decision: "Decision") -> dict[str, object]:
    return {"watchlist": decision.watchlist, "reason": decision.reason, "terms": list(decision.terms)}


def _decided(decision: "Decision") -> str:
    terms = f" ({', '.join(decision.terms)})" if decision.terms else ""
    return f"{decision.watchlist}: {decision.reason}{terms}"


def evidence_record(found: "Evidence | None") -> dict[str, object] | None:
    """Return the object for what an alert was made of."""
    return {"url": found.url, "fetched": found.fetched, "sha256": found.sha256} if found else None


def alert_record(record: "AlertRecord") -> dict[str, object]:
    """Return the object for an alert."""
    from monitor.text.excerpt import excerpts

    alert = record.alert
    sent: Sequence[dict[str, object]] = [
        {
            "receiver": each.receiver,
            "state": each.state,
            "attempts": each.attempts,
            "error": each.error,
            "hold_reason": each.hold_reason,
        }
        for each in record.deliveries
    ]
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


def story_record(story: "Story") -> dict[str, object]:
    """Return a story, for programs."""
    return {"id": story.number, "members": [member_record(each) for each in story.members]}


def member_record(of: "Member") -> dict[str, object]:
    """Return an entry of a story, for programs."""
    return {"entry": of.number, "feed": of.feed, "title": of.title, "link": of.link, "seen": of.seen}
