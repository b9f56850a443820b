"""`check`: whether everything is as it should be, before anything depends on it."""

import asyncio
from typing import Annotated

import typer

from monitor.cli import routes, terms, ways
from monitor.cli.context import WRONG, Json, Place, refuse
from monitor.cli.show import json_line, out
from monitor.model.configuration import Configuration, Problem
from monitor.text.quantities import counted
from monitor.warm import warm


def check(
    context: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help=f"List all terms, not {terms.MOST} of each watchlist.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check the configuration file, receivers included, and say what to mend and where.

    Then say of each term in which language it is read and which forms it finds, and warn of what may not be meant.
    Nothing is polled and nothing is sent.
    """
    warm()
    from monitor.deliver import Sender
    from monitor.reload import checked

    async def checking() -> Configuration | tuple[Problem, ...]:
        sender = Sender()
        try:
            return await checked(place.path, place.environ, sender)
        finally:
            await sender.close()

    place: Place = context.obj
    found = asyncio.run(checking())
    problems = found if isinstance(found, tuple) else ()
    if as_json:
        keys = ("file", "line", "column", "message", "hint")
        told = [{key: getattr(each, key) for key in keys} for each in problems]
        about: dict[str, object] = {"feeds": [], "receivers": [], "watchlists": []}
        if isinstance(found, Configuration):
            about["feeds"] = [ways.record(each) for each in found.feeds]
            about["receivers"] = routes.receivers(found)
            about["watchlists"] = [each | routes.record(found, str(each["watchlist"])) for each in terms.records(found)]
        json_line({"ok": not problems, "problems": told} | about)
        raise typer.Exit(WRONG if problems else 0)
    if isinstance(found, tuple):
        raise refuse(found)
    out.print(
        f"{place.path}: in order. {counted(len(found.feeds), 'feed', 'feeds')}, "
        f"{counted(len(found.watchlists), 'watchlist', 'watchlists')} with "
        f"{counted(sum(len(each.any) + len(each.none) for each in found.watchlists), 'term', 'terms')}, "
        f"{counted(len(found.receivers), 'receiver', 'receivers')}.",
        markup=False,
    )
    for line in (*ways.lines(found), *routes.lines(found)):
        out.print(line, markup=False)
    for line in terms.lines(found, most=None if everything else terms.MOST):
        out.print(line, markup=False)
