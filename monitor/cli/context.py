"""Where the configuration is, and what a command does when it is wrong."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import clock
from monitor.cli.show import err
from monitor.model.configuration import Configuration, Problem
from monitor.text.quantities import counted

if TYPE_CHECKING:
    from monitor.store import Store

#: Exit codes: something failed or is owed; a wrong configuration or call.
FAILED, WRONG = 1, 2

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")]


@dataclass(frozen=True, slots=True)
class Place:
    """The configuration file of this call, and the environment that fills in its secrets."""

    path: Path
    environ: Mapping[str, str]

    @classmethod
    def of(cls, given: Path | None, environ: Mapping[str, str]) -> "Place":
        """Choose the file: the one given, else config.yaml here, else what RSS_MONITOR_CONFIG names."""
        here = Path("config.yaml")
        named = environ.get("RSS_MONITOR_CONFIG")
        path = given or (here if here.exists() or not named else Path(named))
        return cls(path, environ)


def configuration(place: Place) -> Configuration:
    """Load the configuration, receivers unchecked; print its problems and exit with 2 if there are any."""
    from monitor.config import Loaded, load

    loaded = load(place.path, environ=place.environ)
    if isinstance(loaded, Loaded):
        return loaded.configuration
    raise refuse(loaded)


def refuse(problems: tuple[Problem, ...]) -> typer.Exit:
    """Print the problems of a configuration; raise what this returns."""
    for problem in problems:
        err.print(str(problem), markup=False)
    err.print(f"\n{counted(len(problems), 'problem', 'problems')}: nothing was started.", style="bold")
    return typer.Exit(WRONG)


def stored(context: typer.Context) -> "Store | None":
    """Open the store of this configuration for reading, until the command ends; None while there is nothing yet."""
    from monitor.store import Store

    store = Store.read(configuration(context.obj).settings.data)
    if store is not None:
        context.call_on_close(store.close)
    return store


def opened(context: typer.Context) -> "Store":
    """Open the store of this configuration for changes, until the command ends."""
    from monitor.store import Store

    store = Store.open(configuration(context.obj).settings.data, now=clock.now())
    context.call_on_close(store.close)
    return store


def refuse_unknown(what: str, name: str | None, names: Collection[str], param: str | None = None) -> None:
    """Refuse a name that the configuration does not have; `what` says of what, as "feed is called"."""
    from monitor.config.fault import meant

    if name is not None and name not in names:
        raise typer.BadParameter(f"no {what} {name!r}: {meant(name, names)}", param_hint=param)
