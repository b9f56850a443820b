"""`deliveries`: what is on its way to the receivers, for people and for programs."""

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import clock
from monitor.cli.context import FAILED, Json, Place, configuration, stored
from monitor.cli.show import counted, json_line, moment, out, table

if TYPE_CHECKING:
    from monitor.model.alert import Delivery
    from monitor.store import Store

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
        ("delivery", "alert", "receiver", "state", "tried", "next attempt", "why"),
        (
            (
                str(each.number),
                _subject(each),
                each.receiver,
                "held" if _is_held(each) else each.state,
                str(each.attempts),
                moment(each.next_attempt),
                _why(each),
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


def _subject(delivery: "Delivery") -> str:
    """Return which alert it is, and its priority if that is no usual one."""
    from monitor.model.calm import Priority

    usual = delivery.priority is Priority.NORMAL
    return str(delivery.alert or "notice") + ("" if usual else f" ({delivery.priority})")


def _is_held(delivery: "Delivery") -> bool:
    waits = delivery.next_attempt is not None
    return waits and delivery.held_until is not None and delivery.held_until > clock.now()


def _why(delivery: "Delivery") -> str:
    """Return why a delivery is held, is not to be sent at all, or was not sent."""
    from monitor.model.calm import HoldReason

    words = {
        HoldReason.QUIET: "quiet hours",
        HoldReason.BREAKER: "its receiver fails",
        HoldReason.SILENCED: f"silence {delivery.silence}",
    }
    reason = delivery.hold_reason
    counts = reason is not None and (reason is HoldReason.SILENCED or _is_held(delivery))
    held = words.get(reason, str(reason)) if counts and reason else ""
    return "; ".join(part for part in (held, delivery.error) if part)
