"""`discover`: the feeds of a web site, as YAML to paste."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlsplit

import typer

from monitor import child, clock
from monitor.cli.context import FAILED, Json, Place, refuse
from monitor.cli.show import err, json_line, one_line, out
from monitor.model.configuration import Settings
from monitor.text.quantities import counted

if TYPE_CHECKING:
    from monitor.discover.feeds import Found
    from monitor.discover.search import Search

#: Requests of one search, unless the user says otherwise.
_MOST: Final = 12
#: Between two requests to one host, unless the configuration asks for less: someone waits for this.
_INTERVAL: Final = timedelta(seconds=1)
#: Addresses that were not asked, of which so many are named.
_MOST_NAMED: Final = 20
#: Spans in which entries are counted, with their days.
_SPANS: Final = ((1, "day"), (7, "week"), (30, "month"), (365, "year"))


def discover(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="A page of the site, or a feed.")],
    requests: Annotated[int, typer.Option("--requests", min=2, metavar="N", help="Ask at most so often.")] = _MOST,
    as_json: Json = False,
) -> None:
    """Find the feeds of a web site, and print them as YAML to paste under feeds:.

    Says what was asked, and what came of it. Ends with 1 when there is no feed.
    """
    from monitor.discover.feeds import best_first
    from monitor.discover.page import starts

    child.warm(("monitor.parse", "monitor.discover.page"))
    addresses = starts(url)
    if not addresses:
        raise typer.BadParameter(f"{url!r} is no address of a web site; write it as https://host/path")
    settings = _settings(context.obj)
    now = clock.now()
    search = asyncio.run(_searched(addresses, settings, most=requests))
    found = best_first(search.feeds, now=now)
    _say_what_was_not(search)
    if not found:
        err.print(f"\nno feed found after {counted(search.requests, 'request', 'requests')}, see above", style="bold")
        raise typer.Exit(FAILED)
    if as_json:
        for each in found:
            json_line(_record(each))
        return
    new = _not_there(found, context.obj)
    if new:
        err.print(f"\n{counted(len(new), 'feed', 'feeds')}; paste under feeds: in your configuration:", style="bold")
    for line in _yaml(new, now=now):
        out.print(line, markup=False)


async def _searched(addresses: Sequence[str], settings: Settings | None, *, most: int) -> "Search":
    from monitor.discover.reader import PageReader
    from monitor.discover.search import Search
    from monitor.fetch import Fetcher
    from monitor.parse import Parser

    interval = min(settings.host_interval, _INTERVAL) if settings else _INTERVAL
    private = settings.allow_private if settings else ()
    proxy = settings.proxy.url if settings and settings.proxy else None
    parser, reader = Parser(children=1), PageReader()
    try:
        async with Fetcher(host_interval=interval, allow_private=private) as fetcher:
            search = Search(fetcher=fetcher, parser=parser, reader=reader, most=most, proxy=proxy, tell=_tell)
            await search.run(addresses)
            return search
    finally:
        parser.close()
        reader.close()


def _settings(place: Place) -> Settings | None:
    """Read the settings, which may be all that the file says yet; None if there is no file where one need not be."""
    from monitor.config import settings_of

    if place.path == Path("config.yaml") and not place.path.exists():
        return None
    found = settings_of(place.path, environ=place.environ)
    if isinstance(found, tuple):
        raise refuse(found)
    return found


def _not_there(found: "Sequence[Found]", place: Place) -> "list[Found]":
    """Return the feeds that the configuration has not, if it is a whole one; the others are named."""
    from monitor.config import Loaded, load
    from monitor.opml import same

    loaded = load(place.path, environ=place.environ)
    feeds = loaded.configuration.feeds if isinstance(loaded, Loaded) else ()
    names = {same(_shown(feed.url.reveal())): feed.name for feed in feeds}
    for each in found:
        if name := names.get(same(_shown(each.url))):
            err.print(one_line(f"\n{_shown(each.url)}: in your configuration already, as {name}"), markup=False)
    return [each for each in found if same(_shown(each.url)) not in names]


def _tell(url: str, came: str) -> None:
    err.print(one_line(f"{_shown(url)}: {came}"), markup=False)


def _shown(url: str) -> str:
    """Leave out user and password."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _say_what_was_not(search: "Search") -> None:
    if search.left:
        err.print(f"\nnot asked after {counted(search.requests, 'request', 'requests')} (--requests allows more):")
        for url in search.left[:_MOST_NAMED]:
            err.print(one_line(f"  {_shown(url)}"), markup=False)
        if (more := len(search.left) - _MOST_NAMED) > 0:
            err.print(f"  and {more} more")


def _yaml(feeds: "Sequence[Found]", *, now: datetime) -> Iterator[str]:
    """Yield items for the list under `feeds:`; a name that an earlier one has is left out."""
    from monitor.config.written import feed_lines
    from monitor.opml import named

    names = set()
    for each in feeds:
        title = named(each.title)
        name = "" if title in names else title
        names.add(title)
        language = each.language if each.language_sure else ""
        yield from feed_lines(url=_shown(each.url), name=name, language=language, remark=_remark(each, now=now))


def _remark(feed: "Found", *, now: datetime) -> str:
    """Say how often there are entries, and which language may be meant if that is not sure."""
    from monitor.discover.feeds import SILENT

    said = [_rate(feed.entries_per_day) if feed.entries else "no entries"]
    if feed.newest is not None and now - feed.newest > SILENT:
        said = [f"no entry since {feed.newest:%Y-%m-%d}"]
    if _shown(feed.url) != feed.url:
        said.append("needs your user and password: auth")
    if feed.language and not feed.language_sure:
        said.append(f"language perhaps {feed.language}")
    return ", ".join(said)


def _rate(entries_per_day: float | None) -> str:
    if entries_per_day is None:
        return "entries a day not known"
    for days, span in _SPANS:
        if entries_per_day * days >= 1:
            return f"about {counted(round(entries_per_day * days), 'entry', 'entries')} a {span}"
    return "less than one entry a year"


def _record(feed: "Found") -> dict[str, object]:
    rate = feed.entries_per_day
    return {
        "url": _shown(feed.url),
        "title": feed.title,
        "language": feed.language,
        "entries_per_day": None if rate is None else round(rate, 2),
    }
