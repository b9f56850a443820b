"""Where phrases stand in a text, as texts in one language are read."""

from collections.abc import Iterator, Sequence

from monitor.match.automaton import Automaton
from monitor.match.expression import Phrase
from monitor.match.keys import Keys
from monitor.match.written import Written
from monitor.text.fold import fold, plain


class Search:
    """Phrases, compiled for texts in one language."""

    def __init__(self, phrases: Sequence[Phrase], code: str) -> None:
        """Take phrases and the language's ISO 639-1 code."""
        prefixes = {fold(plain(word.text)) for phrase in phrases for word in phrase.words if word.prefix}
        self._keys = Keys(code, prefixes)
        self._phrases = phrases
        accepted = [self._keys.of_term(phrase) for phrase in phrases]
        self._automaton = Automaton(accepted, self._keys.of_text)
        #: By phrase of one word that has other forms: what it accepts.
        self._inflected = {
            number: frozenset(words[0])
            for number, (phrase, words) in enumerate(zip(phrases, accepted, strict=True))
            if len(words) == 1 and not (phrase.words[0].exact or phrase.words[0].prefix)
        }

    def find(self, text: Written) -> Iterator[tuple[int, int, int]]:
        """Yield phrase, first and last word of each place where a phrase stands, in no order."""
        for phrase, first, last in self._automaton.find(text.words):
            if first != last:
                stands = self._phrases[phrase].crosses or not text.parted(first, last)
            else:
                accepted = self._inflected.get(phrase)
                stands = accepted is None or self._fits(text, first, accepted)
            if stands:
                yield phrase, first, last

    def _fits(self, text: Written, at: int, accepted: frozenset[str]) -> bool:
        return not self._keys.ambiguous(text.words[at]) or self._keys.fits(*text.sentence(at), accepted)
