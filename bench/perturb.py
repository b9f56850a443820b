"""What careless, hostile or merely typographic text costs the matcher: F1 beside that of the clean text.

    python -m bench perturb FOLDER [--matcher MODULE:CALLABLE] [--langs ru,uk] [--only stress,nfd] [--worst N]

FOLDER holds <lang>.sents.jsonl.gz and <lang>.terms.jsonl.gz of a gold benchmark. Each sentence is changed in each way
below, the terms stay as they are. Figures are differences of micro F1 in points; the worse of both ways to type a term.
"""

import argparse
import gzip
import html
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from itertools import cycle
from pathlib import Path
from typing import Any, Protocol
from unicodedata import normalize

from monitor.text.html import html_to_text

LATIN_LETTERS, CYRILLIC_LETTERS = "ABCEHIKMOPTXYaceiopxy", "АВСЕНІКМОРТХУасеіорху"
APOSTROPHES = "'’ʼ‘ʹ`´′＇"
WORD = re.compile(rf"(?<![\w{APOSTROPHES}])[^\W\d_]{{3,}}(?![\w{APOSTROPHES}])")

Change = Callable[[str], str]


class Matching(Protocol):
    def match(self, text: str) -> Iterable[int]: ...


def each_word(change: Change) -> Change:
    """Change every word of three letters or more."""
    return lambda text: WORD.sub(lambda word: change(word[0]), text)


def inserted(characters: str) -> Change:
    """Put one of these into the middle of each word, in turn."""
    turn = cycle(characters)
    return each_word(lambda word: word[: len(word) // 2] + next(turn) + word[len(word) // 2 :])


def exchanged(pattern: str, characters: Sequence[str]) -> Change:
    """Put these, in turn, where the pattern stands."""
    turn = cycle(characters)
    return lambda text: re.sub(pattern, lambda _: next(turn), text)


def mixed(letters: str, others: str) -> Change:
    """Exchange the first letter of each word that has a look-alike, unless that makes all of it the other script."""
    table = str.maketrans(letters, others)
    return each_word(lambda word: re.sub(f"[{letters}]", lambda one: one[0].translate(table), word, count=1))


def wide(text: str) -> str:
    """Write Latin letters at full width."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalpha() else c for c in normalize("NFD", text))


def marked_up(text: str) -> str:
    """Send the text as HTML: letters outside ASCII as entities, some words half in bold."""
    markup = re.sub(r"[^\x00-\x7f](?=.)", lambda c: f"&#{ord(c[0])};", html.escape(text))
    half_bold = re.sub(r"(?<= )(\w)(?=\w)", r"<b>\1</b>&shy;", markup)
    return html_to_text("<p>" + half_bold.replace(" ", "&nbsp;") + "</p>")


CHANGES: dict[str, Change] = {
    "html": marked_up,
    "nfd": lambda text: normalize("NFD", text),
    "soft hyphens": inserted("\u00ad"),
    "zero width": inserted("\u200b\u200c\u200d\u2060\ufeff\u200e\u202c"),
    "stress": each_word(lambda word: re.sub("[аеиоуыэюяіє]\u0308?", "\\g<0>\u0301", word, count=1)),
    "spaces": exchanged(" ", "\u00a0\u2009\u202f\u2003\u3000\n\t"),
    "apostrophes": exchanged(r"(?<=\w)['’ʼ](?=\w)", APOSTROPHES),
    "dashes": exchanged(r"(?<=\w)-(?=\w)", "‐‑‒–—―−﹣－"),
    "ё as е": lambda text: text.replace("ё", "е").replace("Ё", "Е"),
    "look-alikes": lambda text: (
        mixed(CYRILLIC_LETTERS, LATIN_LETTERS)(text)
        if re.search("[а-я]{3}", text)
        else mixed(LATIN_LETTERS, CYRILLIC_LETTERS)(text)
    ),
    "full width": wide,
    "ligatures": lambda text: text.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ"),
    "capitals": str.upper,
    "quoted": each_word("«{}»".format),
    "hashtags": each_word("#{}".format),
    "joined": exchanged(r"(?<=\w) (?=\w)", "-/_–"),
}
#: Its cost is only shown: German nouns are told by their capital.
UNPROMISED = "capitals"


def loaded(folder: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def f1(terms: list[dict[str, Any]], found: list[set[int]]) -> float:
    """Micro F1 over all pairs of term and sentence, in percent."""
    good = sum(len(got & set(term["rel"])) for term, got in zip(terms, found, strict=True))
    wrong = sum(len(got - set(term["rel"]) - set(term["ign"])) for term, got in zip(terms, found, strict=True))
    relevant = sum(len(term["rel"]) for term in terms)
    return 200 * good / ((good + wrong + relevant) or 1)


def found(matcher: Matching, sentences: list[dict[str, Any]], change: Change, count: int) -> list[set[int]]:
    got: list[set[int]] = [set() for _ in range(count)]
    for sentence in sentences:
        for term in matcher.match(change(sentence["text"])):
            got[term].add(sentence["i"])
    return got


def differences(
    factory: Callable[[list[str], str], Matching], folder: Path, language: str, names: Sequence[str], worst: int
) -> dict[str, float]:
    """Return F1 of the clean text, and for each change the difference."""
    sentences, result = loaded(folder, f"{language}.sents"), {"clean": 100.0}
    for typed in ("dict", "infl"):
        terms = [term for term in loaded(folder, f"{language}.terms") if term[typed]]
        matcher = factory([term[typed] for term in terms], language)
        usual = found(matcher, sentences, str, len(terms))
        clean = f1(terms, usual)
        result["clean"] = min(clean, result["clean"])
        for name in names:
            got = found(matcher, sentences, CHANGES[name], len(terms))
            result[name] = min(result.get(name, 100.0), f1(terms, got) - clean)
            for term, before, after in list(zip(terms, usual, got, strict=True)) if worst else []:
                for index in sorted(before ^ after)[:worst]:
                    text = next(one["text"] for one in sentences if one["i"] == index)
                    print(name, "lost" if index in before else "new", term[typed], "|", CHANGES[name](text))
    return result


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench.perturb", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--matcher", default="bench.matching:compile")
    parser.add_argument("--langs", default="ru,uk,be,en,de,pl,cs,es,fr")
    parser.add_argument("--only", default=",".join(CHANGES))
    parser.add_argument("--worst", type=int, default=0, help="print so many sentences a term that came or went")
    given = parser.parse_args(arguments)
    module, _, name = given.matcher.partition(":")
    factory = getattr(import_module(module), name)
    languages, names = given.langs.split(","), given.only.split(",")
    rows = [differences(factory, given.folder, language, names, given.worst) for language in languages]
    print(f"{'':14}" + "".join(f"{language:>7}" for language in languages))
    for name in ("clean", *names):
        print(f"{name:14}" + "".join(f"{row[name]:{'7.2f' if name == 'clean' else '+7.2f'}}" for row in rows))
    return int(any(row[name] < -0.5 for row in rows for name in names if name != UNPROMISED))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
