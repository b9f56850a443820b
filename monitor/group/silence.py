"""Which silence keeps an alert back."""

from collections.abc import Collection, Mapping

from monitor.model.calm import Silence


def silenced_by(silences: Mapping[int, Silence], *, watchlist: str, feed: str, terms: Collection[str]) -> int | None:
    """Return the number of a silence that keeps this alert back; None if it is to be told.

    Silences of terms keep it back only if they leave none of those that were found: what another term found is told.
    """
    about = {
        number: silence
        for number, silence in silences.items()
        if silence.watchlist in {None, watchlist} and silence.feed in {None, feed}
    }
    for number, silence in about.items():
        if silence.term is None:
            return number
    of_terms = {silence.term: number for number, silence in about.items()}
    return of_terms[next(iter(terms))] if terms and of_terms.keys() >= {*terms} else None
