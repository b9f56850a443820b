"""`check`: whether everything is as it should be, before anything depends on it."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli import pages, routes, terms, ways
from monitor.cli.context import WRONG, Json, Place, refuse
from monitor.cli.show import json_line, out
from monitor.model.configuration import Configuration, Problem
from monitor.text.quantities import counted
from monitor.warm import warm

if TYPE_CHECKING:
    from monitor.pipeline import Desk


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
    from monitor.pipeline import Desk
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
        about = Desk.of(found) if isinstance(found, Configuration) else None
        json_line({"ok": not problems, "problems": told} | _about(about))
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
    about_terms = terms.lines(found, most=None if everything else terms.MOST)
    for line in (*ways.lines(found), *routes.lines(found), *about_terms, *pages.lines(Desk.of(found))):
        out.print(line, markup=False)


def _about(desk: "Desk | None") -> dict[str, object]:
    """Return what there is in a configuration that is right, for programs."""
    if desk is None:
        return {"feeds": [], "receivers": [], "watchlists": []}
    found = desk.configuration
    return {
        "feeds": [ways.record(each) | its for each, its in zip(found.feeds, pages.records(desk), strict=True)],
        "receivers": routes.receivers(found),
        "watchlists": [each | routes.record(found, str(each["watchlist"])) for each in terms.records(found)],
    }
