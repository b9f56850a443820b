"""What matching costs: entries a second with 10 to 100,000 terms, beside what one would write without us.

    python -m bench match [--corpus DIR] [--entries N]

Text and terms are generated, English, Russian and Ukrainian, the same every time; `--corpus` takes the sentences of the
*.sents.jsonl.gz files of a folder instead. Times are one core's CPU time; ours include the guess of the language and
all forms of a word, those beside it look for letters: `in` for each term, one alternation of `re`, an Aho-Corasick
automaton (ahocorasick-rs) and hyperscan. They find fewer, and more that is wrong.
"""

import argparse
import gzip
import json
import random
import re
import time
import tracemalloc
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path

import ahocorasick_rs
import hyperscan

from monitor.match import Matcher
from monitor.model.entry import Entry
from monitor.model.match import Decision
from monitor.model.watchlist import Watchlist
from monitor.text.language import plausible

SIZES = (10, 1_000, 10_000, 100_000)
WORDS_IN_ENTRY = 200
FOUND = 50
MEASURED = 10_000
#: Of a vocabulary, as syllables that words are made of.
SYLLABLES = (
    "re in con ter ment ing ed war gov sol dier pro test er ly to and na tion ci ty mi li",
    "мо би ли за ция по ре ст но го ва ть ми ни ра сол да ты в на про те пре зи",
    "мо бі лі за ція по ре ст но го ва ти мі ні ра сол да є в на про те пре зи",
)


def generated(count: int, chance: random.Random) -> list[str]:
    """Make entries in three languages; as in any language, a word's frequency falls with its rank."""
    texts: list[str] = []
    for syllables in SYLLABLES:
        words = {"".join(chance.choices(syllables.split(), k=chance.randint(1, 5))) for _ in range(40_000)}
        ranked = sorted(words, key=lambda word: (len(word), word))
        weights = list(accumulate(1 / rank for rank in range(1, len(ranked) + 1)))
        texts += (
            " ".join(chance.choices(ranked, cum_weights=weights, k=WORDS_IN_ENTRY)) + "." for _ in range(count // 3)
        )
    return texts


def collected(folder: Path, count: int, chance: random.Random) -> list[str]:
    """Put the sentences of a folder together to entries of one language each."""
    texts: list[str] = []
    for file in sorted(folder.glob("*.sents.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            words = [word for line in lines for word in json.loads(line)["text"].split()]
        texts += (
            " ".join(words[start : start + WORDS_IN_ENTRY])
            for start in range(0, len(words) - WORDS_IN_ENTRY, WORDS_IN_ENTRY)
        )
    return chance.sample(texts, min(count, len(texts)))


def terms_of(texts: list[str], chance: random.Random) -> list[str]:
    """Make terms of one to three words that stand somewhere in the texts; all but the first FOUND have a strange word.

    So terms almost match everywhere, and the number of matches, which have their price, is about the same at all sizes.
    """
    terms: dict[str, None] = {}
    words = [re.findall(r"\w+", text.casefold()) for text in texts]
    while len(terms) < max(SIZES):
        some = chance.choice(words)
        start = chance.randrange(len(some))
        chosen = some[start : start + chance.choice((1, 1, 2, 3))]
        if len(terms) >= FOUND:
            place = chance.randrange(len(chosen))
            chosen[place] = chance.choice(("zx", "xq") if chosen[place].isascii() else ("жщ", "щж")) + chosen[place]
        term = " ".join(chosen)
        if len(term) > 4:
            terms[term] = None
    return list(terms)


def rate(match: Callable[[str], object], texts: list[str], *, seconds: float) -> float:
    """Return texts a second of CPU time, over so many seconds and at least one text."""
    done, spent, start = 0, 0.0, time.process_time()
    while spent < seconds:
        match(texts[done % len(texts)])
        done += 1
        spent = time.process_time() - start
    return done / spent


def ours(terms: list[str]) -> Callable[[str], tuple[Decision, ...]]:
    matcher = Matcher([Watchlist(name="bench", any=tuple(terms))])
    return lambda text: matcher.decide(Entry(text=text))


def substring(terms: list[str]) -> Callable[[str], object]:
    folded = [term.casefold() for term in terms]

    def match(text: str) -> list[int]:
        text = text.casefold()
        return [index for index, term in enumerate(folded) if term in text]

    return match


def alternation(terms: list[str]) -> Callable[[str], object]:
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE).findall


def aho_corasick(terms: list[str]) -> Callable[[str], object]:
    automaton = ahocorasick_rs.AhoCorasick([term.casefold() for term in terms])
    return lambda text: automaton.find_matches_as_indexes(text.casefold(), overlapping=True)


def hyperscanned(terms: list[str]) -> Callable[[str], object]:
    database = hyperscan.Database()
    # As literals: as patterns, in any case, 100,000 terms take it a quarter of an hour and gigabytes to compile.
    literals = [term.casefold().encode() for term in terms]
    database.compile(expressions=literals, ids=range(len(terms)), literal=True)
    scratch = hyperscan.Scratch(database)

    def match(text: str) -> list[int]:
        found: list[int] = []
        database.scan(text.casefold().encode(), lambda number, *_: found.append(number), scratch=scratch)
        return found

    return match


BASELINES = (substring, alternation, aho_corasick, hyperscanned)


def compiled(terms: list[str], texts: list[str]) -> Callable[[str], tuple[Decision, ...]]:
    """Return a matcher that has read its terms in every language that the texts are in."""
    match = ours(terms)
    for text in {plausible(text): text for text in texts}.values():
        match(text)
    return match


def memory(terms: list[str], texts: list[str]) -> float:
    """Return MB that a compiled matcher of these terms holds, beside the dictionaries."""
    tracemalloc.start()
    match = compiled(terms, texts)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    match("")
    return held / 1e6


def report(terms: list[str], texts: list[str]) -> None:
    """Print a row."""
    start = time.process_time()
    match = compiled(terms, texts)
    done = time.process_time()
    found = sum(len(decision.matches) for text in texts for decision in match(text))
    cold = len(texts) / (time.process_time() - done)
    warm = rate(match, texts, seconds=2)
    # To watch every allocation takes minutes for more.
    held = f"{memory(terms, texts):4.0f} MB" if len(terms) <= MEASURED else "not taken"
    row = f"{len(terms):8,} {done - start:7.2f} s {held} {found / len(texts):9.1f}"
    print(row + f" {cold:9,.0f} {warm:9,.0f}", end="", flush=True)
    for baseline in BASELINES:
        speed = rate(baseline(terms), texts, seconds=2)
        print(f"{speed:10,.0f} ({warm / speed:5,.1f} x)", end="", flush=True)
    print()


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="folder with *.sents.jsonl.gz")
    parser.add_argument("--entries", type=int, default=900, help="distinct entries (default 900)")
    options = parser.parse_args(arguments)
    chance = random.Random(1)
    texts = collected(options.corpus, options.entries, chance) if options.corpus else generated(options.entries, chance)
    chance.shuffle(texts)
    every = terms_of(texts, chance)
    print(f"{len(texts)} entries of {WORDS_IN_ENTRY} words; entries a second of one core's time")
    print("   terms   compile  memory   matches      cold      warm      substring loop    re alternation", end="")
    print("     Aho-Corasick          hyperscan")
    for size in SIZES:
        report(every[:size], texts)
    return 0
