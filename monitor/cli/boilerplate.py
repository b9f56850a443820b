"""`boilerplate`: what sites say on many pages, and what makes no alert by itself."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import clock
from monitor.cli.context import WRONG, Json, configuration, opened, refuse_unknown, stored
from monitor.cli.show import answer, err, listing, moment

if TYPE_CHECKING:
    from monitor.model.record import Site
    from monitor.store import Store
    from monitor.text.boilerplate import Known

#: Passages that may have been meant, and characters of each that are shown.
_MEANT, _WIDTH = 5, 100
#: Passages that a word is for.
_STATE = {"--not": "that makes no alert", "--undo": "that --not was said of"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A passage, learnt or spared."""

    feed: str
    host: str = ""
    passage: str
    #: None if it is spared and learnt no more.
    known: "Known | None" = None
    #: Since when it is no boilerplate by the user's word.
    spared: datetime | None = None


def boilerplate(
    context: typer.Context,
    feed: Annotated[str | None, typer.Argument(metavar="[FEED]", help="Only this feed's.")] = None,
    spare: Annotated[
        str | None,
        typer.Option("--not", metavar="WORDS", help="The passage with these words is none: matches in it alert again."),
    ] = None,
    undo: Annotated[str | None, typer.Option(metavar="WORDS", help="Take back what --not said.")] = None,
    as_json: Json = False,
) -> None:
    """List the passages that sites repeat on many pages: a match that lies only in them makes no alert.

    Where one is news after all: rss-monitor boilerplate FEED --not "words of the passage"
    """
    names = [each.name for each in configuration(context.obj).feeds]
    refuse_unknown("feed is called", feed, names, "FEED")
    store = stored(context)
    found = list(_rows(store, [feed] if feed else names, feed)) if store else []
    decides = spare is not None or undo is not None
    if decides:
        found = [_decided(context, found, feed, spare, undo)]
        what = "is boilerplate: no match" if undo is not None else "is news: a match"
        words = f"{feed}: “{_short(found[0].passage)}” {what} that lies only in it alerts."
        answer(_record(found[0]), words, as_json=as_json)
        return
    empty = "No boilerplate was learnt yet."
    listing(found, _record, "site, entries, since, alerts, passage", _cells, as_json=as_json, empty=empty)


def _decided(
    context: typer.Context, found: Sequence[_Row], feed: str | None, spare: str | None, undo: str | None
) -> _Row:
    """Keep the user's word on a passage; return what is known of it now."""
    if feed is None or (spare is not None and undo is not None):
        raise typer.BadParameter("say of which feed, and either --not or --undo")
    option, words = ("--not", spare) if spare is not None else ("--undo", undo or "")
    row = _meant(words, [each for each in found if (each.spared is None) == (spare is not None)], feed, option)
    store = opened(context)
    store.spare(feed, row.passage, at=None if undo is not None else clock.now())
    again = [each for each in _rows(store, [feed], feed) if each.passage == row.passage]
    return again[0] if again else _Row(feed=feed, passage=row.passage)


def _meant(words: str, found: Sequence[_Row], feed: str, option: str) -> _Row:
    """Return the passage that has these words; refuse words that none has, or several."""
    from monitor.text.boilerplate import MASK, masked, near

    def plain(said: str) -> str:
        return f" {' '.join(each for each in said.split() if each != MASK)} "

    asked = plain(masked(words))
    rows = {each.passage: each for each in found}
    its = [each for said, each in rows.items() if asked.strip() and asked in plain(said)]
    its = [each for each in its if plain(each.passage) == asked] or its
    its = its or [each for said, each in rows.items() if asked.strip() and near(asked.strip(), said)]
    if len(its) == 1:
        return its[0]
    close = difflib.get_close_matches(asked, rows, _MEANT, 0)
    few = [each.passage for each in its[:_MEANT]] or close
    what = f"{len(its)} passages of {feed} have" if its else f"no passage of {feed} {_STATE[option]} has"
    listed = "".join(f"\n  “{_short(each)}”" for each in few) or f" none; see rss-monitor boilerplate {feed!r}"
    err.print(f"{what} the words “{asked.strip()}”. There are:{listed}", markup=False)
    raise typer.Exit(WRONG)


def _rows(store: "Store", feeds: Sequence[str], only: str | None) -> Iterator[_Row]:
    """Yield what was learnt, and what was spared, of these feeds; of one of them alone, or of all."""
    from monitor.text.boilerplate import is_spared

    spared = {feed: store.spared(feed) for feed in feeds}
    told = set[tuple[str, str]]()
    for site, known in _learnt(dict(store.all_ledgers()), only):
        by = site.feed or only or ""
        its = [said for said in spared.get(by, ()) if is_spared(known.said, [said])]
        told |= {(by, said) for said in its}
        at = spared[by][its[0]] if its else None
        passage = its[0] if its else known.said
        yield _Row(feed=site.feed, host=site.host, passage=passage, known=known, spared=at)
    left = ((feed, said, at) for feed, its in spared.items() for said, at in its.items())
    yield from (_Row(feed=feed, passage=said, spared=at) for feed, said, at in left if (feed, said) not in told)


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


def _short(passage: str) -> str:
    return passage if len(passage) <= _WIDTH else f"{passage[:_WIDTH]} …"


def _cells(row: _Row) -> tuple[str, ...]:
    entries, since = (str(row.known.entries), moment(row.known.since)) if row.known else ("", "")
    alerts = f"yes, since {moment(row.spared)}" if row.spared else "no"
    return row.host or row.feed, entries, since, alerts, row.passage


def _record(row: _Row) -> dict[str, object]:
    return {
        "feed": row.feed or None,
        "host": row.host or None,
        "passage": row.passage,
        "entries": row.known.entries if row.known else 0,
        "since": row.known.since if row.known else None,
        "last": row.known.last if row.known else None,
        "spared": row.spared,
    }
