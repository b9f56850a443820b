"""Czech words."""

import re

from monitor.morphology.inflected import Inflected

#: Endings that verbs in -ovat alone have.
_OVAT = re.compile(r"(?<=\w\w)(?:uji|uješ|uje|ujeme|ujete|ují|oval[aioy]?)$")


class Czech(Inflected):
    """Czech, by simplemma's dictionary and rules of declension and conjugation."""

    superlative = "nej"
    denial = "ne"
    table = (
        # Adjectives.
        ("ý", "ého", "ý á é í ou ém ému ým ých ými ější ějšího ějšímu ějším ějších ějšími"),
        ("ý", "ém", "ého"),
        ("í", "ího", "í ím ímu ích ími"),
        ("í", "ím", "í ího"),
        # Nouns: masculine, feminine, neuter; k, h, ch and g soften.
        ("-", "em", "- u e ě y ovi ů ům ech i a vi"),
        ("-", "ů", "- em"),
        ("-", "u", "- em"),
        ("ec", "cem", "ce ci ců cům"),
        ("k", "kem", "ci cích"),
        ("ch", "chem", "ších"),
        ("g", "gem", "zích"),
        ("ek", "kem", "ky ku kům"),
        ("ek", "ku", "kem cích"),
        ("sek", "skem", "scích"),
        ("a", "ou", "a - y e ě u o ovi ám ách ami"),
        ("a", "y", "ou ami"),
        ("a", "u", "ou"),
        ("ka", "kou", "ce ek"),
        ("ha", "hou", "ze"),
        ("ra", "rou", "ře"),
        ("ová", "ovou", "ové ovou"),
        ("e", "i", "e í ím ích emi"),
        ("e", "e", "i í"),
        ("o", "em", "o - a u y ech ům"),
        ("o", "a", "em"),
        ("y", "ů", "y"),
        ("i", "im", "iho"),
        # Verbs.
        ("t", "l", "t la lo li ly"),
        ("t", "la", "l"),
        ("at", "al", "ám áš á áme áte ají"),
        ("it", "il", "ím íš í íme íte"),
        ("et", "el", "ím íš í íme íte ejí"),
        ("ět", "ěl", "ím íš í íme íte ějí"),
        ("nout", "nul", "í"),
        ("ovat", "oval", "uji uješ uje ujeme ujete ují"),
    )

    def __init__(self) -> None:
        super().__init__("cs")

    def guess(self, form: str) -> str | None:
        """Return the lemma that rules give for a form which the dictionary lacks; many verbs in -ovat are not there."""
        return _OVAT.sub("ovat", form) if _OVAT.search(form) else super().guess(form)

    def stem(self, form: str) -> str:
        """Return the key of all unknown words with the stem of this one: `Navalnyj` has the forms of `Navalný`."""
        return super().stem(form[:-2] + "ý" if form.endswith(("yj", "ij")) else form)
