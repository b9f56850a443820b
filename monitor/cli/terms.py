"""What `check` lists of the terms: languages, readings, forms, and what may not be meant."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size

from monitor.model.configuration import Configuration
from monitor.model.watchlist import Watchlist

if TYPE_CHECKING:
    from monitor.match.meaning import TermMeaning, WordMeaning

#: Terms of a watchlist that are listed whether or not there is a warning.
MOST: Final = 20
#: Forms that are listed; programs get more.
_FORMS: Final = 5
#: Columns of a terminal for a term; a longer one has a line of its own.
_WIDEST: Final = 28


def lines(configuration: Configuration, *, most: int | None) -> Iterator[str]:
    """Yield lines about each watchlist: its first `most` terms (None: all), and those with warnings."""
    for watchlist, meant in _watchlists(configuration):
        yield f"\n{watchlist.name}"
        shown = [each for at, each in enumerate(meant) if most is None or at < most or each.cautions]
        width = max((cell_len(each.term) for each in shown if cell_len(each.term) <= _WIDEST), default=0)
        for each in shown:
            first, *further = list(_readings(each)) or ["found by its regular expression"]
            vetoes = "" if each.term in watchlist.any else "rules out; "
            if cell_len(each.term) > width:
                yield f"  {each.term}"
                yield f"  {' ' * width}  {vetoes}{first}"
            else:
                yield f"  {set_cell_size(each.term, width)}  {vetoes}{first}"
            yield from (f"  {' ' * width}  {line}" for line in further)
            for caution in each.cautions:
                yield f"  {' ' * width}  warning: {caution.message}"
                yield f"  {' ' * width}      {caution.hint}"
        if left := len(meant) - len(shown):
            yield f"  {left:,} further terms: --all lists them"


def records(configuration: Configuration) -> list[dict[str, object]]:
    """Return all terms of all watchlists, for programs."""
    return [
        {"watchlist": watchlist.name, "terms": [_record(each, watchlist) for each in meant]}
        for watchlist, meant in _watchlists(configuration)
    ]


def _watchlists(configuration: Configuration) -> "Iterator[tuple[Watchlist, Sequence[TermMeaning]]]":
    from monitor.match.meaning import meanings

    for watchlist in configuration.watchlists:
        spoken = [feed.language for feed in configuration.feeds if watchlist.covers(feed.name)]
        said = {code for codes in spoken for code in codes} if all(spoken) else set()
        yield watchlist, meanings((*watchlist.any, *watchlist.none), said)


def _readings(term: "TermMeaning") -> Iterator[str]:
    for word in term.words:
        before = f"{word.word}: " if len(term.words) > 1 else ""
        yield from (before + line for line in _meanings(word))


def _meanings(word: "WordMeaning") -> Iterator[str]:
    from monitor.morphology.registry import LANGUAGES

    if not word.meanings:
        yield "every word that begins so" if word.word.endswith("*") else "this form alone"
    for meaning in word.meanings:
        lemmas = dict.fromkeys(each.lemma + f" ({each.kind})" * bool(each.kind) for each in meaning.readings)
        guessed = "" if meaning.known else ", a guess"
        yield f"{LANGUAGES[meaning.language]}, {' or '.join(lemmas)}{guessed}: {', '.join(meaning.forms[:_FORMS])}" + (
            ", …" if len(meaning.forms) > _FORMS else ""
        )


def _record(term: "TermMeaning", watchlist: Watchlist) -> dict[str, object]:
    return {
        "term": term.term,
        "excludes": term.term not in watchlist.any,
        "words": [
            {
                "word": word.word,
                "meanings": [
                    {
                        "language": meaning.language,
                        "known": meaning.known,
                        "readings": [{"lemma": each.lemma, "kind": each.kind} for each in meaning.readings],
                        "forms": list(meaning.forms),
                    }
                    for meaning in word.meanings
                ],
            }
            for word in term.words
        ],
        "warnings": [{"message": each.message, "hint": each.hint} for each in term.cautions],
    }
