"""Watchlists, compiled: what each of them makes of an entry."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from threading import Lock
from typing import Final

from monitor.match.expression import Expression, Leaf, Phrase, Place, evaluate, leaves
from monitor.match.grammar import parse
from monitor.match.keys import GUESTS, Keys, scripts_of
from monitor.match.pattern import Pattern, PatternTooSlow
from monitor.match.search import Search
from monitor.match.vocabulary import Vocabulary
from monitor.match.written import Written
from monitor.model.entry import Entry, Field
from monitor.model.match import Decision, Match, Reason
from monitor.model.watchlist import Watchlist
from monitor.morphology.registry import INFLECTED
from monitor.text.language import plausible

#: Places of one term in one field that are reported; more say nothing new and could fill the disk.
MOST_PLACES: Final = 100
#: Languages that are kept compiled at a time.
_COMPILED: Final = 16
_ORDER: Final = {field: number for number, field in enumerate(Field)}

#: Where leaves stand in an entry, by their numbers.
_Found = dict[int, list[Place]]
#: A leaf, by its number; its first and last word; its start and end.
_Spot = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One term of one watchlist."""

    #: Its place among the watchlists, from 0.
    watchlist: int
    term: str
    #: Whether it is one of `none`, that rule an entry out.
    vetoes: bool
    expression: Expression


class Matcher:
    """Decides entries against all watchlists at once. Raises TermInvalid for a term that is none."""

    def __init__(self, watchlists: Sequence[Watchlist], languages: Mapping[str, Sequence[str]] | None = None) -> None:
        """Take watchlists and, by the names of feeds, the languages that these are said to be in (ISO 639-1)."""
        self._watchlists = tuple(watchlists)
        self._languages = {feed: tuple(codes) for feed, codes in (languages or {}).items()}
        #: Each term of each watchlist once, in their order.
        self.uses = tuple(_uses(watchlists))
        #: Each leaf once, by its number, and by that number the uses that hold it.
        self._leaves: dict[Leaf, int] = {}
        self._used: list[list[int]] = []
        fields: set[Field] = set()
        for number, use in enumerate(self.uses):
            for leaf, field in leaves(use.expression):
                if leaf not in self._leaves:
                    self._leaves[leaf] = len(self._used)
                    self._used.append([])
                self._used[self._leaves[leaf]].append(number)
                fields |= watchlists[use.watchlist].reach if field is None else field.reach
        self._fields = tuple(sorted(fields, key=_ORDER.__getitem__))
        phrases = {leaf: number for leaf, number in self._leaves.items() if isinstance(leaf, Phrase)}
        self._one_at_a_time = Lock()
        self._search = lru_cache(_COMPILED)(partial(Search, phrases, vocabulary=Vocabulary()))
        self._patterns = {leaf: number for leaf, number in self._leaves.items() if isinstance(leaf, Pattern)}

    def decide(
        self, entry: Entry, *, feed: str | None = None, languages: Sequence[str] | None = None
    ) -> tuple[Decision, ...]:
        """Return a decision for each watchlist that covers the feed (None: for all), in their order.

        The entry is read in `languages`; None leaves it to `self.languages`. At most MOST_PLACES matches are reported
        of a term in a field.
        """
        languages = self.languages(entry, feed=feed) if languages is None else languages
        # Threads gain nothing here, and would compile a language once each.
        with self._one_at_a_time:
            found, slow = self._find(entry, languages, self._fields)
        wanted: dict[int, list[Match]] = {}
        vetoing: dict[int, list[Match]] = {}
        for use in self._uses_of(found):
            matches = vetoing if use.vetoes else wanted
            matches.setdefault(use.watchlist, []).extend(self._matches(use, found, entry))
        undecided = {use.watchlist for use in self._uses_of(slow) if not use.vetoes}
        return tuple(
            _decision(watchlist, wanted.get(number, []), vetoing.get(number, []), undecided=number in undecided)
            for number, watchlist in enumerate(self._watchlists)
            if feed is None or watchlist.covers(feed)
        )

    def looking_in(self, field: Field) -> frozenset[str]:
        """Return the names of the watchlists that may match by what stands in this field."""
        return frozenset(
            self._watchlists[use.watchlist].name
            for use in self.uses
            if not use.vetoes
            for _, only in leaves(use.expression)
            if field in (self._watchlists[use.watchlist].reach if only is None else only.reach)
        )

    def languages(self, entry: Entry, *, feed: str | None = None) -> tuple[str, ...]:
        """Return the languages that an entry is read in: those of its feed if they are set, else what is plausible.

        Where there is doubt, it is between languages whose inflection is known well and the one that is declared. Words
        of another script are read in any case, as a text of the first language would have them.
        """
        if feed in self._languages:
            return self._languages[feed]
        codes = plausible(f"{entry.title}\n{entry.summary}\n{entry.text}\n{entry.article}", declared=entry.language)
        if len(codes) > 1:
            likely = INFLECTED.keys() | {entry.language[:2].lower()}
            codes = tuple(code for code in codes if code in likely) or codes[:1]
            codes = codes[:1] + tuple(code for code in codes[1:] if code not in _guests(codes[0]))
        return codes

    def places(self, entry: Entry, language: str) -> dict[Leaf, list[Place]]:
        """Return where phrases and patterns of any term stand in an entry read in one language, whatever the field."""
        with self._one_at_a_time:
            found, _ = self._find(entry, (language,), Field)
        return {leaf: sorted(found[at], key=_in_order) for leaf, at in self._leaves.items() if at in found}

    def keys(self, language: str) -> Keys:
        """Return what words mean in texts of a language."""
        with self._one_at_a_time:
            return self._search(language).keys

    def _uses_of(self, leaves: Iterable[int]) -> Iterator[Use]:
        """Yield the uses that hold any of these leaves, each once, in their order."""
        yield from (self.uses[number] for number in sorted({use for leaf in leaves for use in self._used[leaf]}))

    def _find(self, entry: Entry, languages: Iterable[str], fields: Iterable[Field]) -> tuple[_Found, set[int]]:
        """Return where leaves stand, and the patterns that took too long to find."""
        found: _Found = {}
        slow: set[int] = set()
        for field in fields:
            if text := entry.field(field):
                written = Written(text)
                places = dict.fromkeys(self._phrases_in(written, languages))
                for leaf, *where in (*places, *self._patterns_in(written, slow)):
                    found.setdefault(leaf, []).append(Place(field, *where))
        return found, slow

    def _phrases_in(self, text: Written, languages: Iterable[str]) -> Iterator[_Spot]:
        """Yield each place of a phrase; in two languages it may be the same."""
        for code in languages:
            for leaf, first, last in self._search(code).find(text):
                yield leaf, first, last, text.span(first)[0], text.span(last)[1]

    def _patterns_in(self, text: Written, slow: set[int]) -> Iterator[_Spot]:
        for pattern, leaf in self._patterns.items():
            try:
                places = pattern.find(text.text)
            except PatternTooSlow:
                slow.add(leaf)
                continue
            yield from ((leaf, *text.between(start, end), start, end) for start, end in places)

    def _matches(self, use: Use, found: _Found, entry: Entry) -> list[Match]:
        """Return where a term stands; nowhere if it does not hold."""
        watchlist = self._watchlists[use.watchlist]

        def places(leaf: Leaf, field: Field | None) -> list[Place]:
            fields = watchlist.reach if field is None else field.reach
            return [place for place in found.get(self._leaves[leaf], ()) if place.field in fields]

        return [
            Match(
                watchlist=watchlist.name,
                term=use.term,
                field=field,
                start=start,
                end=end,
                form=entry.field(field)[start:end],
            )
            for field, _, _, start, end in evaluate(use.expression, places)
        ]


