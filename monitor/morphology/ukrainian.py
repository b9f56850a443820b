"""Ukrainian, by the dictionary of VESUM, which is an extra to be installed."""

from monitor.morphology import pymorphy
from monitor.morphology.eastslavic import EastSlavic, by_preposition
from monitor.morphology.pymorphy import Parse

#: Of a possessive adjective, which looks like the genitive plural or the surname that is meant much oftener.
_POSSESSIVE = ("ів", "їв", "ин", "їн")


class Ukrainian(EastSlavic):
    """Ukrainian words."""

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

    @classmethod
    def is_installed(cls) -> bool:
        """Whether its dictionary is."""
        return pymorphy.installed(cls.code)

    def is_seldom(self, parse: Parse) -> bool:
        """Whether it is hardly ever read so; the dictionary does not mark possessive adjectives."""
        return super().is_seldom(parse) or ("ADJF" in parse.tag and parse.lemma.endswith(_POSSESSIVE))

    def verb_of_gerund(self, lemma: str) -> str:
        """Return the infinitive, by way of "they do" or "he did": кажучи, кажуть, казати; вставши, встав, встати."""
        gerund, ending = (lemma[:-2], "ся") if lemma.endswith("сь") else (lemma, "")
        finite = gerund[:-2] + ("ть" if gerund.endswith("чи") else "") + ending
        return next((parse.lemma for parse in self._dictionary.parses(finite) if "VERB" in parse.tag), lemma)
