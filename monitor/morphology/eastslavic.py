"""What Russian and Ukrainian have in common: a dictionary that knows every form, and too many words for each."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from monitor.morphology.agreement import Shares, among_neighbours
from monitor.morphology.language import Language, Reading
from monitor.morphology.pymorphy import Dictionary, Parse, Tag, dictionary

#: The first that a form has says what it is.
_KINDS = {
    "Surn": "surname", "Name": "first name", "Patr": "patronymic", "Geox": "place", "Orgn": "organisation",
    "NOUN": "noun", "Supr": "superlative", "ADJF": "adjective", "ADJS": "adjective", "COMP": "adjective",
    "PRTF": "participle", "PRTS": "participle", "VERB": "verb", "INFN": "verb", "GRND": "verb", "ADVB": "adverb",
    "NUMR": "numeral", "NPRO": "pronoun", "PREP": "preposition", "CONJ": "conjunction", "PRCL": "particle",
    "INTJ": "interjection",
}  # fmt: skip
_NAMES = frozenset({"Surn", "Name", "Patr", "Geox", "Orgn"})
_FUNCTION_WORDS = frozenset({"PREP", "CONJ", "PRCL", "INTJ", "NPRO", "Apro"})
#: Vocatives, imperatives, nouns without endings, possessive adjectives; what is colloquial, obsolete, wrong, a letter.
_SELDOM = frozenset({"voct", "impr", "Fixd", "Poss", "Infr", "Slng", "Arch", "Erro", "Abbr"})
#: Forms that no one types as a term, though texts have them.
_NOT_TYPED = frozenset({"1per", "2per", "impr", "voct"})
_VOICES_AND_TENSES = frozenset({"actv", "pssv", "past", "pres"})
#: What a participle and a superlative are forms of.
_WHOLE = {"participle": "verb", "superlative": "adjective"}
#: How much less likely that makes a reading, and a name that is written in lower case.
_RARITY = 0.1
#: The share of likelihood below which nobody means a word, in texts and in terms.
_MEANT_IN_TEXT = 0.05
_MEANT_IN_TERM = 0.1
#: The share from which a term that is a dictionary form is meant as such.
_MEANT_AS_TYPED = 0.4
#: Forms whose parses are kept, some kilobytes each; what neighbours need is kept for more, a kilobyte each.
_KEPT = 1024
_KEPT_WAYS = 16_384
#: Forms that are shown as a sample.
_SAMPLE = 12

_Weighed = Sequence[tuple[Parse, float]]


class EastSlavic(Language):
    """A language that pymorphy3 has a dictionary of.

    Participles and superlatives have keys of their own beside the verb's and the adjective's: a term that is one finds
    only such, the verb and the adjective find them too.
    """

    #: Whether the dictionary says how likely each way to read a form is, and which nouns are places.
    statistics: bool
    #: The share of likelihood below which neighbours tell that a word is not meant.
    fitting: float
    #: Prepositions, and the cases that they govern.
    prepositions: Mapping[str, Tag]

    def __init__(self) -> None:
        self._weighed = lru_cache(_KEPT)(self._weigh)
        self._ways = lru_cache(_KEPT_WAYS)(self._weigh_ways)
        self._known = lru_cache(_KEPT_WAYS)(self.knows)
        self._typed = lru_cache(_KEPT_WAYS)(self._of_term)

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return the words of this form, participles also as participles; none that nobody would mean."""
        pairs = ((reading, share) for parse, share in self._weighed(form) for reading in self._read(form, parse))
        return _meant(pairs, _MEANT_IN_TEXT)

    def knows(self, form: str) -> bool:
        """Whether the dictionary has this form."""
        return self._dictionary.knows(form)

    def readings_of_term(self, forms: Sequence[str]) -> tuple[tuple[Reading, ...], ...]:
        """Return for each word the dictionary form that it is, if it stands alone and is one, else all it may be.

        No function word, for a capital letter rather a name.
        """
        return tuple(self._typed(form, alone=len(forms) == 1) for form in forms)

    def fits(self, words: Sequence[str], at: int, keys: Collection[str]) -> bool:
        """Whether its neighbours leave these keys likely; words that the dictionary lacks always fit."""
        form = words[at]
        if not self._known(form):
            return True
        before = self._ways(words[at - 1])[0] if at else ()
        after = self._ways(words[at + 1])[0] if at + 1 < len(words) else ()
        shares, keys_of_each = self._ways(form)
        likely = among_neighbours(before, shares, after)
        return self.fitting <= sum(
            share for share, its in zip(likely, keys_of_each, strict=True) if not its.isdisjoint(keys)
        )

    def forms(self, reading: Reading) -> tuple[str, ...]:
        """Return the first dozen forms of the word."""
        for parse, _ in self._weighed(reading.lemma.lower()):
            if reading in self._read(reading.lemma, parse):
                forms = [form for form, _ in self._dictionary.lexeme(parse)]
                if reading.kind in _WHOLE:
                    forms = self._like(parse)
                elif parse.tag & _NAMES:
                    forms = [form.capitalize() for form in forms]
                return tuple(dict.fromkeys(forms))[:_SAMPLE]
        return (reading.lemma,)

    def verb_of_gerund(self, lemma: str) -> str:
        """Return the infinitive of a gerund whose lemma the dictionary says is this."""
        return lemma

    def is_seldom(self, parse: Parse) -> bool:
        """Whether a form that can be read otherwise is hardly ever read so."""
        return not _SELDOM.isdisjoint(parse.tag)

    @property
    def _dictionary(self) -> Dictionary:
        return dictionary(self.code, statistics=self.statistics)

    def _weigh(self, form: str) -> _Weighed:
        parses = self._dictionary.parses(form)
        lower = form.islower()
        weights = [
            parse.weight * (_RARITY if self.is_seldom(parse) else 1) * (_RARITY if lower and parse.tag & _NAMES else 1)
            for parse in parses
        ]
        total = sum(weights)
        return [(parse, weight / total) for parse, weight in zip(parses, weights, strict=True)]

    def _read(self, form: str, parse: Parse) -> Iterator[Reading]:
        kind = _kind(parse.tag)
        if kind in _WHOLE:
            own = self._like(parse)[0]
            yield Reading(key=_key(own), lemma=own, kind=kind)
            if self._is_adjective_now(form, parse, own):
                return
        lemma = parse.lemma
        if parse.tag >= {"Patr", "femn"}:
            lemma = next((other for other, tag in self._dictionary.lexeme(parse) if tag >= {"femn", "nomn"}), lemma)
        elif "GRND" in parse.tag:
            lemma = self.verb_of_gerund(lemma)
        shown = lemma.capitalize() if parse.tag & _NAMES else lemma
        yield Reading(key=_key(lemma), lemma=shown, kind=_WHOLE.get(kind, kind))

    def _of_term(self, form: str, *, alone: bool) -> tuple[Reading, ...]:
        parses = self._weighed(form)
        if form[:1].isupper() and self.statistics:
            parses = _narrowed(parses, [pair for pair in parses if pair[0].tag & _NAMES])
        parses = _narrowed(parses, [pair for pair in parses if not pair[0].tag & _FUNCTION_WORDS])
        total = sum(share for _, share in parses)
        pairs = [
            (next(self._read(form, parse)), share / total * (_RARITY if parse.tag & _NOT_TYPED else 1))
            for parse, share in parses
        ]
        typed = [(reading, share) for reading, share in pairs if _is_as_typed(form, reading)]
        if alone and sum(share for _, share in typed) >= _MEANT_AS_TYPED:
            return (typed[0][0],)
        return _meant(pairs, _MEANT_IN_TERM)

    def _weigh_ways(self, form: str) -> tuple[Shares, Sequence[frozenset[str]]]:
        """Return what neighbours need to know of a form, and the keys of each way to read it.

        A preposition has the cases that it governs.
        """
        governed = self.prepositions.get(form.lower(), frozenset())
        shares: dict[tuple[Tag, frozenset[str]], float] = {}
        for parse, share in self._weighed(form):
            tag = parse.tag | governed if "PREP" in parse.tag else parse.tag
            way = tag, frozenset(reading.key for reading in self._read(form, parse))
            shares[way] = shares.get(way, 0) + share
        return [(tag, share) for (tag, _), share in shares.items()], [keys for _, keys in shares]

    def _is_adjective_now(self, form: str, parse: Parse, own: str) -> bool:
        """Whether a participle has become an adjective or a noun, as present ones do once a dictionary says so."""
        wanted = {"ADJF", "ADJS", "NOUN"} if "pres" in parse.tag else {"Apro"}
        return "Supr" not in parse.tag and any(
            other.lemma == own and other.tag & wanted for other, _ in self._weighed(form)
        )

    def _like(self, parse: Parse) -> list[str]:
        """Return the forms of the same participle or superlative, its own dictionary form first."""
        lexeme = self._dictionary.lexeme(parse)
        if "Supr" in parse.tag:
            stems = [form[: -len("ий")] for form, tag in lexeme if tag >= {"Supr", "masc", "nomn"}]
            stem = next(stem for stem in stems if parse.form.startswith(stem))
            return [form for form, tag in lexeme if "Supr" in tag and form.startswith(stem)]
        alike = {"PRTF", *parse.tag & _VOICES_AND_TENSES}
        return [form for form, tag in lexeme if tag >= alike] or [parse.lemma]


