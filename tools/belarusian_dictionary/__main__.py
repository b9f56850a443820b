"""Derive the Belarusian dictionary of words: python -m tools.belarusian_dictionary be.aff be.dic OUT."""

import argparse
import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from os.path import commonprefix
from pathlib import Path

from tools.belarusian_dictionary.nouns import completed, nouns_of
from tools.belarusian_dictionary.spelling import ADJECTIVES, ADVERB, SURNAMES, VERBS, Entry, entries, suffixes
from tools.belarusian_dictionary.stems import Words, alike
from tools.belarusian_dictionary.verbs import verbs_of

#: A word's kind (see `monitor/morphology/data/belarusian.md`), its dictionary form and its forms.
Word = tuple[str, str, set[str]]

_PARTICIPLE = re.compile("([аяеёоіыу][нт]|[еёо]рт)ы$")
_OF_PARTICIPLES = frozenset("аны яны ны ты уты".split())
#: Frequent words that look like forms of others.
_UNINFLECTED = frozenset(
    "адна адны акрамя амаль апроч больш быццам вакол вас вельмі вось гэта гэтая гэты даволі дзве дзеля дзень дзякуй "
    "замест зараз заўсёды заўтра зноў каля калі куды лепш мае мала мая маё менш можа мяне нават нас нехта нешта "
    "няхай ніхто паміж пасля перад побач потым праз самі свае свая сваё супраць сярод сёння тады таксама таму тваё "
    "толькі увесь усяго усёй усім усіх учора хоць цераз чаму шмат яна яны яшчэ".split()
)


def main() -> None:
    """Read, join and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("aff", "dic", "out"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    rules = suffixes(given.aff.read_text(encoding="utf-8").splitlines())
    found = list(entries(given.dic.read_text(encoding="utf-8").splitlines()[1:], rules))
    lines = "\n".join(paradigms(words_of(found)))
    given.out.write_bytes(gzip.compress(lines.encode(), 9, mtime=0))


def words_of(found: list[Entry]) -> Iterator[Word]:
    """Yield the words."""
    lone = {entry.head for entry in found if not entry.flags}
    adverbs = {entry.head for entry in found if entry.flags == ADVERB}
    verbs = verbs_of(_only(found, VERBS), lone, _UNINFLECTED)
    adjectives: defaultdict[str, set[str]] = defaultdict(set)
    for entry in _only(found, ADJECTIVES, but=VERBS | SURNAMES):
        adjectives[entry.head] |= entry.forms
    others = VERBS | SURNAMES | ADJECTIVES | ADVERB
    nouns = nouns_of((entry for entry in found if entry.flags and not entry.has(others)), lone, _UNINFLECTED)
    _join_participles(verbs, adjectives)
    yield from (("V", verb, forms) for verb, forms in verbs.forms.items())
    yield from (("N", noun, completed(noun, forms)) for noun, forms in nouns.forms.items())
    yield from (("A", adjective, forms) for adjective, forms in adjectives.items())
    for entry in _only(found, SURNAMES, but=VERBS):
        yield from _surname(entry)
    known = {form for forms in (verbs.forms, nouns.forms, adjectives) for its in forms.values() for form in its}
    yield from (("", word, {word}) for word in (lone | adverbs) - known)


def _only(found: Iterable[Entry], flags: frozenset[str], but: frozenset[str] = frozenset()) -> Iterator[Entry]:
    return (entry for entry in found if entry.has(flags) and not entry.has(but))


def _join_participles(verbs: Words, adjectives: dict[str, set[str]]) -> None:
    """Give participles, which stay words of their own, to their verbs, and their neuter to them."""
    for participle in filter(_PARTICIPLE.search, adjectives):
        able = verbs.of(participle, _OF_PARTICIPLES)
        closest = max((alike(verb, participle) for verb in able), default=0)
        if able:
            adjectives[participle].add(participle[:-1] + "а")
        for verb in able:
            if alike(verb, participle) >= closest - 1:
                verbs.forms[verb] |= adjectives[participle]


def _surname(entry: Entry) -> Iterator[Word]:
    """Yield a man's name and a woman's; of one like an adjective only all forms."""
    stem = re.sub("ў$", "в", entry.head)
    if stem[-1] in "іы":
        yield "N", entry.head, set(entry.forms)
    else:
        yield "N", entry.head, {entry.head, *(stem + end for end in "а у ым е ы ых ымі".split())}
        yield "N", stem + "а", {stem + end for end in "а ай у аю".split()}


def paradigms(words: Iterable[Word]) -> list[str]:
    """Return a line for each paradigm, that of most words first."""
    stems: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for kind, lemma, forms in words:
        low, lower = lemma.lower(), {form.lower() for form in forms} | {lemma.lower()}
        stem = commonprefix(list(lower))
        # A soft sign that the spelling may drop belongs to an ending.
        while stem.endswith("ь") or (stem[-1:] in tuple("зсцнл") and any(f[len(stem) :][:1] == "ь" for f in lower)):
            stem = stem[:-1]
        shown = "P" if kind == "N" and lemma[0].isupper() else kind
        endings = sorted(form.removeprefix(stem) for form in lower - {low})
        stems[shown, low.removeprefix(stem), *endings].add(stem)
    ordered = sorted(stems.items(), key=lambda item: (-len(item[1]), item[0]))
    return [f"{kind} {','.join(endings)} {','.join(sorted(its))}" for (kind, *endings), its in ordered]


if __name__ == "__main__":
    main()
