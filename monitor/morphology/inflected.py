"""What a dictionary with one lemma a form leaves out, told by rules of inflection that the dictionary itself proves.

Czech `fyziky` is there as a form of `fyzika` alone, yet it is one of `fyzik` as well. `fyzikem` proves that there is
such a noun: it can be a form of nothing else.
"""

from typing import ClassVar

from monitor.morphology.language import Reading
from monitor.morphology.simple import Simple
from monitor.text.fold import fold


class Inflected(Simple):
    """A language of rich inflection, by dictionary and rules.

    A row of its table has the ending of a lemma, the ending of the form that proves it, and endings of forms that such
    a lemma has too; "-" is no ending. The lemma's own among them says that a form is a lemma, whatever else it is.
    """

    table: ClassVar[tuple[tuple[str, str, str], ...]]
    #: What a superlative begins with; the rest of it is the comparative.
    superlative: ClassVar[str] = ""
    #: What a word begins with if it is denied and else the same word.
    denial: ClassVar[str] = ""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self._rules: dict[str, list[tuple[str, str]]] = {}
        for lemma, proof, endings in self.table:
            for ending in endings.split():
                self._rules.setdefault(ending.strip("-"), []).append((lemma.strip("-"), proof))
        self._longest = max(map(len, self._rules))
        self.endings = (*self.endings, *dict.fromkeys((*(proof for _, proof, _ in self.table), *self._rules)))

    def lemmas(self, form: str) -> tuple[str, ...]:
        """Return the dictionary's lemmas, then those that rules find."""
        found = dict.fromkeys(self.listed(form))
        for lemma, proof in self._ruled(form.lower()):
            if lemma not in found and fold(self.entry(proof) or "") == fold(lemma):
                found[lemma] = None
        return tuple(found or dict.fromkeys(self._unlisted(form)))

    def listed(self, form: str) -> list[str]:
        """Return the dictionary's lemmas; also of a word in capitals as a name, of a superlative as a comparative."""
        found = [*super().lemmas(form)]
        if form.isupper() and len(form) > 1:
            found += super().lemmas(form.capitalize())
        if self.superlative and form.lower().startswith(self.superlative):
            found += super().lemmas(form[len(self.superlative) :].lower())
        return found

    def knows(self, form: str) -> bool:
        """Whether the dictionary has this form, in whatever case."""
        return bool(self.listed(form))

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return what dictionary and rules say; what has a capital and is not there with it may be an unknown name."""
        stemmed = Reading(key=self.stem(form), lemma=form)
        names = [stemmed] if form[:1].isupper() and not self.entry(form) else []
        return tuple(dict.fromkeys((*super().readings(form), *names)))

    def of_term(self, form: str) -> tuple[Reading, ...]:
        """Return the word itself if it is a lemma, else what the dictionary says, else what rules and the stem say."""
        lemmas = self.lemmas(form)
        own = [lemma for lemma in lemmas if lemma == form] or [
            lemma for lemma in lemmas if lemma.lower() == form.lower()
        ]
        return tuple(map(self.reading, own or self.listed(form)[:1])) or super().of_term(form)

    def _unlisted(self, form: str) -> tuple[str, ...]:
        """Return the lemmas that may have this form for all the dictionary says, where it lacks the form."""
        low = form.lower()
        spelled = [lemma for ruled, _ in self._ruled(low) for lemma in (ruled, ruled.capitalize())]
        found = tuple(lemma for lemma in spelled if lemma != low and self.entry(lemma) == lemma)
        if not found and self.denial and low.startswith(self.denial):
            return self.lemmas(low[len(self.denial) :])
        return found

    def _ruled(self, form: str) -> list[tuple[str, str]]:
        """Return each lemma that a form may have by its ending alone, and the form that would prove it."""
        cuts = range(max(2, len(form) - self._longest), len(form) + 1)
        rules = [(form[:cut], rule) for cut in cuts for rule in self._rules.get(form[cut:], ())]
        return [(stem + lemma, stem + proof) for stem, (lemma, proof) in rules]