def _uses(watchlists: Sequence[Watchlist]) -> Iterator[Use]:
    for number, watchlist in enumerate(watchlists):
        for terms, vetoes in ((watchlist.any, False), (watchlist.none, True)):
            for term in dict.fromkeys(terms):
                yield Use(watchlist=number, term=term, vetoes=vetoes, expression=parse(term))


def _guests(code: str) -> tuple[str, ...]:
    """Return the languages that words of other scripts are read as in texts of this one."""
    return tuple(guest for script, guests in GUESTS.items() if script not in scripts_of(code) for guest in guests)


def _decision(watchlist: Watchlist, wanted: list[Match], vetoing: list[Match], *, undecided: bool) -> Decision:
    if not wanted:
        return Decision(watchlist=watchlist.name, reason=Reason.TOO_SLOW if undecided else Reason.NO_MATCH)
    reason = Reason.EXCLUDED if vetoing else Reason.MATCHED
    matches = sorted(wanted + vetoing, key=_in_order)
    return Decision(watchlist=watchlist.name, reason=reason, matches=tuple(_at_most(matches)))


def _in_order(found: Match | Place) -> tuple[int, int]:
    return _ORDER[found.field], found.start


def _at_most(matches: list[Match]) -> Iterator[Match]:
    """Leave out what is beyond MOST_PLACES of a term in a field."""
    seen: dict[tuple[str, Field], int] = {}
    for match in matches:
        number = seen[match.term, match.field] = seen.get((match.term, match.field), 0) + 1
        if number <= MOST_PLACES:
            yield match
