"""An entry cut into passages, each with a fingerprint that small changes leave alike."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from struct import Struct
from typing import Final
from urllib.parse import urlsplit
from zlib import crc32

from monitor.model.entry import Entry, Field
from monitor.text import sentences
from monitor.text.fold import fold
from monitor.text.words import tokens

#: Fields that a feed gives, and those of the page behind an entry: each kind has its own boilerplate.
FEED_FIELDS: Final = (Field.SUMMARY, Field.TEXT)
PAGE_FIELDS: Final = (Field.ARTICLE,)

#: Characters of a field, or of a line, that make it short, or too long for one paragraph: there, sentences count too.
_SHORT, _LONG = 1500, 1500
#: Passages of one field that are looked at, half of them from its end.
_MOST: Final = 200
#: Stands for the entry's own title and author, and for numbers.
MASK, NUMBER = "…", "0"
#: Minima in a fingerprint, and how many of them near-copies share.
_MINIMA, _ALIKE = 6, 4
_PRINT: Final = Struct(f">{_MINIMA}H")
_KEYS: Final = tuple((0x9E3779B97F4A7C15 * number) & (1 << 64) - 1 for number in range(1, _MINIMA + 1))
#: So few words have too few pairs of neighbours to tell by.
_FEW: Final = 3
#: Words by which entries are told to be of one subject: letters that they have at least, and that count.
_LETTERS, _STEM = 5, 5
_STEMS: Final = 24
#: Names of months and days, by their beginnings.
_DATE: Final = re.compile(
    "(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|am|pm|gmt|utc"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
    "|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday"
    "|январ[ьяе]|феврал[ьяе]|март[ае]?|апрел[ьяе]|ма[йяе]|июн[ьяе]|июл[ьяе]|август[ае]?|(?:сен|ок)тябр[ьяе]"
    "|(?:но|дека)бр[ьяе]|понедельник[а]?|вторник[а]?|сред[аыу]|четверг[а]?|пятниц[аыу]|суббот[аыу]|воскресень[ея]"
    "|січ(?:ень|ня)|лют(?:ий|ого)|берез(?:ень|ня)|квіт(?:ень|ня)|трав(?:ень|ня)|черв(?:ень|ня)|лип(?:ень|ня)"
    "|серп(?:ень|ня)|верес(?:ень|ня)|жовт(?:ень|ня)|листопад[а]?|груд(?:ень|ня)"
    "|januar|februar|marz|mai|juni|juli|oktober|dezember|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|uhr)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph or sentence of an entry."""

    field: Field
    #: Offsets into the field's text.
    start: int
    end: int
    #: Of its words, folded, in which title, author, numbers and dates are masked: near-copies have most of it.
    print: bytes
    #: Those words, masked, joined by spaces.
    said: str

    def holds(self, other: "Passage") -> bool:
        """Whether the other is this one, or stands in it."""
        return self.field is other.field and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an entry teaches of its site."""

    #: Digests of its link (or id), of that one's host, and of its title.
    link: int
    host: int
    title: int
    #: What it is called, folded.
    called: str
    passages: tuple[Passage, ...]


def page(entry: Entry, fields: Collection[Field]) -> Page:
    """Return what the text in these fields teaches."""
    title = fold(entry.title)
    found: dict[tuple[Field, int, int], Passage] = {}
    own = [words for name in (entry.title, *entry.author.split(", ")) if (words := " ".join(tokens(fold(name))))]
    for field in fields:
        for start, end in _most([*_cut(entry.field(field))]):
            if said := masked(entry.field(field)[start:end], own):
                passage = Passage(field=field, start=start, end=end, print=fingerprint(said), said=said)
                found[field, start, end] = passage
    passages = tuple(found.values())
    return Page(
        link=digest(entry.link or entry.id or title),
        host=digest(host(entry)),
        title=digest(" ".join(tokens(title)) or entry.link or entry.id),
        called=title,
        passages=passages,
    )


def host(entry: Entry) -> str:
    """Return the host that an entry leads to, without `www.`, with a port of its own; "" if it leads nowhere."""
    try:
        parts = urlsplit(entry.link)
        name, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    return name if port in {None, 80, 443} else f"{name}:{port}"


def fingerprint(said: str) -> bytes:
    """Return the fingerprint of masked words."""
    words = [digest(word) for word in said.split(" ")]
    pairs = [_mixed(one << 32 | other) for one, other in pairwise(words)]
    if len(words) <= _FEW:
        pairs += map(_mixed, words)
    return _PRINT.pack(*(min(pairs, key=key.__xor__) & 0xFFFF for key in _KEYS))


def parts(print_: bytes) -> tuple[int, ...]:
    """Return the minima in a fingerprint."""
    return _PRINT.unpack(print_)


def marks(print_: bytes) -> enumerate[int]:
    """Return minima to find a fingerprint by, each with its place: near-copies have some of them in common."""
    return enumerate(parts(print_))


def alike(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether the minima of two fingerprints are those of near-copies."""
    return sum(map(int.__eq__, one, other)) >= _ALIKE


def near(one: str, other: str) -> bool:
    """Whether two passages, masked, are near-copies."""
    return alike(parts(fingerprint(one)), parts(fingerprint(other)))


def subject(*texts: str) -> frozenset[int]:
    """Return digests of the first long words of folded texts, without their endings: what they are about."""
    words = dict.fromkeys(each[:_STEM] for text in texts for each in tokens(text) if len(each) >= _LETTERS)
    return frozenset(digest(stem) & 0xFFFF for stem in islice(words, _STEMS))


def word(text: str) -> str:
    """Return a folded word as it stands in a fingerprint: digits and dates masked."""
    return NUMBER if any(map(str.isdigit, text)) or _DATE.fullmatch(text) else text


def digest(text: str) -> int:
    """Return a short digest of a text."""
    return crc32(text.encode(errors="replace"))


def masked(text: str, own: Sequence[str] = ()) -> str:
    """Return the words of a passage, without what is the entry's own; "" if it has no others."""
    said = f" {' '.join(tokens(fold(text)))} "
    for name in own:
        said = said.replace(f" {name} ", f" {MASK} ")
    words = [word(each) for each in said.split()]
    return " ".join(words) if any(each not in {MASK, NUMBER} for each in words) else ""


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of a text, and the sentences of what is short or has no paragraphs."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if len(line) <= _LONG:
            yield start, end
        if len(text) <= _SHORT or len(line) > _LONG:
            for one, other in pairwise((0, *sentences.ends(line), len(line))):
                if 0 < other - one <= _LONG and (one, other) != (0, len(line)):
                    yield start + one, start + other
        start = end + 1


def _most(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return places if len(places) <= _MOST else places[: _MOST // 2] + places[-_MOST // 2 :]


def _mixed(number: int) -> int:
    return (number * 0xD6E8FEB86659FD93) % ((1 << 64) - 59)
