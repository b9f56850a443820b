"""What the words of terms mean to each language: worked out once, whatever texts they are looked for in."""

import re
from functools import lru_cache

from monitor.match import names
from monitor.match.expression import Phrase
from monitor.morphology.language import Language
from monitor.text.fold import fold, plain

#: A short word in capitals is no form of another word: AIDS is not aid.
_ABBREVIATION = re.compile("[A-Z]{2,5}")
#: A word spelled plainly, remembered for each of its languages.
spelled = lru_cache(1 << 14)(plain)


class Vocabulary:
    """Phrases as languages read them."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, Phrase], tuple[tuple[str, ...], ...]] = {}

    def read(self, phrase: Phrase, reader: Language) -> tuple[tuple[str, ...], ...]:
        """Return the keys of each word of a phrase as a language reads them all; `=` and `*` are not considered."""
        known = self._read.get((reader.code, phrase))
        if known is None:
            known = self._read[reader.code, phrase] = _read(phrase, reader)
        return known


def _read(phrase: Phrase, reader: Language) -> tuple[tuple[str, ...], ...]:
    forms = [spelled(word.text) for word in phrase.words]
    found = []
    for form, meant in zip(forms, reader.readings_of_term(forms), strict=True):
        readings = [
            reading for reading in meant if not _ABBREVIATION.fullmatch(form) or fold(reading.lemma) == fold(form)
        ]
        keys = [f"{reader.code}:{reading.key}" for reading in readings]
        keys += [f"~{key}" for key in names.of_term(form, reader, readings, alone=len(forms) == 1)]
        found.append(tuple(dict.fromkeys(keys)))
    return tuple(found)
