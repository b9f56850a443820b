"""When a word may be a name that others spell otherwise, and its keys then.

Only words that no dictionary knows and, in Cyrillic, capitalised ones are taken for names: Zelensky is Zelenskiy, but
plain is not Plain.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from monitor.morphology.language import Language, Reading
from monitor.morphology.transliteration import SHORTEST_ALONE, keys_of_term, keys_of_text

#: What a reading says of names; "" says nothing.
_KINDS: Final = frozenset({"", "first name", "organisation", "patronymic", "place", "surname"})


def of_text(form: str, reader: Language, readings: Iterable[Reading]) -> Iterator[str]:
    """Yield the keys of a word of a text as a language reads it."""
    for name in _spellings(form, reader, readings):
        yield from keys_of_text(name, belarusian=reader.code == "be")


def of_term(form: str, reader: Language, readings: Iterable[Reading], *, alone: bool) -> Iterator[str]:
    """Yield the keys of a word of a term as a language reads it; a short word needs others beside it."""
    if len(form) >= SHORTEST_ALONE or not alone:
        for name in _spellings(form, reader, readings):
            yield from keys_of_term(name)


def _spellings(form: str, reader: Language, readings: Iterable[Reading]) -> Iterator[str]:
    if "\u0400" <= form[0] < "\u0530":
        if form[0].isupper():
            known = reader.knows(form)
            yield from (reading.lemma for reading in readings if not known or reading.kind in _KINDS)
    elif form[0] >= "A" and not reader.knows(form):
        yield from dict.fromkeys((form, *(reading.lemma for reading in readings)))