def by_preposition(governed: Mapping[str, str]) -> Mapping[str, Tag]:
    """Turn prepositions by the case that they govern into cases by preposition."""
    words = {word for listed in governed.values() for word in listed.split()}
    return {word: frozenset(case for case, listed in governed.items() if word in listed.split()) for word in words}


def _meant(pairs: Iterable[tuple[Reading, float]], least: float) -> tuple[Reading, ...]:
    """Return one reading for each key, the likeliest key first, and none whose key has less than the least share."""
    first: dict[str, Reading] = {}
    shares: dict[str, float] = {}
    for reading, share in pairs:
        first.setdefault(reading.key, reading)
        shares[reading.key] = shares.get(reading.key, 0) + share
    keys = sorted(first, key=lambda key: -shares[key])
    return tuple(first[key] for key in keys if shares[key] >= least * shares[keys[0]])


def _narrowed(parses: _Weighed, wanted: _Weighed) -> _Weighed:
    """Return the wanted parses if they are likely at all, else all."""
    return wanted if sum(share for _, share in wanted) >= _MEANT_IN_TEXT else parses


def _is_as_typed(form: str, reading: Reading) -> bool:
    """Whether a form is the dictionary form of this reading, as people type it."""
    return reading.key == _key(form) and reading.kind != "adverb"


def _key(lemma: str) -> str:
    return lemma.lower().replace("ё", "е")


@cache
def _kind(tag: Tag) -> str:
    return next((kind for grammeme, kind in _KINDS.items() if grammeme in tag), "")
