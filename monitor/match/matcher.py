"""Watchlists, compiled: what each of them makes of an entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitor.match.automaton import Automaton, Phrase
from monitor.match.keys import language_of
from monitor.match.term import phrase_of
from monitor.model.entry import Entry, Field
from monitor.model.match import Decision, Match, Reason
from monitor.model.watchlist import Watchlist

#: Places of one term in one field that are reported; more say nothing new and could fill the disk.
MOST_PLACES: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    """One term of one watchlist."""

    watchlist: int
    term: str
    vetoes: bool


class Matcher:
    """Decides entries against all watchlists at once. Raises TermInvalid for a term that is none."""

    def __init__(self, watchlists: Sequence[Watchlist]) -> None:
        self._watchlists = tuple(watchlists)
        wanted = frozenset(field for watchlist in watchlists for field in watchlist.fields)
        self._fields = tuple(field for field in Field if field in wanted)
        uses: dict[Phrase, list[_Use]] = {}
        for number, watchlist in enumerate(watchlists):
            for terms, vetoes in ((watchlist.any, False), (watchlist.none, True)):
                for term in dict.fromkeys(terms):
                    use = _Use(watchlist=number, term=term, vetoes=vetoes)
                    uses.setdefault(phrase_of(term), []).append(use)
        self._automaton = Automaton(uses)
        self._uses = list(uses.values())

    def decide(self, entry: Entry, *, feed: str | None = None) -> tuple[Decision, ...]:
        """Return a decision for each watchlist that covers the feed (None: for all), in their order.

        At most MOST_PLACES matches are reported of a term in a field.
        """
        found: dict[tuple[int, bool], list[Match]] = {}
        for field in self._fields:
            self._look(entry, field, found)
        return tuple(
            _decision(watchlist, found.get((number, False), []), found.get((number, True), []))
            for number, watchlist in enumerate(self._watchlists)
            if feed is None or watchlist.covers(feed)
        )

    def _look(self, entry: Entry, field: Field, found: dict[tuple[int, bool], list[Match]]) -> None:
        text = entry.field(field)
        places: dict[int, int] = {}
        for phrase, start, end in self._automaton.find(text, language_of(entry.language)):
            places[phrase] = places.get(phrase, 0) + 1
            if places[phrase] > MOST_PLACES:
                continue
            for use in self._uses[phrase]:
                watchlist = self._watchlists[use.watchlist]
                if field in watchlist.fields:
                    found.setdefault((use.watchlist, use.vetoes), []).append(
                        Match(
                            watchlist=watchlist.name,
                            term=use.term,
                            field=field,
                            start=start,
                            end=end,
                            form=text[start:end],
                        )
                    )


def _decision(watchlist: Watchlist, wanted: list[Match], vetoing: list[Match]) -> Decision:
    if not wanted:
        return Decision(watchlist=watchlist.name, reason=Reason.NO_MATCH)
    if not vetoing:
        return Decision(watchlist=watchlist.name, reason=Reason.MATCHED, matches=tuple(wanted))
    order = list(Field)
    both = sorted(wanted + vetoing, key=lambda match: (order.index(match.field), match.start))
    return Decision(watchlist=watchlist.name, reason=Reason.EXCLUDED, matches=tuple(both))
