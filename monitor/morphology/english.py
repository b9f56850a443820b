"""English words."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from monitor.morphology.language import Reading
from monitor.morphology.simple import Simple
from monitor.morphology.spelling import american

#: Irregular forms that are words of their own too, which is all that the dictionary says of them.
_IRREGULAR: Final = {
    "bent": "bend", "bit": "bite", "bore": "bear", "born": "bear", "bound": "bind", "broke": "break",
    "drunk": "drink", "felt": "feel", "gone": "go", "ground": "grind", "leaves": "leaf", "left": "leave",
    "lives": "life", "rose": "rise", "rung": "ring", "shook": "shake", "shot": "shoot", "slew": "slay",
    "smelt": "smell", "spelt": "spell", "swore": "swear", "thought": "think", "trod": "tread", "wives": "wife",
    "won": "win", "worse": "bad", "wound": "wind",
}  # fmt: skip
_AUXILIARIES = "be do have will can may shall we I you he they this that a not who"
_BEFORE_NOUN = (
    "the a an this that these those my your his her its our their no some any every each of in on at by from for with "
    "as e other more most own"
)
#: One syllable that ends in one consonant after one vowel.
_DOUBLES: Final = re.compile("[^aeiou]*[aeiou][^aeiouwxy]")


class English(Simple):
    """English, by simplemma's dictionary, whichever shore it is spelled on.

    A verb has a key of its own, "to" and the word: one who types "landed" or "landing" does not mean land.
    """

    names_inflect = False
    auxiliaries = frozenset(_AUXILIARIES.split())
    endings = ("s", "es", "ies", "ed", "d", "ied", "ing")
    _before_noun = frozenset(_BEFORE_NOUN.split())

    def __init__(self) -> None:
        super().__init__("en")

    def lemmas(self, form: str) -> tuple[str, ...]:
        """Return the lemmas of a form, an irregular verb and a noun in -ing among them."""
        low = form.lower()
        more = (_IRREGULAR.get(low), low if self._is_noun(low) or self._is_adjective(low) else None)
        return tuple(dict.fromkeys((*super().lemmas(form), *filter(None, more))))

    def reading(self, lemma: str) -> Reading:
        """Return the reading of a form of this lemma, compared as Americans spell it."""
        return super().reading(american(lemma, self.is_lemma))

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return what a form may be; each verb also as one."""
        plain = super().readings(form)
        return plain + tuple(map(self._verb, filter(self._is_verb, plain)))

    def of_term(self, form: str) -> tuple[Reading, ...]:
        """Return what one word of a term may mean: a form in -ed or -ing only a verb, or an adjective in -ing."""
        low = form.lower()
        if self._is_adjective(low) or (form != low and self.is_lemma(form)):
            return (self.reading(form),)
        readings = super().of_term(form)
        if not low.endswith(("ed", "ing")) or self.is_lemma(low):
            return tuple(reading for reading in readings if not reading.kind)
        return tuple(r for r in readings if r.kind or r.lemma == low or not self._is_verb(r))

    def fits(self, words: Sequence[str], at: int, keys: Collection[str]) -> bool:
        """Whether the word before allows a verb where only the verb is meant."""
        if words[at].lower().endswith(("ed", "ing")) or not all(key.startswith("to ") for key in keys):
            return True
        return at == 0 or words[at - 1].lower() not in self._before_noun

    def _verb(self, reading: Reading) -> Reading:
        return Reading(key=f"to {reading.key}", lemma=reading.lemma, kind="verb")

    def _is_verb(self, reading: Reading) -> bool:
        stem = reading.lemma.removesuffix("e")
        gerund = stem + stem[-1:] * bool(_DOUBLES.fullmatch(stem)) + "ing"
        return self.entry(gerund) == reading.lemma

    def _is_noun(self, form: str) -> bool:
        return form.endswith("ing") and self.entry(form + "s") == form

    def _is_adjective(self, form: str) -> bool:
        return form.endswith("ing") and self.entry(form + "ly") is not None
