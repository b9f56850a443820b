"""`entries`, `alerts`, `deliveries`: what came and went, for people and for programs."""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import clock
from monitor.cli.context import FAILED, Json, Place, configuration, stored
from monitor.cli.show import counted, json_line, moment, out, table

if TYPE_CHECKING:
    from monitor.model.alert import Delivery
    from monitor.model.entry import StoredEntry
    from monitor.model.match import Decision
    from monitor.model.record import AlertRecord
    from monitor.store import Store

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
    store = stored(context)
    records = store.alerts(since=since) if store else iter(())
    if as_json:
        for each in records:
            json_line(_alert(each))
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
                each.alert.entry.entry.title,
                ", ".join(each.alert.terms),
                ", ".join(f"{delivery.receiver} {delivery.state}" for delivery in each.deliveries),
            )
            for each in records
        ),
        empty="No alert was made yet.",
    )


deliveries = typer.Typer(
    invoke_without_command=True, help="List what is on its way to the receivers; send dead letters again, or drop them."
)


@deliveries.callback()
def list_deliveries(
    context: typer.Context,
    state: Annotated[
        list[str] | None,
        typer.Option(metavar="STATE", help="Only these: pending, sent, unknown, dead, silenced, dropped."),
    ] = None,
    as_json: Json = False,
) -> None:
    """List what is on its way to the receivers, oldest first. `requeue` sends dead letters again, `drop` ends them."""
    if context.invoked_subcommand is not None:
        return
    from monitor.model.alert import DeliveryState

    unknown = [each for each in state or () if each not in list(DeliveryState)]
    if unknown:
        raise typer.BadParameter(f"{unknown[0]!r} is none of {', '.join(DeliveryState)}", param_hint="--state")
    store = stored(context)
    records = store.deliveries(states=[DeliveryState(each) for each in state] if state else None) if store else iter(())
    if as_json:
        for each in records:
            json_line(
                {
                    "id": each.number,
                    "alert": each.alert,
                    "receiver": each.receiver,
                    "state": each.state,
                    "priority": each.priority,
                    "attempts": each.attempts,
                    "next_attempt": each.next_attempt,
                    "error": each.error,
                    "held_until": each.held_until,
                    "hold_reason": each.hold_reason,
                    "message_id": each.message_id,
                }
            )
        return
    table(
        ("delivery", "alert", "receiver", "priority", "state", "attempts", "next attempt", "held", "message", "error"),
        (
            (
                str(each.number),
                str(each.alert or "notice"),
                each.receiver,
                each.priority,
                each.state,
                str(each.attempts),
                moment(each.next_attempt),
                _held(each),
                each.message_id or "",
                each.error,
            )
            for each in records
        ),
        empty="Nothing is or was to be delivered.",
    )


@deliveries.command()
def requeue(
    context: typer.Context,
    numbers: Annotated[
        list[int] | None, typer.Argument(metavar="[DELIVERY]...", help="Their numbers; all dead ones if none.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Send dead letters again, at the next pass or at once if the service runs."""
    count = _changed(context, lambda store: store.requeue(numbers or None, now=clock.now()))
    _tell(count, set(numbers or ()), "queued again", "sent already", as_json=as_json)


@deliveries.command()
def drop(
    context: typer.Context,
    numbers: Annotated[list[int], typer.Argument(metavar="DELIVERY...", help="Their numbers.")],
    as_json: Json = False,
) -> None:
    """Give deliveries up for good: they are not sent, and stay listed as dropped."""
    count = _changed(context, lambda store: store.drop(numbers))
    _tell(count, set(numbers), "dropped", "sent or dropped already", as_json=as_json)


def _changed(context: typer.Context, change: Callable[["Store"], int]) -> int:
    """Change the store, if there is one; return how many deliveries were."""
    from monitor.store import Store

    place: Place = context.obj
    if not stored(context):
        return 0
    with closing(Store.open(configuration(place).settings.data, now=clock.now())) as store:
        return change(store)


def _tell(count: int, numbers: set[int], done: str, why_not: str, *, as_json: bool) -> None:
    """Say how many deliveries were changed; end with 1 if some of those named were not."""
    left = max(len(numbers) - count, 0)
    if as_json:
        json_line({"deliveries": count, "left_alone": left})
    else:
        out.print(f"{counted(count, 'delivery', 'deliveries')} {done}.")
        if left:
            out.print(f"The others are {why_not}, or there is no such delivery.")
    if left:
        raise typer.Exit(FAILED)


def _held(delivery: "Delivery") -> str:
    """Return why a delivery is, or was, held, and until when."""
    from monitor.model.calm import HoldReason

    if delivery.hold_reason is None:
        return ""
    if delivery.hold_reason is HoldReason.SILENCED:
        return f"silence {delivery.silence}"
    words = {HoldReason.QUIET: "quiet hours", HoldReason.BREAKER: "receiver fails"}
    return f"{words.get(delivery.hold_reason, delivery.hold_reason)} until {moment(delivery.held_until)}"


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


def _alert(record: "AlertRecord") -> dict[str, object]:
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
        "excerpts": [each.text for each in excerpts(alert.entry.entry, alert.matches)],
        "reason": alert.reason,
        "deliveries": sent,
    }
