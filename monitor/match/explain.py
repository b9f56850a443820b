"""Why each term of each watchlist is found in an entry, or is not, and what of it nearly is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.match.diagnosis import Cause, Diagnosis, Finding, loose, near
from monitor.match.expression import Expression, leaves
from monitor.match.grammar import parse
from monitor.match.matcher import Matcher
from monitor.match.reader import Reader
from monitor.model.entry import Entry
from monitor.model.match import Decision
from monitor.model.watchlist import Watchlist


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFinding:
    """What became of one term of a watchlist."""

    term: str
    #: Whether it is one of `none`, that rule an entry out.
    vetoes: bool
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchlistFinding:
    """What one watchlist makes of an entry, and why."""

    watchlist: str
    #: Whether it covers the entry's feed; if not, the rest says what it would make of it.
    covers: bool
    decision: Decision
    #: Terms that are found, or nearly; the nearest first.
    terms: tuple[TermFinding, ...]
    #: How many further terms there are, of which there is nothing.
    further: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What all watchlists make of an entry."""

    #: In which the entry is read (ISO 639-1), likeliest first.
    languages: tuple[str, ...]
    #: Whether they are guessed from the text, and not those of its feed.
    guessed: bool
    watchlists: tuple[WatchlistFinding, ...]


def explain(
    entry: Entry,
    watchlists: Sequence[Watchlist],
    languages: Mapping[str, Sequence[str]] | None = None,
    *,
    feed: str | None = None,
) -> Explanation:
    """Return what each watchlist makes of an entry and why, in their order; arguments as for Matcher."""
    matcher = Matcher([replace(each, feeds=None) for each in watchlists], languages)
    codes = matcher.languages(entry, feed=feed)
    further = tuple(code for code in matcher.languages(entry) if code not in codes)
    parsed = {term: parse(term) for watchlist in watchlists for term in (*watchlist.any, *watchlist.none)}
    wanted = {leaf for each in parsed.values() for leaf, _ in leaves(each)}
    reader = Reader(entry, (*codes, *further), wanted | {loose(leaf) for leaf in wanted})
    return Explanation(
        languages=codes,
        guessed=feed not in (languages or {}),
        watchlists=tuple(
            _of_watchlist(watchlist, decision, feed, Diagnosis(reader, codes, further, watchlist.fields), parsed)
            for watchlist, decision in zip(watchlists, matcher.decide(entry, feed=feed), strict=True)
        ),
    )


def _of_watchlist(
    watchlist: Watchlist,
    decision: Decision,
    feed: str | None,
    diagnosis: Diagnosis,
    parsed: Mapping[str, Expression],
) -> WatchlistFinding:
    found = [
        TermFinding(term=term, vetoes=vetoes, finding=diagnosis.of_term(parsed[term]))
        for terms, vetoes in ((watchlist.any, False), (watchlist.none, True))
        for term in terms
    ]
    told = [each for each in found if each.finding.cause is not Cause.NOTHING]
    return WatchlistFinding(
        watchlist=watchlist.name,
        covers=feed is None or watchlist.covers(feed),
        decision=decision,
        terms=tuple(sorted(told, key=lambda each: near(each.finding))),
        further=len(found) - len(told),
    )
