"""Joins nouns: the nominative, the other cases, the plural, forms that stand alone; adds what is always there."""

import re
from collections.abc import Collection, Iterable

from tools.belarusian_dictionary.spelling import Entry
from tools.belarusian_dictionary.stems import VOWELS, Words, folded, likest, stems_of_noun

#: Flags of the singular; of the feminine; of whatever a head in an oblique case has.
_SINGULAR, _FEMININE, _OBLIQUE = frozenset("DEHOUT"), frozenset("DEF"), frozenset("GHLOPQU")
#: Endings as the rules see them, and last letters of forms that stand alone.
_OF_NOUNS = frozenset("а у ам ау амі ах я ю ям яу ямі ях і ы ай яй аю яю ь й".split()) | {""}
_LAST = "аяуюіыеёойьмўх"
_IRREGULAR_NOUNS = (
    "дзіця дзіцяці дзіцем дзіцём дзеці дзяцей дзецям дзяцям дзецьмі дзяцьмі дзецях дзяцях,"
    "вока вочы вачэй вачам вачыма вачамі вачах воч,вуха вушы вушэй вушам вушамі вушыма вушах,кроў крыві крывёю крывёй,"
    "дзень дня дню днём дні дзён днёў дням днямі днях,маці маткі,імя імені імем іменем імёны імёнаў імёнамі імёнах"
)


def nouns_of(entries: Iterable[Entry], lone: set[str], uninflected: Collection[str]) -> Words:
    """Return nouns with all their forms; what stood alone is no longer among the lone words."""
    nouns, oblique, plurals = Words(stems_of_noun, _OF_NOUNS), [], []
    for entry in entries:
        if entry.head[-1] in "аяую" and entry.flags <= _OBLIQUE and not entry.has(_FEMININE):
            oblique.append(entry)
        elif entry.has(_SINGULAR):
            nouns.forms[entry.head] |= entry.forms
        else:
            plurals.append(entry)
    for noun, *forms in map(str.split, _IRREGULAR_NOUNS.split(",")):
        nouns.forms[noun].update((noun, *forms))
        lone -= {noun, *forms}
    nouns.learn(word for word in (*nouns.forms, *lone) if word[-1] not in VOWELS)
    for entry in oblique:
        able = nouns.of(entry.head) - {entry.head}
        alike = {noun for noun in able if (noun[-1] in "ьй") == (entry.head[-1] in "яю")}
        noun = likest(alike or able, entry.head) if able else entry.head
        nouns.forms[noun] |= entry.forms | {noun}
    nouns.learn(word for word in (*nouns.forms, *lone) if word[-1] in VOWELS)
    _join_plurals(nouns, plurals)
    lone -= nouns.forms.keys()
    _join_lone(nouns, {word for word in lone if len(word) > 2} - set(uninflected))
    lone -= set().union(*nouns.forms.values())
    return nouns


def _join_plurals(nouns: Words, plurals: Iterable[Entry]) -> None:
    """Give each plural to a noun without one, or to all that have its stem, else to a word that stands alone."""
    lacking = {noun for noun, forms in nouns.forms.items() if not _plural(forms)}
    for entry in plurals:
        able = nouns.of(entry.head) - {entry.head}
        sure = {noun for noun in able if folded(entry.head)[:-1] in {folded(noun), folded(noun)[:-1]}}
        able = able & lacking or sure or able - nouns.forms.keys()
        for noun in sure & able or ({likest(able, entry.head)} if able else {entry.head}):
            nouns.forms[noun] |= entry.forms | {noun}


def _join_lone(nouns: Words, words: set[str]) -> None:
    """Give each word that stands alone to a noun whose form it may be."""
    for word in sorted(words):
        if able := nouns.of(word) - {word}:
            noun = likest(able & nouns.forms.keys() or able, word)
            known = noun in nouns.forms
            bare = known and noun[-1] in "аяо" and len(noun) > 3  # the genitive of the plural: `ног`
            if bare or (len(word) > 3 and word[-1] in _LAST and (known or len(word) >= len(noun))):
                nouns.forms[noun] |= {noun, word}


def _plural(forms: Iterable[str]) -> bool:
    return any(form.endswith(("амі", "ямі")) for form in forms)


def completed(noun: str, forms: set[str]) -> set[str]:
    """Return the forms and those that always stand beside them."""
    full = forms | {noun}
    for form in forms:
        ends = [end for end in ("ах", "амі", "ях", "ямі") if form.endswith(end) and form != noun]
        for end, stem in ((end, form.removesuffix(end)) for end in ends):
            full |= {stem + end[0] + case for case in ("м", "мі", "х")}
            if not {stem + "оў", stem + "ёў", stem + "ей"} & forms:
                full.add(stem + end[0] + "ў")
        if noun[-1] not in VOWELS and form.endswith(("ам", "ом", "ем", "ём")):  # the genitive has -а or -у
            pair = {form[:-2] + end for end in ("ау" if form[-2] in "ао" else "яю")}
            full |= pair if pair & forms else set()
    if noun[-1] in "гх" and noun + "у" in full:
        full.add(noun[:-1] + {"г": "зе", "х": "се"}[noun[-1]])
    return full if _plural(full) else full | _plural_of(noun, full)


def _plural_of(noun: str, forms: set[str]) -> set[str]:
    """Return the plural that a noun would have of which the dictionary has none."""
    if noun[0].isupper() or len(noun) < 4 or noun[-1] in "ыіоёуюэў" or noun.endswith("асць"):
        return set()
    stem = noun[:-1] if noun[-1] in "ьйаяе" else noun
    if noun[-1] not in "аяей" and forms.isdisjoint(stem + end for end in ("і" if noun[-1] == "ь" else "а") + "ую"):
        return set()
    soft = noun[-1] in "яьй" or (noun[-1] == "е" and stem[-1] not in "жшчцр")
    ends = "і ям ямі ях яў" if soft else "ы ам амі ах аў"
    stressed = len(re.findall(f"[{VOWELS}]", noun)) == 1
    stems = {stem, stem.translate(str.maketrans("оёэ", "аяа")) if stressed else stem}
    zero = {re.sub("в$", "ў", stem)} if noun[-1] == "а" and re.search("[аеёіоуыэюя][^аеёіоуыэюяй]$", stem) else set()
    return {re.sub("([гкх])ы$", r"\1і", stem + end) for end in ends.split() for stem in stems} | zero
