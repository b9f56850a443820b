"""`demo`: the whole way from feed to alert on this machine, with no account and no network."""

import asyncio
import os
import shutil
import sys
from functools import partial
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import clock
from monitor.cli.context import FAILED, Place
from monitor.cli.logs import LogFormat, configure
from monitor.cli.run import verified
from monitor.cli.show import out
from monitor.model.configuration import Configuration

if TYPE_CHECKING:
    from monitor.deliver import Sender
    from monitor.store import Store


def demo(
    keep: Annotated[bool, typer.Option("--keep", help="Stay up and go on polling, until Ctrl-C.")] = False,
) -> None:
    """Show the whole way of an entry, from feed to alert, on three small feeds of our own.

    Needs no account and no network, leaves nothing behind, and ends by itself.
    """
    from monitor.demo.server import served

    configure(LogFormat.TEXT, verbose=False, quiet=not keep)
    with TemporaryDirectory(prefix="rss-monitor-") as folder, served() as base:
        path = Path(folder) / "config.yaml"
        path.write_bytes(files("monitor.demo").joinpath("config.yaml").read_bytes())
        place = Place(path, {**os.environ, "DEMO": base})
        out.print("[bold]Three feeds on this machine are polled and matched; here are the alerts.[/bold]\n")
        good = asyncio.run(verified(place, partial(_keep, place) if keep else _once))
    if not good:
        raise typer.Exit(FAILED)


async def _once(sender: "Sender", found: Configuration) -> bool:
    from monitor import once
    from monitor.assembly import works
    from monitor.pipeline import Desk

    async with works(found, sender=sender, clock=clock.now) as parts:
        desk = Desk.of(found)
        good = True
        async for event in once.run(parts, desk, feeds=list(desk.feeds), force=False, clock=clock.now):
            good = good and once.is_good(event)
        await parts.records.run(_explain, parts.store)
    _say_next()
    return good


async def _keep(place: Place, sender: "Sender", found: Configuration) -> bool:
    from monitor.service import serve

    out.print(f"Edit this file and see what changes: {place.path}\nCtrl-C ends.\n", markup=False)
    await serve(place.path, place.environ, found, sender=sender, clock=clock.now)
    return True


def _explain(store: "Store") -> None:
    """Say of each entry that made no alert why it did not, in a line."""
    out.print("\n[bold]These made no alert, and why:[/bold]")
    for record in store.entries():
        if any(decision.reason.sends for decision in record.decisions):
            continue
        reasons = {
            f"{decision.reason} ({', '.join(decision.terms)})" if decision.terms else str(decision.reason)
            for decision in record.decisions
        }
        found = sorted(reason for reason in reasons if "(" in reason) or sorted(reasons)
        out.print(f"  {record.entry.entry.title}: {'; '.join(found)}", markup=False)


def _say_next() -> None:
    command = "rss-monitor" if shutil.which("rss-monitor") else os.path.relpath(sys.argv[0])
    out.print("\n[bold]Now your own:[/bold]")
    out.print(
        "  cp config.example.yaml config.yaml    # feeds, words, receivers: edit it\n"
        f"  {command} check                 # says what to mend, and where\n"
        f"  {command} run                   # polls and alerts until you stop it",
        markup=False,
    )
