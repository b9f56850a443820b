"""Our matcher as the `module:callable` that a gold benchmark of terms and sentences asks for.

`callable(terms, language)` gives an object whose `match(text)` gives the indexes of the terms found. It goes through
the public Matcher, as the service does: the language of a sentence is what its entry declares.
"""

from collections.abc import Sequence

from monitor.match import Matcher
from monitor.model.entry import Entry, Field
from monitor.model.watchlist import Watchlist


class compile:  # noqa: A001, N801 - the benchmark calls it so
    """Terms of one language, ready to be looked for."""

    def __init__(self, terms: Sequence[str], language: str) -> None:
        self._indexes: dict[str, list[int]] = {}
        for index, term in enumerate(terms):
            self._indexes.setdefault(term, []).append(index)
        watchlist = Watchlist(name="gold", any=tuple(self._indexes), fields=frozenset({Field.TEXT}))
        self._matcher = Matcher([watchlist], {"gold": (language,)})

    def match(self, text: str) -> set[int]:
        """Return the indexes of the terms that the text holds."""
        (decision,) = self._matcher.decide(Entry(text=text), feed="gold")
        return {index for term in decision.terms for index in self._indexes[term]}
