"""Who is told what and when, as `check` says it: priorities, quiet hours, digests, bursts."""

from collections.abc import Iterator
from datetime import time

from monitor.model.alert import Receiver
from monitor.model.calm import DAYS, EVERY_DAY, Burst, Priority, Quiet, Slot
from monitor.model.configuration import Configuration
from monitor.model.watchlist import Watchlist
from monitor.text.quantities import duration


def lines(configuration: Configuration) -> Iterator[str]:
    """Yield a line about each receiver that does not get everything at once, and about what is not for everyone."""
    calm = [(each.name, said) for each in configuration.receivers if (said := "; ".join(_calm(each)))]
    if calm:
        yield f"\ncalm, in {configuration.settings.timezone}"
        yield from (f"  {name}: {said}" for name, said in calm)
    for watchlist in configuration.watchlists:
        if warning := _warning(configuration, watchlist):
            yield f"  warning: {warning}"
        elif left_out := configuration.left_out(watchlist):
            yield f"  {watchlist.name} ({watchlist.priority}) is not for {', '.join(left_out)}"


def receivers(configuration: Configuration) -> list[dict[str, object]]:
    """Return the calm of each receiver, for programs."""
    return [
        {
            "receiver": each.name,
            "min_priority": each.min_priority,
            "quiet": [_quiet(one) for one in each.quiet],
            "digest": [_slot(one) for one in each.digest],
            "burst": each.burst and {"messages": each.burst.messages, "within": duration(each.burst.within, units=2)},
        }
        for each in configuration.receivers
    ]


def record(configuration: Configuration, name: str) -> dict[str, object]:
    """Return whom a watchlist's alerts go to, for programs."""
    (watchlist,) = (each for each in configuration.watchlists if each.name == name)
    warning = _warning(configuration, watchlist)
    return {
        "priority": watchlist.priority,
        "receivers": list(configuration.receivers_of(watchlist)),
        "left_out": list(configuration.left_out(watchlist)),
        "warnings": [{"message": warning, "hint": "lower min_priority, or raise priority"}] if warning else [],
    }


def _warning(configuration: Configuration, watchlist: Watchlist) -> str:
    """Say that nobody is told of a watchlist although somebody would be; "" if somebody is."""
    left_out = configuration.left_out(watchlist)
    if configuration.receivers_of(watchlist) or not left_out:
        return ""
    return (
        f"nobody is told of {watchlist.name}: its priority is {watchlist.priority}, "
        f"below the min_priority of {', '.join(left_out)}"
    )


def _calm(receiver: Receiver) -> Iterator[str]:

    if receiver.min_priority is not Priority.LOW:
        yield f"from {receiver.min_priority} on"
    if receiver.quiet:
        yield f"quiet {', '.join(map(_quiet, receiver.quiet))}"
    if receiver.digest:
        yield f"digest {', '.join(map(_slot, receiver.digest))}"
    if receiver.burst and receiver.burst != Burst():
        yield f"burst {receiver.burst.messages} in {duration(receiver.burst.within, units=2)}"


def _quiet(quiet: Quiet) -> str:
    end = "24:00" if quiet.end == time(0) else f"{quiet.end:%H:%M}"
    return f"{_on(quiet.days)}{quiet.start:%H:%M}-{end}"


def _slot(slot: Slot) -> str:
    return f"{_on(slot.days)}{slot.at:%H:%M}"


def _on(days: frozenset[int]) -> str:
    """Return days of the week as they are written: `Mon `, `Fri-Mon `, and nothing for all."""
    if days == EVERY_DAY:
        return ""
    first = next(day for day in sorted(days) if (day - 1) % 7 not in days)
    last = (first + len(days) - 1) % 7
    return f"{DAYS[first][:3]} " if first == last else f"{DAYS[first][:3]}-{DAYS[last][:3]} "
