"""How well Slavic words stand beside each other: government, agreement, the genitive after a noun.

The numbers say how much likelier than by chance a pair is; they are rough, and what depends on them hardly feels it.
"""

from collections.abc import Sequence
from functools import lru_cache

#: OpenCorpora's grammemes of a form; a preposition's are those of the cases that it governs as well.
Tag = frozenset[str]
#: The ways to read a word, each with its share of the likelihood of all.
Shares = Sequence[tuple[Tag, float]]

_CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct", "voct"})
_GENDERS = frozenset({"masc", "femn", "neut"})
_ADJECTIVES = frozenset({"ADJF", "PRTF"})
_NOMINALS = _ADJECTIVES | {"NOUN", "NPRO", "NUMR"}
_VERBS = frozenset({"VERB", "INFN"})
_PERSONS = frozenset({"1per", "2per", "3per"})
#: Pairs that are compared are few: tags of one language are some thousands, those that meet far fewer.
_KEPT = 20_000


def among_neighbours(before: Shares, word: Shares, after: Shares) -> list[float]:
    """Return the shares that the ways to read a word have between its neighbours; `before` and `after` may be empty."""
    weights = [
        share
        * sum(other * _bond(left, tag) for left, other in before or [(tag, 1.0)])
        * sum(other * _bond(tag, right) for right, other in after or [(tag, 1.0)])
        for tag, share in word
    ]
    total = sum(weights)
    return [weight / total for weight in weights]


@lru_cache(_KEPT)
def _bond(left: Tag, right: Tag) -> float:
    if "PREP" in left:
        return _governed(left, right)
    if left & _ADJECTIVES:
        return _described(left, right)
    if "nomn" in left and "VERB" in right:
        return 3 if _is_subject(left, right) else 0.1
    if "NOUN" in left and "NOUN" in right:
        return 2 if "gent" in right else 0.5
    return 1


def _governed(preposition: Tag, word: Tag) -> float:
    if word & _NOMINALS:
        return 3 if _cases(preposition) & _cases(word) else 0.03
    return 0.03 if word & _VERBS else 1


def _described(adjective: Tag, word: Tag) -> float:
    if "NOUN" in word:
        return 5 if _agree(adjective, word) else 0.4
    return 2 if word & _ADJECTIVES and _agree(adjective, word) else 0.3


def _agree(adjective: Tag, word: Tag) -> bool:
    if not _cases(adjective) & _cases(word) or ("plur" in adjective) != ("plur" in word):
        return False
    if {"anim", "inan"} <= adjective | word and "accs" in adjective & word:
        return False
    return "plur" in word or _same_gender(adjective, word)


def _is_subject(nominative: Tag, verb: Tag) -> bool:
    if verb & _PERSONS and not (nominative & _PERSONS or {"3per"}) & verb:
        return False
    if "impr" in verb or ("plur" in nominative) != ("plur" in verb):
        return False
    return "plur" in verb or _same_gender(nominative, verb)


def _same_gender(one: Tag, other: Tag) -> bool:
    ours, theirs = one & _GENDERS, other & _GENDERS
    return not ours or not theirs or bool(ours & theirs)


def _cases(tag: Tag) -> Tag:
    second = {"gen2": "gent", "loc2": "loct"}
    return tag & _CASES | {second[case] for case in second if case in tag}
