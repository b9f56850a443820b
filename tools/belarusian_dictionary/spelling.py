"""Reads a dictionary for spelling as hunspell has it: affixes by flags (hunspell(5)), and words with their flags."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

ADJECTIVES, SURNAMES, ADVERB = frozenset("VZ"), frozenset("S"), frozenset("X")
VERBS = frozenset("cefghbdjxynklmswqotvK")
#: What makes infinitives of verbs, among other forms.
_INFINITIVES = "jq"
#: What may stand before a word; and ў for its first letter, which only says how the word before it ends.
_PREFIXES, _SHORT = {"A": "не", "p": "па", "z": "за", "i": "і"}, "u"


class Entry(NamedTuple):
    """A line of the dictionary with its forms; a reflexive verb is left to the plain one."""

    head: str
    flags: frozenset[str]
    forms: frozenset[str]

    def has(self, flags: Collection[str]) -> bool:
        """Whether it has one of the flags."""
        return not self.flags.isdisjoint(flags)


class Rule(NamedTuple):
    """How a suffix is put to a word."""

    strip: str
    add: str
    where: re.Pattern[str]


def suffixes(lines: Iterable[str]) -> dict[str, list[Rule]]:
    """Return the suffixes of each flag."""
    found = defaultdict(list)
    for _, flag, *rest in (line.split() for line in lines if line.startswith("SFX")):
        if len(rest) > len(("Y", "1")):  # else it is the header of a flag
            strip, add, where = (part.replace("0", "") for part in rest[:3])
            found[flag].append(Rule(strip, add, re.compile(where + "$")))
    return found


def entries(lines: Iterable[str], rules: dict[str, list[Rule]]) -> Iterator[Entry]:
    """Yield the entries, one for each prefix, and one for each adverb of an adjective."""
    for line in filter(None, map(str.strip, lines)):
        word, _, letters = line.partition("/")
        if _SHORT in letters:
            word = (
                word.replace("ў", "у", 1) if word[0] == "ў" else word.replace("Ў", "У", 1) if word[0] == "Ў" else word
            )
        flags = frozenset(letters) - {_SHORT, *_PREFIXES}
        for head in (word, *(_PREFIXES[flag] + word for flag in letters if flag in _PREFIXES)):
            yield _entry(head, flags - ADVERB, rules)
            for adverb in _formed(head, "X", rules) if flags & ADVERB else ():
                yield Entry(adverb, ADVERB, frozenset({adverb}))


def _entry(head: str, flags: frozenset[str], rules: dict[str, list[Rule]]) -> Entry:
    forms = [(form, flag) for flag in flags for form in _formed(head, flag, rules)]
    if not flags & VERBS:
        return Entry(head, flags, frozenset({head, *(form for form, _ in forms)}))
    plain = unreflexive(head, infinitive=True)
    return Entry(
        plain, flags, frozenset({plain, *(unreflexive(form, infinitive=flag in _INFINITIVES) for form, flag in forms)})
    )


def _formed(word: str, flag: str, rules: dict[str, list[Rule]]) -> Iterator[str]:
    """Yield what the suffixes of a flag make of a word."""
    for strip, add, where in rules.get(flag, ()):
        if word.endswith(strip) and where.search(word):
            yield word.removesuffix(strip) + add


def unreflexive(form: str, *, infinitive: bool = False) -> str:
    """Return the form of the plain verb; in -цца there are infinitives and others."""
    if form.endswith("цца"):
        return form[:-3] + ("" if not infinitive and re.search("([еэ]|[жшч]а)цца$", form) else "ць")
    return form.removesuffix("ся")
