"""Ukrainian, by the dictionary of VESUM, which is an extra to be installed, or by simplemma's without it."""

from collections.abc import Collection, Sequence

from monitor.morphology import pymorphy
from monitor.morphology.eastslavic import EastSlavic, by_preposition
from monitor.morphology.language import Language, Reading
from monitor.morphology.pymorphy import Parse
from monitor.morphology.simple import Simple

#: Of a possessive adjective, which looks like the genitive plural or the surname that is meant much oftener.
_POSSESSIVE = ("ів", "їв", "ин", "їн")


class Ukrainian(Language):
    """Ukrainian words; with `dictionary` by the large dictionary, which is the default where it is installed."""

    code = "uk"

    def __init__(self, *, dictionary: bool | None = None) -> None:
        has = pymorphy.installed("uk") if dictionary is None else dictionary
        self._by: Language = _Inflected() if has else Simple("uk")

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return the words of this form."""
        return self._by.readings(form)

    def knows(self, form: str) -> bool:
        """Whether the dictionary in use has this form."""
        return self._by.knows(form)

    def readings_of_term(self, forms: Sequence[str]) -> tuple[tuple[Reading, ...], ...]:
        """Return what the words of a term may be meant as."""
        return self._by.readings_of_term(forms)

    def fits(self, words: Sequence[str], at: int, keys: Collection[str]) -> bool:
        """Whether its neighbours allow the word to be one of those with these keys."""
        return self._by.fits(words, at, keys)

    def forms(self, reading: Reading) -> tuple[str, ...]:
        """Return some forms of the word, or its lemma alone without the large dictionary."""
        return self._by.forms(reading)


class _Inflected(EastSlavic):
    """By the large dictionary."""

    code = "uk"
    statistics = False
    fitting = 0.2
    prepositions = by_preposition(
        {
            "gent": "без біля від вздовж внаслідок впродовж всередині для до з за замість зі із коло крім мимо навколо "
            "напередодні напроти од окрім після поза понад попереду посеред проти протягом ради серед стосовно у "
            "уздовж упродовж усередині шляхом щодо",
            "datv": "відповідно всупереч завдяки назустріч",
            "accs": "в за крізь між на над о об перед під по повз поза понад про у через",
            "ablt": "з за зі із між над перед під поза понад",
            "loct": "в на о об по при у",
        }
    )

    def is_seldom(self, parse: Parse) -> bool:
        """Whether it is hardly ever read so; the dictionary does not mark possessive adjectives."""
        return super().is_seldom(parse) or ("ADJF" in parse.tag and parse.lemma.endswith(_POSSESSIVE))

    def verb_of_gerund(self, lemma: str) -> str:
        """Return the infinitive, by way of "they do" or "he did": кажучи, кажуть, казати; вставши, встав, встати."""
        gerund, ending = (lemma[:-2], "ся") if lemma.endswith("сь") else (lemma, "")
        finite = gerund[:-2] + ("ть" if gerund.endswith("чи") else "") + ending
        return next((parse.lemma for parse in self._dictionary.parses(finite) if "VERB" in parse.tag), lemma)
