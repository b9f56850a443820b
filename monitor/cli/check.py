"""`check` and `test-receiver`: whether everything is as it should be, before anything depends on it."""

import asyncio
from typing import Annotated

import typer

from monitor.cli import routes, terms, ways
from monitor.cli.context import FAILED, WRONG, Json, Place, configuration, refuse
from monitor.cli.show import err, json_line, out
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
    from monitor.model.configuration import Configuration, Problem
    from monitor.reload import checked

    async def checking() -> "Configuration | tuple[Problem, ...]":
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
        f"{place.path}: in order. {len(found.feeds)} feeds, {len(found.watchlists)} watchlists with "
        f"{sum(len(each.any) + len(each.none) for each in found.watchlists)} terms, {len(found.receivers)} receivers.",
        markup=False,
    )
    for line in (*ways.lines(found), *routes.lines(found)):
        out.print(line, markup=False)
    for line in terms.lines(found, most=None if everything else terms.MOST):
        out.print(line, markup=False)


def try_receiver(
    context: typer.Context, name: Annotated[str, typer.Argument(help="Name of the receiver.")], as_json: Json = False
) -> None:
    """Send a sample message to one receiver now, and say what became of it."""
    warm()
    from monitor.deliver import Sender
    from monitor.model.alert import Notification, Outcome, Receiver, Result

    async def sending(receiver: Receiver) -> tuple[str | None, Outcome | None]:
        sender = Sender(terminal_aside=as_json)
        try:
            fault = (await sender.check([receiver])).get(receiver.name)
            return fault, None if fault else await sender.notify(receiver, sample)
        finally:
            await sender.close()

    receivers = {each.name: each for each in configuration(context.obj).receivers}
    if name not in receivers:
        err.print(f"no receiver is called {name!r}; there are: {', '.join(receivers)}", markup=False)
        raise typer.Exit(WRONG)
    sample = Notification(
        title="[test] rss-monitor can reach you",
        body="This is a test of the receiver " + name + ".\n\nЕсли вы это читаете, кириллица доходит. "
        "Якщо ви це читаєте, кирилиця доходить.",
    )
    fault, outcome = asyncio.run(sending(receivers[name]))
    state = outcome.result if outcome else "wrong"
    detail = fault or (outcome.reason if outcome else "")
    if as_json:
        json_line({"receiver": name, "state": state, "detail": detail})
    else:
        out.print(f"{name}: {state}" + (f": {detail}" if detail else ""), markup=False)
    if fault:
        raise typer.Exit(WRONG)
    if outcome is None or outcome.result is not Result.SENT:
        raise typer.Exit(FAILED)
