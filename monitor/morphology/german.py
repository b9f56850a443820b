"""German words."""

from monitor.morphology.inflected import Inflected
from monitor.morphology.language import Reading

#: Letters of an adjective without its ending; `der` is none.
_SHORTEST = 3


class German(Inflected):
    """German, by simplemma's dictionary and rules; a capital tells nouns from other words.

    Nouns made of adjectives are forms of these (`der Grüne`); parts of compounds and of split verbs are not looked for.
    """

    table = (
        # Adjectives, and participles beside their verbs.
        ("-", "em", "- e en er es"),
        ("-", "es", "em"),
        ("end", "endem", "end"),
        # Verbs beside adjectives: `lieben`, `heißen`.
        ("en", "te", "en"),
        ("en", "t", "en"),
        ("ieren", "ierte", "iert"),
    )
    endings = ("s", "n")

    def __init__(self) -> None:
        super().__init__("de")

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return what dictionary and rules say; a word all in capitals may be a noun or not.

        A noun's dictionary form (`FORM`) is rather that than the imperative of a verb (`formen`).
        """
        if len(form) == 1 or not form.isupper() or self.is_lemma(form):  # an acronym
            return super().readings(form)
        noun, small = form.capitalize(), form.lower()
        commanded = {small + "en", small + "n"} if self.is_lemma(noun) else set()
        others = (reading for reading in super().readings(small) if reading.lemma not in commanded)
        return tuple(dict.fromkeys((*super().readings(noun), *others)))

    def lemmas(self, form: str) -> tuple[str, ...]:
        """Return the dictionary's lemmas; of a word without a capital also what rules find, and a strong verb."""
        if form[:1].isupper() and (listed := self.listed(form)):
            return tuple(dict.fromkeys(listed))
        plural = form + "en"  # of the past tense: `gaben`
        verb = self.entry(plural) or ""
        strong = [verb] if verb.endswith("en") and verb not in {form, plural} else []
        return tuple(dict.fromkeys((*super().lemmas(form), *strong)))

    def listed(self, form: str) -> list[str]:
        """Return the dictionary's lemma of the form as it is written, else of it in lower case; names have an -s."""
        exact = self.entry(form)
        found = [exact] if exact else super().listed(form) or super().listed(form.lower().replace("ss", "ß"))
        if form[:1].isupper() and form.endswith("s") and exact in {None, form} and (name := self.entry(form[:-1])):
            return [name, *found]
        return found

    def of_term(self, form: str) -> tuple[Reading, ...]:
        """Return the word itself if it is a lemma, and a verb for its participle in the past.

        Else it is what the dictionary says, and the noun that was typed without its capital.
        """
        meant = [*super().of_term(form)]
        if form.islower() and not form.endswith("end"):
            meant += map(self.reading, self.listed(form)[:1])
        noun = form.capitalize()
        if form not in self.lemmas(form) and self.entry(noun) == noun:
            meant.append(self.reading(noun))
        return tuple(dict.fromkeys(meant))

    def reading(self, lemma: str) -> Reading:
        """Return the reading of a form of this lemma; the dictionary leaves some adjectives an ending."""
        return Reading(key=super().reading(self._bare(lemma)).key, lemma=lemma)

    def stem(self, form: str) -> str:
        """Return the key of all unknown words with the stem of this one; names have an -s."""
        return super().stem(form.removesuffix("s") if form[:1].isupper() else form)

    def _bare(self, lemma: str) -> str:
        """Return an adjective without the ending that the dictionary leaves it: `anderer`, `letzter`, `Grüne`."""
        for ending in ("er", "es", "e"):
            bare = lemma.lower().removesuffix(ending)
            if _SHORTEST <= len(bare) < len(lemma):
                proofs = self.entry(bare + "em"), self.entry(bare.capitalize() + "em")
                if any(proof.lower().startswith(bare) for proof in proofs if proof):
                    return bare
        return lemma
