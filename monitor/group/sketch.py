"""What is remembered of an entry to know its report again: its words, as numbers, and where and when it stood."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from zlib import crc32

from monitor.model.entry import Entry
from monitor.text.fold import fold
from monitor.text.words import tokens

#: What a word is, in the lowest bits of its number: a name, a number.
NAME, NUMBER = 1, 2
FACT = NAME | NUMBER
#: Words with which a report says what it tells.
LEAD = 50
#: Words of a title, and of a text, that can be told from others.
LEAST_TITLE, LEAST_TEXT = 4, 12

#: Characters, and words, of a text that are looked at.
_CHARACTERS, _WORDS = 8_000, 600
#: Letters that stand for a word; what follows is taken for its ending.
_STEM = 5
#: Letters of a word that says something.
_LEAST_WORD = 3
#: Rows of words by which a text is found again.
_KEYS = 8
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_MASK = (1 << 63) - 1

#: 1,000 and 1 000 are 1000; U.S. is US.
_THOUSANDS = re.compile(r"(?<=\d)[,.\s'’](?=\d{3}(?!\d))")
_INITIALS = re.compile(r"\b([^\W\d_])\.(?=[^\W\d_]\b)")
#: Words that every text has. What has one or two letters says nothing either, except in capitals, and except "no".
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "of in on at to by as is it an or be if so the and for that with from this has have was were are will its his"
        " her their but than then after over into about на по из от до за во ко об же бы что как для это его"
        " ему она они"
        " был была были или при под над все уже еще так тоже также после перед когда чтобы який яка які щоб від або вже"
        " після",
    )
)
_NO = frozenset(("no", "не", "ни", "ні"))
#: No names of what a report is about.
_AGENCIES = frozenset(re.findall(r"\w+", "reuters ap afp associated press тасс риа интерфакс укринформ унн рбк"))
_DIGITS = {
    word: str(number)
    for number, words in enumerate(
        (
            "one один одна одного одной",
            "two два две двух двое двоих дві двоє",
            "three три трех трое троих троє",
            "four четыре четырех четверо чотири",
            "five пять пяти пятеро п'ять",
            "six шесть шести шестеро шість",
            "seven семь семи семеро сім",
            "eight восемь восьми вісім",
            "nine девять девяти дев'ять",
            "ten десять десяти",
        ),
        1,
    )
    for word in words.split()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """An entry, as it is compared with others."""

    #: When it was published, or else seen.
    when: datetime
    #: Whose it is: the host that it stands on, or its feed.
    source: str
    #: Where it stands, without what tells who asks; "" if that is no page of its own.
    link: str
    #: Words that say something, in their order, each of 32 bits.
    title: tuple[int, ...]
    text: tuple[int, ...]


def sketch(entry: Entry, *, when: datetime, source: str, link: str) -> Sketch:
    """Return the sketch of an entry, which should be without what its whole site carries. Takes 0.1 ms."""
    title = _words(_without_source(entry.title, source))
    text = _words(max(entry.article, entry.text, entry.summary, key=lambda said: len(said.split())))
    if plain(text[: len(title)]) == plain(title):
        text = text[len(title) :]
    return Sketch(when=when, source=source, link=link, title=title, text=text)


def keys(sketch: Sketch) -> frozenset[int]:
    """Return numbers of 63 bits: entries that carry one report share one, but for rare cases."""
    found = {_key("link", sketch.link)} if sketch.link else set()
    if len(sketch.title) >= LEAST_TITLE:
        found.add(_key("title", *map(str, plain(sketch.title))))
    if len(sketch.text) >= LEAST_TEXT:
        for part in (sketch.text[:LEAD], sketch.text):
            found.update(sorted(rows(part))[:_KEYS])
    return frozenset(found)


def plain(words: Iterable[int]) -> tuple[int, ...]:
    """Return words without what they are."""
    return tuple(word & ~FACT for word in words)


def rows(words: Sequence[int]) -> frozenset[int]:
    """Return what tells a text from others: each three words in a row, as 63 bits."""
    said = plain(words)
    first, second, third = _MIX
    threes = zip(said, said[1:], said[2:], strict=False)
    return frozenset((one * first ^ two * second ^ three * third) * first >> 7 & _MASK for one, two, three in threes)


def _words(text: str) -> tuple[int, ...]:
    text = _INITIALS.sub(r"\1", _THOUSANDS.sub("", text[:_CHARACTERS]))
    return tuple(filter(None, map(_word, tokens(text))))[:_WORDS]


@lru_cache(maxsize=1 << 16)
def _word(token: str) -> int:
    """Return the number of a word; 0 if it says nothing."""
    folded = fold(token)
    folded = _DIGITS.get(folded, folded)
    if any(map(str.isdigit, folded)):
        return _hashed(folded) | NUMBER
    capitals = token.isupper() and len(folded) > 1
    if folded in _COMMON or (len(folded) < _LEAST_WORD and not capitals and folded not in _NO):
        return 0
    return _hashed(folded[:_STEM]) | (NAME if token[0].isupper() and folded not in _AGENCIES else 0)


def _hashed(word: str) -> int:
    return crc32(word.encode(errors="replace")) & ~FACT or FACT + 1


def _without_source(title: str, source: str) -> str:
    """Return a title without the name of its publisher at its end, which aggregators put there."""
    for mark in (" - ", " | ", " — ", " – "):
        said, found, name = title.rpartition(mark)
        if found and said and (source == "news.google.com" or fold(name).replace(" ", "") in source):
            return said
    return title


def _key(*parts: str) -> int:
    return int.from_bytes(blake2b("\0".join(parts).encode(errors="replace"), digest_size=8).digest(), "big") & _MASK
