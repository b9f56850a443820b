"""French words."""

import re
from collections.abc import Iterator

from monitor.morphology.language import Reading
from monitor.morphology.romance import Romance

#: Capitals are often written without accents.
_UNACCENTED = str.maketrans("ÀÂÇÈÉÊÎÔÙàâçèéêîôù", "AACEEEIOUaaceeeiou")
_FEMININE = re.compile("(.{2,})(ière|ive|ale|elle|euse|enne|onne|aise|oise|aine|ante|ente|ète|ée)s?")
_MASCULINE = {
    "ière": "ier", "ive": "if", "ale": "al", "elle": "el", "euse": "eux", "enne": "en", "onne": "on", "aise": "ais",
    "oise": "ois", "aine": "ain", "ante": "ant", "ente": "ent", "ète": "et", "ée": "é",
}  # fmt: skip
_PARTICIPLE = re.compile("(.+)ée?s?")
#: Participles of the other verbs, as in "rendu", "mis", "écrit"; their feminine is no other word's form.
_IRREGULAR = re.compile("(.+?(?:[iu]|[iu]s|[^n]t))s?")
_PRESENT = re.compile("(.{3,})es?")
_GERUND = re.compile("(.+)ant")
#: Prepositions that were participles once.
_PREPOSITIONS = frozenset({"durant", "pendant"})
_BEFORE_NOUN = (
    "le la les l un une des du au aux ce cet cette ces mon ton son ma ta sa mes tes ses notre votre nos vos leur "
    "leurs quel quelle quels quelles chaque plusieurs aucun aucune deux trois quatre cinq six dix "
    "de d en par pour sans sur sous avec à dans entre vers"
)
_BEFORE_VERB = "je j tu il elle on nous vous ils elles qui ne n se s me m te t y lui"


class French(Romance):
    """French, by simplemma's dictionary and the endings of its nouns, adjectives and verbs."""

    auxiliaries = frozenset(("être", "avoir", "aller", "faire"))
    endings = ("s", "x", "e", "es", "ent", "ait", "ons", "era", "ant", "é", "ée", "és", "ées")
    before_noun = frozenset(_BEFORE_NOUN.split())
    before_verb = frozenset(_BEFORE_VERB.split())

    def __init__(self) -> None:
        super().__init__("fr")

    def lemmas(self, form: str) -> tuple[str, ...]:
        """Return the dictionary's lemmas of a form; "oe" may be meant for "œ", a plain first letter for an accent."""
        if "oe" in form and (found := super().lemmas(form.replace("oe", "œ"))):
            return found
        return super().lemmas(form) or (super().lemmas("é" + form[1:]) if form[0] in "Ee" else ())

    def reading(self, lemma: str) -> Reading:
        """Return the reading of a form of this lemma; its key has no accent on the first letter."""
        reading = super().reading(lemma)
        key = reading.key[0].translate(_UNACCENTED) + reading.key[1:].replace("œ", "oe")
        return Reading(key=key, lemma=lemma, kind=reading.kind)

    def singulars(self, form: str) -> Iterator[str]:
        """Spell what may be the singular."""
        if form[-1] in "sx":
            yield form[:-1]

    def masculines(self, form: str) -> Iterator[str]:
        """Spell what may be an adjective's masculine."""
        if feminine := _FEMININE.fullmatch(form):
            yield feminine[1] + _MASCULINE[feminine[2]]

    def infinitives(self, form: str) -> Iterator[str]:
        """Spell the infinitive of a participle; find others by further forms of the verb."""
        if form in _PREPOSITIONS:
            return
        if participle := _PARTICIPLE.fullmatch(form):
            yield participle[1] + "er"
        elif participle := _IRREGULAR.fullmatch(form):
            feminine = (self.entry(participle[1] + ending) or "" for ending in ("e", "es"))
            yield from (lemma for lemma in feminine if not lemma.endswith("er"))
        if finite := _PRESENT.fullmatch(form) or _GERUND.fullmatch(form):
            yield self.entry(finite[1] + "ent") or self.entry(finite[1] + "ait") or ""

    def conjugates(self, infinitive: str) -> bool:
        """Whether the dictionary has its imperfect or its future."""
        forms = (
            infinitive[:-2] + "ait",
            infinitive[:-3] + "ait",
            infinitive[:-2] + "eait",
            infinitive.rstrip("e") + "a",
        )
        return infinitive.endswith(("er", "ir", "re")) and infinitive in map(self.entry, forms)

    def attributes(self, form: str) -> bool:
        """Whether it looks like a participle."""
        return any(look.fullmatch(form) for look in (_PARTICIPLE, _IRREGULAR, _GERUND))
