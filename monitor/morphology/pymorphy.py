"""The one door to pymorphy3: what its dictionaries say of a form."""

from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import Any

from pymorphy3 import MorphAnalyzer
from pymorphy3.analyzer import Parse as Unpacked
from pymorphy3.analyzer import ProbabilityEstimator

#: OpenCorpora's grammemes of a form (https://opencorpora.org/dict.php?act=gram), the part of speech among them.
Tag = frozenset[str]
#: A form, its tag, lemma and probability, and how pymorphy3 came to them.
_Origin = tuple[Any, ...]
#: The weight of what the statistics have never seen; it happens nonetheless.
_UNSEEN = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """One way to read a form."""

    #: The form in lower case, with its ё.
    form: str
    lemma: str
    tag: Tag
    #: How likely this way is beside the others; the same for each where the dictionary has no statistics.
    weight: float
    #: The same as pymorphy3 has it, to find the word's other forms.
    origin: _Origin


class _Statistics:
    """Asks for probabilities only where words compete: to look them up takes longer than all else."""

    def __init__(self, path: str) -> None:
        self._estimator = ProbabilityEstimator(path)

    def apply_to_parses(self, word: str, word_lower: str, parses: list[_Origin]) -> list[_Origin]:
        if all(parse[2] == parses[0][2] for parse in parses):
            return parses
        estimated: list[_Origin] = self._estimator.apply_to_parses(word, word_lower, parses)
        return estimated


class Dictionary:
    """The dictionary of one language, with guesses at the words that it lacks.

    Raises ValueError where it is not installed.
    """

    def __init__(self, language: str, *, statistics: bool) -> None:
        estimator = _Statistics if statistics else None
        self._analyzer = MorphAnalyzer(lang=language, result_type=None, probability_estimator_cls=estimator)

    def parses(self, form: str) -> list[Parse]:
        """Return the ways to read a form, one at least."""
        return [
            Parse(form=origin[0], lemma=origin[2], tag=origin[1].grammemes, weight=origin[3] or _UNSEEN, origin=origin)
            for origin in self._analyzer.parse(form)
        ]

    def knows(self, form: str) -> bool:
        """Whether the dictionary has this form, in whatever case, with ё or without."""
        return bool(self._analyzer.word_is_known(form))

    def lexeme(self, parse: Parse) -> list[tuple[str, Tag]]:
        """Return the forms of the word that a form is read as, the dictionary form first."""
        return [(form, tag.grammemes) for form, tag, *_ in self._analyzer.get_lexeme(Unpacked(*parse.origin))]


@cache
def dictionary(language: str, *, statistics: bool) -> Dictionary:
    """Return the dictionary of a language, loaded once; it may have statistics of how forms are meant."""
    return Dictionary(language, statistics=statistics)


def installed(language: str) -> bool:
    """Whether a dictionary of this language is installed."""
    return any(entry.name == language for entry in entry_points(group="pymorphy3_dicts"))
