"""All commands and the options before them."""

import os
from pathlib import Path
from typing import Annotated

import typer

from monitor import __version__
from monitor.cli import (
    boilerplate,
    check,
    deliveries,
    demo,
    discover,
    explain,
    export,
    feeds,
    lists,
    match,
    receivers,
    silences,
    stories,
)
from monitor.cli import opml as lists_of_feeds
from monitor.cli import run as running
from monitor.cli.context import FAILED, Place
from monitor.cli.show import err
from monitor.errors import MonitorError

app = typer.Typer(
    name="rss-monitor",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Watches news feeds for your words and tells you by mail or chat.\n\nBegin with: rss-monitor demo",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rss-monitor {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            "-c",
            metavar="FILE",
            help="Your configuration. Without it: config.yaml in this directory, else the file that "
            "RSS_MONITOR_CONFIG names.",
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Watches news feeds for your words and tells you by mail or chat."""
    del version  # its callback has printed it and ended
    context.obj = Place.of(config, os.environ)


app.command("demo")(demo.demo)
app.command("run")(running.run)
app.command("poll")(running.poll)
app.command("discover")(discover.discover)
app.command("check")(check.check)
app.command("match")(match.match)
app.command("explain")(explain.explain)
app.add_typer(feeds.feeds, name="feeds")
app.command("entries")(lists.entries)
app.command("boilerplate")(boilerplate.boilerplate)
app.add_typer(export.alerts, name="alerts")
app.command("stories")(stories.stories)
app.add_typer(deliveries.deliveries, name="deliveries")
app.add_typer(silences.silences, name="silence")
app.add_typer(lists_of_feeds.opml, name="opml")
app.command("test-receiver")(receivers.try_receiver)


def run() -> int:
    """Run one command; return its exit code: 0 well, 1 something failed, 2 wrong call or configuration."""
    try:
        app()
    except MonitorError as fault:
        err.print(f"rss-monitor: {fault}", markup=False)
        return FAILED
    return 0
