"""Polish words."""

from monitor.morphology.inflected import Inflected
from monitor.morphology.language import Reading


class Polish(Inflected):
    """Polish, by simplemma's dictionary and rules of declension and conjugation."""

    superlative = "naj"
    table = (
        # Adjectives.
        ("y", "ego", "y a ą e ej emu ych ym ymi"),
        ("i", "iego", "i a ą ie iej iemu ich im imi"),
        # Nouns: masculine, feminine, neuter.
        ("-", "em", "- ie e u y ów ami ach om a"),
        ("-", "iem", "- i a u ów ami ach om"),
        ("a", "ę", "y ie ami o"),
        ("ie", "ia", "ie"),
        ("o", "em", "o u"),
        # Verbs.
        ("ć", "ł", "ć"),
        ("ać", "ał", "a ano"),
        ("eć", "ał", "ą"),
        ("ieć", "iał", "ą"),
        ("nąć", "nąć", "ła"),
        ("yć", "ył", "y"),
        ("ić", "ił", "i ono"),
    )

    def __init__(self) -> None:
        super().__init__("pl")

    def reading(self, lemma: str) -> Reading:
        """Return the reading of a form of this lemma; the dictionary takes some comparatives for words of their own."""
        return Reading(key=super().reading(self._positive(lemma)).key, lemma=lemma)

    def _positive(self, lemma: str) -> str:
        """Return the adjective of a comparative by what the dictionary says of another form: `starsza`, `mniejszy`."""
        if lemma.endswith(("szy", "sza")):
            siblings = (self.entry(lemma[:-1] + ending) or "" for ending in ("y", "a", "ych"))
            return next(
                (found for found in siblings if found.endswith(("y", "i")) and not found.endswith("szy")), lemma
            )
        return lemma
