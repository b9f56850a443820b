"""`opml import` and `opml export`: lists of feeds from and for other readers."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.context import FAILED, WRONG, Json, Place, configuration
from monitor.cli.lines import STDIN
from monitor.cli.show import err, json_line, one_line, out
from monitor.text.quantities import counted

if TYPE_CHECKING:
    from monitor.config.append import Appended
    from monitor.opml import FeedList, ListedFeed

opml = typer.Typer(no_args_is_help=True, help="Take lists of feeds from other readers (OPML), and give them one.")


@opml.command("import")
def take(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A list in OPML; - is standard input.")],
    into: Annotated[
        Path | None, typer.Option("--into", metavar="CONFIG", help="Add the feeds to this configuration file.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Print the feeds of a list as YAML to paste under feeds:, or add them to a configuration.

    Says what was mended in the list, which feeds are one, and which can not be read.
    """
    from monitor.opml import Unreadable, distinct, read

    found = read(_bytes(file))
    if isinstance(found, Unreadable):
        err.print(one_line(f"{file}: {found.reason}; {found.hint}"), markup=False)
        raise typer.Exit(WRONG)
    _say(file, found)
    if into is None:
        feeds, known = distinct(found.feeds), 0
    else:
        appended = _appended(into, found, context.obj)
        feeds, known = appended.added, appended.known
    if as_json:
        _print_json(found, feeds, known)
    elif into is None:
        _print_yaml(feeds)
    else:
        out.print(f"{into}: {counted(len(feeds), 'feed', 'feeds')} added, {known} were there already.", markup=False)
    if not found.feeds:
        raise typer.Exit(FAILED)


@opml.command("export")
def give(context: typer.Context) -> None:
    """Print the feeds of the configuration as a list in OPML 2.0, which any reader takes.

    Feeds whose address holds a secret are left out.
    """
    from monitor.opml import ListedFeed, write

    feeds = []
    for each in configuration(context.obj).feeds:
        if each.url.reveal() != each.shown_url:
            err.print(one_line(f"left out, as its address holds a secret: {each.name}"), markup=False)
            continue
        feeds.append(ListedFeed(url=each.shown_url, name=each.name, tags=tuple(sorted(each.tags))))
    sys.stdout.write(write(feeds, title="Feeds of rss-monitor"))


def _bytes(file: Path) -> bytes:
    from monitor.opml import LARGEST

    try:
        if file == STDIN:
            return sys.stdin.buffer.read(LARGEST + 1)
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as fault:
        err.print(f"{file}: {fault.strerror or fault}", markup=False)
        raise typer.Exit(WRONG) from None


def _say(file: Path, found: "FeedList") -> None:
    for repair in found.repaired:
        first = f", first in line {repair.line}" if repair.line else ""
        times = f" ({repair.count} times{first})" if repair.count > 1 else f" (line {repair.line})" * bool(repair.line)
        _tell(f"{file}: mended: {repair.what}{times}")
    for merged in found.merged:
        _tell(f"{file}:{merged.line}: merged: {merged.name}: the feed of line {merged.first}")
    for refused in found.refused:
        _tell(f"{file}:{refused.line}: refused: {refused.name or 'a feed without a name'}: {refused.reason}")
    if not found.feeds:
        _tell(f"{file}: there is no feed in this list")


def _tell(line: str) -> None:
    err.print(one_line(line), markup=False)


def _appended(into: Path, found: "FeedList", place: Place) -> "Appended":
    from monitor.config.append import Appended, append

    try:
        appended = append(into, found.feeds, environ=place.environ)
    except OSError as fault:
        err.print(f"{into} can not be written: {fault.strerror or fault}", markup=False)
        raise typer.Exit(FAILED) from None
    if isinstance(appended, Appended):
        return appended
    for problem in appended:
        err.print(str(problem), markup=False)
    err.print("\nnothing was added", style="bold")
    raise typer.Exit(WRONG)


def _print_yaml(feeds: "Sequence[ListedFeed]") -> None:
    from monitor.config.written import feed_lines

    err.print(f"{counted(len(feeds), 'feed', 'feeds')}; paste under feeds: in your configuration:", style="bold")
    for each in feeds:
        for line in feed_lines(url=each.url, name=each.name, tags=each.tags):
            sys.stdout.write(line + "\n")


def _print_json(found: "FeedList", feeds: "Sequence[ListedFeed]", known: int) -> None:
    for each in feeds:
        json_line({"url": each.url, "name": each.name, "tags": list(each.tags)})
    merged, repaired = len(found.merged) + known, sum(each.count for each in found.repaired)
    json_line({"imported": len(feeds), "merged": merged, "repaired": repaired, "refused": len(found.refused)})
