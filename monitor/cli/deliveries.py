"""`deliveries`: what is on its way to the receivers, for people and for programs."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import clock
from monitor.cli.context import FAILED, Json, configuration, opened, refuse_unknown, stored
from monitor.cli.show import answer, listing, moment
from monitor.model.alert import Delivery, DeliveryState
from monitor.model.calm import HoldReason, Priority
from monitor.text.quantities import counted

if TYPE_CHECKING:
    from monitor.store import Store

deliveries = typer.Typer(
    invoke_without_command=True, help="List what is on its way to the receivers; send dead letters again, or drop them."
)


#: What programs are told of a delivery, under its own words.
_KEYS = (
    *("alert", "receiver", "state", "priority", "attempts", "next_attempt", "error"),
    *("held_until", "hold_reason", "message_id"),
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
    for each in state or ():
        refuse_unknown("state is called", each, [*DeliveryState], "--state")
    store = stored(context)
    records = store.deliveries(states=[DeliveryState(each) for each in state] if state else None) if store else ()
    columns = "delivery, alert, receiver, state, tried, next attempt, why"
    listing(records, _record, columns, _row, as_json=as_json, empty="Nothing is or was to be delivered.")


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
def move(
    context: typer.Context,
    receiver: Annotated[str, typer.Argument(metavar="FROM", help="The one that the configuration no longer names.")],
    other: Annotated[str, typer.Argument(metavar="TO", help="The one that is to have it.")],
    as_json: Json = False,
) -> None:
    """Send what waits for a receiver that is gone, or has another name now, to another one; dead letters, too."""
    names = [each.name for each in configuration(context.obj).receivers]
    refuse_unknown("receiver is called", other, names, "TO")
    if receiver in names:
        raise typer.BadParameter(f"{receiver!r} is in use: take it out of the configuration first", param_hint="FROM")
    count = _changed(context, lambda store: store.move(receiver, other, now=clock.now()))
    _tell(count, set(), f"queued for {other}", "", as_json=as_json)


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
    return change(opened(context)) if stored(context) else 0


def _tell(count: int, numbers: set[int], done: str, why_not: str, *, as_json: bool) -> None:
    """Say how many deliveries were changed; end with 1 if some of those named were not."""
    left = max(len(numbers) - count, 0)
    others = f"\nThe others are {why_not}, or there is no such delivery." if left else ""
    words = f"{counted(count, 'delivery', 'deliveries')} {done}.{others}"
    answer({"deliveries": count, "left_alone": left}, words, as_json=as_json)
    if left:
        raise typer.Exit(FAILED)


def _record(delivery: Delivery) -> dict[str, object]:
    return {"id": delivery.number, **{key: getattr(delivery, key) for key in _KEYS}}


def _row(delivery: Delivery) -> tuple[object, ...]:
    state = "held" if _is_held(delivery) else delivery.state
    again = moment(delivery.next_attempt)
    return delivery.number, _subject(delivery), delivery.receiver, state, delivery.attempts, again, _why(delivery)


def _subject(delivery: Delivery) -> str:
    """Return which alert it is, and its priority if that is no usual one."""
    usual = delivery.priority is Priority.NORMAL
    return str(delivery.alert or "notice") + ("" if usual else f" ({delivery.priority})")


def _is_held(delivery: Delivery) -> bool:
    waits = delivery.next_attempt is not None
    return waits and delivery.held_until is not None and delivery.held_until > clock.now()


def _why(delivery: Delivery) -> str:
    """Return why a delivery is held, is not to be sent at all, or was not sent."""
    words = {
        HoldReason.QUIET: "quiet hours",
        HoldReason.BREAKER: "its receiver fails",
        HoldReason.SILENCED: f"silence {delivery.silence}",
    }
    reason = delivery.hold_reason
    counts = reason is not None and (reason is HoldReason.SILENCED or _is_held(delivery))
    held = words.get(reason, str(reason)) if counts and reason else ""
    return "; ".join(part for part in (held, delivery.error) if part)
