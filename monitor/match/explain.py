"""Why each term of each watchlist is found in an entry, or is not, and what of it nearly is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.match.diagnosis import Cause, Diagnosis, Finding, near
from monitor.match.matcher import Matcher
from monitor.match.reader import Reader
from monitor.match.verdict import weighed
from monitor.model.entry import Entry
from monitor.model.match import Decision
from monitor.model.watchlist import Watchlist
from monitor.text.boilerplate import Repeated, around, without_boilerplate


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
    #: What of the entry's boilerplate its matches stand in.
    boilerplate: tuple[Repeated, ...] = ()


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
    boilerplate: Sequence[Repeated] = (),
) -> Explanation:
    """Return what each watchlist makes of an entry and why, in their order; arguments as for Matcher.

    `boilerplate` is what of the entry its site says on many pages.
    """
    matcher = Matcher([replace(each, feeds=None) for each in watchlists], languages)
    codes = matcher.languages(entry, feed=feed)
    further = [code for code in matcher.languages(entry) if code not in codes]
    readers, others = ([Reader(matcher, entry, code) for code in each] for each in (codes, further))
    diagnoses = [Diagnosis(readers=readers, further=others, fields=watchlist.reach) for watchlist in watchlists]
    found: list[list[TermFinding]] = [[] for _ in watchlists]
    for use in matcher.uses:
        finding = diagnoses[use.watchlist].of_term(use.expression)
        found[use.watchlist].append(TermFinding(term=use.term, vetoes=use.vetoes, finding=finding))
    whole = matcher.decide(entry, feed=feed)
    own = matcher.decide(without_boilerplate(entry, boilerplate), feed=feed, languages=codes)
    held = [around(made.matches, boilerplate) for made in whole]
    made = zip(watchlists, weighed(whole, own, ()), found, held, strict=True)
    return Explanation(
        languages=codes,
        guessed=feed not in (languages or {}),
        watchlists=tuple(_of_watchlist(*each, feed) for each in made),
    )


def _of_watchlist(
    watchlist: Watchlist,
    decision: Decision,
    found: Sequence[TermFinding],
    held: tuple[Repeated, ...],
    feed: str | None,
) -> WatchlistFinding:
    told = [each for each in found if each.finding.cause is not Cause.NOTHING]
    return WatchlistFinding(
        watchlist=watchlist.name,
        covers=feed is None or watchlist.covers(feed),
        decision=decision,
        terms=tuple(sorted(told, key=lambda each: near(each.finding))),
        further=len(found) - len(told),
        boilerplate=held,
    )
