"""`run` and `poll`: the service, and one pass of it."""

import asyncio
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from monitor import clock
from monitor.cli.context import FAILED, Json, Place, refuse, refuse_unknown
from monitor.cli.logs import LogFormat, configure
from monitor.cli.show import answer
from monitor.model.configuration import Configuration
from monitor.warm import warm

if TYPE_CHECKING:
    from monitor.deliver import Sender
    from monitor.pipeline import Desk

Value = TypeVar("Value")

LogFormatOption = Annotated[LogFormat, typer.Option(help="How the log looks: text for people, json for programs.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Log every poll, also those that bring nothing.")]


def run(context: typer.Context, log_format: LogFormatOption = LogFormat.TEXT, verbose: Verbose = False) -> None:
    """Run the service: poll, match, alert, until it is stopped.

    Changes of the configuration file count as soon as they are saved; a file with a fault changes nothing.
    """
    from monitor.service import serve

    place: Place = context.obj
    configure(log_format, verbose=verbose)

    async def service(sender: "Sender", found: Configuration) -> None:
        await serve(place.path, place.environ, found, sender=sender, clock=clock.now)

    asyncio.run(verified(place, service))


def poll(
    context: typer.Context,
    feeds: Annotated[list[str] | None, typer.Argument(metavar="[FEED]...", help="Names of feeds; all if none.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Ask even a server that wants to be left alone.")] = False,
    as_json: Json = False,
    log_format: LogFormatOption = LogFormat.TEXT,
    verbose: Verbose = False,
) -> None:
    """Poll now, due or not; send the alerts that come of it; end.

    For cron, and for trying things. Ends with 0 when all went well, 1 when something failed or is still owed.
    """
    configure(log_format, verbose=verbose, quiet=True)

    async def one_pass(sender: "Sender", found: Configuration) -> bool:
        from monitor import once
        from monitor.assembly import works
        from monitor.cli.events import told
        from monitor.pipeline import Desk

        desk = Desk.of(found)
        wanted = _named(desk, feeds or [])
        good = True
        async with works(found, sender=sender, clock=clock.now) as parts:
            async for event in once.run(parts, desk, feeds=wanted, force=force, clock=clock.now):
                good = good and once.is_good(event)
                record, line = told(event)
                answer(record, line, as_json=as_json)
        return good

    if not asyncio.run(verified(context.obj, one_pass, terminal_aside=as_json)):
        raise typer.Exit(FAILED)


async def verified(
    place: Place, work: Callable[["Sender", Configuration], Awaitable[Value]], *, terminal_aside: bool = False
) -> Value:
    """Do work with a configuration that was checked whole, receivers included; exit with 2 if it has problems."""
    warm()
    import_module("monitor.assembly")  # heavy, and needed soon: beside the fork server, which loads its own
    from monitor.deliver import Sender
    from monitor.reload import checked

    sender = Sender(terminal_aside=terminal_aside)
    try:
        found = await checked(place.path, place.environ, sender)
        if isinstance(found, tuple):
            raise refuse(found)
        return await work(sender, found)
    finally:
        await sender.close()


def _named(desk: "Desk", names: list[str]) -> list[str]:
    """Names of the feeds that were asked for, by name or address."""
    by_url = {feed.shown_url: name for name, feed in desk.feeds.items()}
    found = [by_url.get(name, name) for name in names]
    for name in found:
        refuse_unknown("feed is called", name, desk.feeds)
    return found or list(desk.feeds)
