"""Spanish words."""

import re
from collections.abc import Iterator

from monitor.morphology.language import Reading
from monitor.morphology.romance import Romance

_PLURALS = (("s", ""), ("es", ""), ("ones", "ón"), ("anes", "án"), ("ines", "ín"), ("eses", "és"), ("ces", "z"))
_FEMININE = re.compile("(.+(?:an|er|ari|os|iv|ad|id|in))as?")
_PARTICIPLE = re.compile("(.*)(ad|[ií]d|uest|uelt|iert|scrit|hech|dich|vist|muert|rot)[oa]s?")
_INFINITIVE = {
    "ad": ("ar",), "id": ("er", "ir"), "íd": ("er", "ír"), "uest": ("oner",), "uelt": ("olver",), "iert": ("rir",),
    "scrit": ("scribir",), "hech": ("hacer",), "dich": ("decir",), "vist": ("ver",), "muert": ("morir",),
    "rot": ("romper",),
}  # fmt: skip
_PRESENT = re.compile("(.{2,}[ae])s?")
_WITH_PRONOUN = re.compile("(.+[aeií]r)(?:se|me|te|nos|os|l[aeo]s?)")
_BEFORE_NOUN = (
    "el la los las un una unos unas del al este esta estos estas ese esa esos esas aquel aquella mi tu su mis tus "
    "sus nuestro nuestra nuestros nuestras cada algún alguna algunos algunas ningún ninguna otra otro primer "
    "primera segunda tercera gran nueva nuevo buena dos tres cuatro cinco "
    "de en por para sin sobre con a entre hacia desde hasta"
)
_BEFORE_VERB = (
    "yo tú él ella ello usted nosotros ellos ellas ustedes que quien quienes no se me te nos os le les lo ya "
    "también sólo"
)


class Spanish(Romance):
    """Spanish, by simplemma's dictionary and the endings of its nouns, adjectives and verbs."""

    auxiliaries = frozenset(("ser", "estar", "haber", "ir"))
    endings = (
        "s", "es", "ones", "a", "as", "os", "an", "en", "ó", "aron", "ieron", "aba", "ía", "ando", "iendo", "ado",
        "ido",
    )  # fmt: skip
    before_noun = frozenset(_BEFORE_NOUN.split())
    before_verb = frozenset(_BEFORE_VERB.split())

    def __init__(self) -> None:
        super().__init__("es")

    def reading(self, lemma: str) -> Reading:
        """Return the reading of a form of this lemma; a reflexive verb is the plain one."""
        return super().reading(lemma.removesuffix("se") if lemma.endswith(("arse", "erse", "irse", "írse")) else lemma)

    def singulars(self, form: str) -> Iterator[str]:
        """Spell what may be the singular."""
        return (form.removesuffix(plural) + singular for plural, singular in _PLURALS if form.endswith(plural))

    def masculines(self, form: str) -> Iterator[str]:
        """Spell what may be an adjective's masculine."""
        if feminine := _FEMININE.fullmatch(form):
            yield feminine[1] + "o"

    def infinitives(self, form: str) -> Iterator[str]:
        """Spell the infinitive of a participle and of one with pronouns; find that of the present by its plural."""
        if participle := _PARTICIPLE.fullmatch(form):
            yield from (participle[1] + ending for ending in _INFINITIVE[participle[2]])
        if infinitive := _WITH_PRONOUN.fullmatch(form):
            yield infinitive[1]
        if present := _PRESENT.fullmatch(form):
            yield self.entry(present[1] + "n") or ""

    def conjugates(self, infinitive: str) -> bool:
        """Whether the dictionary has its future or its imperfect."""
        forms = (infinitive + "á", infinitive[:-2] + "ía", infinitive[:-2] + "aba")
        return infinitive.endswith(("ar", "er", "ir", "ír")) and infinitive in map(self.entry, forms)

    def attributes(self, form: str) -> bool:
        """Whether it looks like a participle."""
        return _PARTICIPLE.fullmatch(form) is not None
