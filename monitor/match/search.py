"""Where phrases stand in a text, as texts in one language are read."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from monitor.match.automaton import Automaton
from monitor.match.expression import Phrase
from monitor.match.keys import Keys
from monitor.match.vocabulary import Vocabulary
from monitor.match.written import Written
from monitor.text.fold import fold, plain


class Search:
    """Phrases, compiled for texts in one language."""

    def __init__(self, phrases: Mapping[Phrase, int], code: str, vocabulary: Vocabulary | None = None) -> None:
        """Take phrases with the numbers that they are reported by, and the language's ISO 639-1 code."""
        prefixes = {fold(plain(word.text)) for phrase in phrases for word in phrase.words if word.prefix}
        #: What words mean in these texts.
        self.keys = Keys(code, prefixes, vocabulary)
        self._numbers = tuple(phrases.values())
        self._crosses = tuple(phrase.crosses for phrase in phrases)
        with _no_garbage():
            accepted = [self.keys.of_term(phrase) for phrase in phrases]
            self._automaton = Automaton(accepted, self.keys.of_text)
            #: By phrase of one word that has other forms: what it accepts.
            self._inflected = {
                number: frozenset(words[0].meant)
                for number, (phrase, words) in enumerate(zip(phrases, accepted, strict=True))
                if len(words) == 1 and not (phrase.words[0].exact or phrase.words[0].prefix)
            }

    def find(self, text: Written) -> Iterator[tuple[int, int, int]]:
        """Yield the number of a phrase, its first and its last word, for each place where one stands, in no order."""
        read = self._automaton.read(text.pieces)
        found = self._automaton.find(read)
        if found:
            text.count(map(len, read))
        for phrase, first, last in found:
            if first != last:
                stands = self._crosses[phrase] or not text.parted(first, last)
            else:
                accepted = self._inflected.get(phrase)
                stands = accepted is None or self._fits(text, first, accepted)
            if stands:
                yield self._numbers[phrase], first, last

    def _fits(self, text: Written, at: int, accepted: frozenset[str]) -> bool:
        return not self.keys.ambiguous(text.word(at)) or self.keys.fits(*text.neighbours(at), accepted)


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Look for no garbage while only lasting things are made: it would take a third of the time, and find none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # To and fro, what is there moves to the oldest generation, without being looked through.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
