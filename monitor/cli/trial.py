"""What `match` and `explain` try: watchlists of the configuration, or terms given in the call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated

import typer

from monitor.cli.context import WRONG, Place, configuration, refuse_unknown
from monitor.cli.show import err
from monitor.errors import TermInvalid
from monitor.model.watchlist import Watchlist

#: The watchlist that terms of a call are in, and the feed of texts that are of none.
UNNAMED = NO_FEED = ""

Terms = Annotated[
    list[str] | None, typer.Option("--term", metavar="TERM", help="A term to try; no configuration is needed then.")
]
Names = Annotated[
    list[str] | None, typer.Option("--watchlist", metavar="NAME", help="Only this watchlist; can be given again.")
]
Languages = Annotated[
    list[str] | None,
    typer.Option(
        "--language", metavar="CODE", help="What the texts are in, such as ru or uk,ru. Without it, that is guessed."
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Watchlists, and by feed the languages that its entries are said to be in."""

    watchlists: tuple[Watchlist, ...]
    languages: Mapping[str, tuple[str, ...]]
    #: Names of all feeds.
    feeds: tuple[str, ...] = ()
    #: By watchlist, the receivers that its alerts are not urgent enough for.
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def said_to_be(self, codes: tuple[str, ...], feed: str) -> "Trial":
        """Return it with the languages of a feed set, unless there are none; each watchlist covers NO_FEED."""
        languages = {**self.languages, feed: codes} if codes else self.languages
        if feed != NO_FEED:
            return replace(self, languages=languages)
        covering = tuple(replace(each, feeds=None) for each in self.watchlists)
        return replace(self, languages=languages, watchlists=covering)


def trial(place: Place, terms: Sequence[str] | None, names: Sequence[str] | None) -> Trial:
    """Return what is tried; say what is wrong with the call, and exit with 2."""
    if terms:
        if names:
            raise typer.BadParameter("--term and --watchlist exclude each other")
        _check(terms)
        return Trial(watchlists=(Watchlist(name=UNNAMED, any=tuple(terms)),), languages={})
    found = configuration(place)
    for name in names or ():
        refuse_unknown("watchlist is called", name, [each.name for each in found.watchlists])
    return Trial(
        watchlists=tuple(each for each in found.watchlists if not names or each.name in names),
        languages={feed.name: feed.language for feed in found.feeds if feed.language},
        feeds=tuple(feed.name for feed in found.feeds),
        left_out={each.name: found.left_out(each) for each in found.watchlists},
    )


def known_feed(tried: Trial, name: str | None) -> str:
    """Return the name of a feed of the configuration, NO_FEED for none."""
    refuse_unknown("feed is called", name, tried.feeds)
    return name or NO_FEED


def codes(given: Sequence[str] | None) -> tuple[str, ...]:
    """Return the languages of a call, each once."""
    from monitor.morphology.registry import LANGUAGES

    found = [code.strip().lower() for codes in given or () for code in codes.split(",")]
    for code in found:
        if code not in LANGUAGES:
            named = [known for known, name in LANGUAGES.items() if name.lower() == code]
            hint = named[0] if named else "codes of two letters (ISO 639-1), such as uk, ru or en"
            raise typer.BadParameter(f"{code!r} is no language that we know; write {hint}")
    return tuple(dict.fromkeys(found))


def _check(terms: Sequence[str]) -> None:
    """Exit with 2 and the place of each fault if these are no terms; say what looks like a mistake."""
    from monitor.match import parse
    from monitor.match.caution import cautions

    wrong = False
    for term in terms:
        try:
            expression = parse(term)
        except TermInvalid as fault:
            err.print(f"{term}\n{' ' * fault.column}^ {fault}\n    {fault.hint}", markup=False)
            wrong = True
            continue
        for caution in cautions(expression):
            err.print(f"{term}: {caution.message}\n    {caution.hint}", markup=False)
    if wrong:
        raise typer.Exit(WRONG)
