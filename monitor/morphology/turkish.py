"""Turkish and Azerbaijani: I and i are two letters (CaseFolding.txt, status T)."""

from collections.abc import Sequence

from monitor.morphology.language import Reading
from monitor.morphology.simple import Simple
from monitor.text.fold import fold

_LOWER = str.maketrans("Iİ", "ıi")


class Turkish(Simple):
    """Turkish as simplemma knows it, in its own lower case."""

    def __init__(self) -> None:
        super().__init__("tr")

    def fold(self, form: str) -> str:
        """Return the form folded, a dotless I without its dot."""
        return fold(form.translate(_LOWER))

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return what the form in its own lower case may be."""
        return super().readings(form.translate(_LOWER))

    def readings_of_term(self, forms: Sequence[str]) -> tuple[tuple[Reading, ...], ...]:
        """Return what the words in their own lower case may be."""
        return super().readings_of_term([form.translate(_LOWER) for form in forms])
