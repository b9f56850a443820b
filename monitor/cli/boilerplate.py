"""`boilerplate`: what sites say on many pages, and what makes no alert by itself."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.context import Json, configuration, stored
from monitor.cli.show import json_line, moment, table

if TYPE_CHECKING:
    from monitor.model.record import Site
    from monitor.text.boilerplate import Known


def boilerplate(
    context: typer.Context,
    feed: Annotated[str | None, typer.Argument(metavar="[FEED]", help="Only this feed's.")] = None,
    as_json: Json = False,
) -> None:
    """List the passages that sites repeat on many pages: a match that lies only in them makes no alert."""
    from monitor.config.fault import meant

    names = [each.name for each in configuration(context.obj).feeds]
    if feed is not None and feed not in names:
        raise typer.BadParameter(f"no feed is called {feed!r}: {meant(feed, names)}", param_hint="FEED")
    store = stored(context)
    found = _learnt(dict(store.all_ledgers()), feed) if store else iter(())
    if as_json:
        for site, known in found:
            json_line(_record(site, known))
        return
    table(
        ("site", "entries", "since", "passage"),
        ((site.host or site.feed, str(known.entries), moment(known.since), known.said) for site, known in found),
        empty="No boilerplate was learnt yet.",
    )


def _learnt(packed: "Mapping[Site, bytes]", feed: str | None) -> "Iterator[tuple[Site, Known]]":
    """Yield what was learnt of all sites, or of those of a feed: what it gives, and the pages that it leads to."""
    from monitor.model.record import Site
    from monitor.text.boilerplate.packed import unpack

    leads = unpack(packed.get(Site(feed=feed or ""))).leads_to
    for site, kept in packed.items():
        if feed is None or site.feed == feed or (not site.feed and leads(site.host)):
            its = sorted(unpack(kept).learnt(), key=lambda known: -len(known.said))
            whole = [known for at, known in enumerate(its) if not any(_within(known, other) for other in its[:at])]
            yield from ((site, known) for known in sorted(whole, key=lambda known: -known.entries))


def _within(known: "Known", other: "Known") -> bool:
    """Whether a passage is a sentence of another, that need not be told as well."""
    return f" {known.said} " in f" {other.said} "


def _record(site: "Site", known: "Known") -> dict[str, object]:
    return {
        "feed": site.feed or None,
        "host": site.host or None,
        "passage": known.said,
        "entries": known.entries,
        "since": known.since,
        "last": known.last,
    }
