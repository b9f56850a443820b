"""A term cut into what it is made of: operators, brackets, fields, regular expressions, and the phrases between them.

Whatever is not plain words and has no meaning here is refused. Brackets that hold no operator are punctuation, as in
"Operations (JADO)", and so are those that have no partner where there is no operator at all.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import takewhile
from typing import Final, NamedTuple

from monitor.errors import TermInvalid
from monitor.match.expression import Leaf, Phrase, Word
from monitor.match.pattern import Pattern
from monitor.match.refused import check_prefix, refuse
from monitor.model.entry import Field
from monitor.text.fold import fold
from monitor.text.words import parted, spans

#: Characters of a term, brackets within brackets, and words between two that are near each other.
LONGEST: Final = 4000
DEEPEST: Final = 30
FARTHEST: Final = 100
#: Letters that must stand before a *: with fewer, it would match nearly everything.
_BEGINNING: Final = 2


class Kind(StrEnum):
    """What a lexeme is."""

    OR = "OR"
    AND = "AND"
    NOT = "NOT"
    NEAR = "NEAR"
    FIELD = "field"
    OPEN = "open"
    CLOSE = "close"
    #: A phrase or a regular expression.
    LEAF = "leaf"


class Lexeme(NamedTuple):
    """A part of a term, and where it stands."""

    kind: Kind
    text: str
    start: int
    end: int
    leaf: Leaf | None = None


_FIELDS = "|".join(Field)
#: Where something begins that a sign before it changes the meaning of.
_BEGIN = rf"(?:(?<![^\s(])|{'|'.join(f'(?<={field}:)' for field in Field)})"
_MARK = re.compile(
    rf"""
      (?P<quoted>(?P<each>{_BEGIN}=)?(?:"[^"]*"|[“„][^“”„"]*[“”"]|«[^«»]*»))(?P<slop>~\d+)?
    | (?P<unclosed>["“„«])
    | (?P<pattern>{_BEGIN}/(?![\s/])(?:\\.|[^\\/]|/(?![\s)]|\Z))*(?<!\s)/(?=[\s)]|\Z))
    | (?P<flags>{_BEGIN}/(?![\s/])(?:\\.|[^\\/])+/(?:[gmsux]?i[gmsux]?)(?=[\s)]|\Z))
    | (?P<unclosed_pattern>{_BEGIN}/(?=[^/]*(?:\\\w|\[|\.[*+])))
    | (?P<operator>(?<![^\s()"”“»])(?:AND|OR|NOT|NEAR(?:/\d+)?)(?![^\s()"“„«]))
    | (?P<near>(?<![^\s()])(?:(?i:near)(?:[:~]\d+|/\d*|\(\d+\))|AROUND\s?\(\d+\))(?![^\s()]))
    | (?P<field>{_BEGIN}(?:{_FIELDS}):\s*)
    | (?P<prefix>{_BEGIN}[A-Za-z_]+:(?=[^\s/:]))
    | (?P<exact_group>{_BEGIN}=\()
    | (?P<exact>{_BEGIN}=[^\s"“„«()]*)
    | (?P<star>\*)
    | (?P<range>(?<![\w.])\d+\.\.\d+(?![\w.]))
    | (?P<bar>\|+) | (?P<both>&&)
    | (?P<minus>(?:(?<![^\s(])-|(?<=\s)!)(?=["“«(]|[^\W\d_])) | (?P<plus>(?<![^\s(])\+(?=["“«(]|[^\W\d_]))
    | (?P<fuzzy>(?<=[^\W\d_])~\d*(?![^\s()])|(?<!\S)~(?=[^\W\d_]))
    | (?P<wild>(?<![^\s(])[^\W\d_]+\?[^\W\d_]+(?![^\s)]))
    | (?P<open>\() | (?P<close>\))
    """,
    re.VERBOSE | re.DOTALL,
)


def lex(term: str) -> list[Lexeme]:
    """Return the parts of a term, its brackets in pairs.

    Raises TermInvalid for what is not known, for words that a sign makes no sense at, and for brackets without partner.
    """
    if len(term) > LONGEST:
        raise TermInvalid(
            f"this term is longer than {LONGEST} characters", column=LONGEST, hint="make several terms of it"
        )
    scan = _Scan(term)
    parts: list[Lexeme] = []
    done = 0
    for mark in [*_grouping(scan.marks), Lexeme(Kind.CLOSE, "", len(term), len(term))]:
        parts += scan.phrase(done, mark.start)
        parts.append(mark)
        done = mark.end
    return parts[:-1]


class _Scan:
    """What the signs in a term say: its marks in their order, and which words are exact or any beginning."""

    def __init__(self, term: str) -> None:
        self.marks: list[Lexeme] = []
        self._term = term
        self._words = spans(term.replace("#", " "))  # a hashtag is one word here, in a text also those it is made of
        self._exact: list[range] = []
        self._stars: set[int] = set()
        for found in _MARK.finditer(term):
            kind = found.lastgroup or ""
            self._note("slop" if found["slop"] else "quoted" if found["quoted"] else kind, found)

    def phrase(self, start: int, end: int) -> list[Lexeme]:
        """Return the phrase between two places, if there is a word."""
        skipped = sum(1 for _ in takewhile(lambda span: span[0] < start, self._words))
        self._words = self._words[skipped:]
        where = list(takewhile(lambda span: span[0] < end, self._words))
        if not where:
            return []
        words = tuple(
            Word(text=self._term[at:after], exact=any(at in part for part in self._exact), prefix=after in self._stars)
            for at, after in where
        )
        first, last = where[0][0], where[-1][1]
        phrase = Phrase(words=words, crosses=parted(self._term, first, last))
        return [Lexeme(Kind.LEAF, self._term[first:last], first, last, phrase)]

    def _note(self, kind: str, found: re.Match[str]) -> None:
        text, start, end = found[0], found.start(), found.end()
        match kind:
            case "quoted" | "exact":
                self._exactly(kind, found)
            case "star":
                self._star(start)
            case "operator":
                self._operator(text, start, end)
            case "field" | "open" | "close":
                self.marks.append(Lexeme(Kind(kind), text, start, end))
            case "pattern":
                self.marks.append(Lexeme(Kind.LEAF, text, start, end, _pattern(text[1:-1], start + 1)))
            case "prefix":
                check_prefix(text, start)
            case _:
                column = start + text.find("?") if kind == "wild" else found.start(kind)
                raise refuse(kind, found[kind], column)

    def _exactly(self, kind: str, found: re.Match[str]) -> None:
        if kind == "exact" and "*" in found[0]:
            raise refuse("exact_star", found[0], found.start())
        if kind == "exact" or found["each"]:
            self._exact.append(range(found.start(), found.end()))

    def _star(self, start: int) -> None:
        """Take a * for the end of the word before it."""
        ending = [at for at, after in self._words if after == start]
        begins = any(at == start + 1 for at, _ in self._words) or self._term[start + 1 : start + 2] == "*"
        if begins or not ending or len(fold(self._term[ending[0] : start])) < _BEGINNING:
            raise refuse("star", "*", start)
        self._stars.add(start)

    def _operator(self, text: str, start: int, end: int) -> None:
        name, _, number = text.partition("/")
        if text == Kind.NEAR:
            last = self.marks[-1] if self.marks else None
            begin = last.end if last and last.kind not in {Kind.CLOSE, Kind.LEAF} else 0
            closed = last is not None and last.kind in {Kind.CLOSE, Kind.LEAF}
            if closed or any(begin <= at < start for at, _ in self._words):
                hint = 'write NEAR/10 for "within ten words of"; the word itself is written "NEAR"'
                raise TermInvalid("NEAR needs a number of words", column=start, hint=hint)
            return  # "NEAR Protocol"
        if number and not 1 <= int(number) <= FARTHEST:
            hint = f"1 is next to each other, {FARTHEST} is the most; AND asks for both anywhere in the entry"
            raise TermInvalid(f"{text} is no distance in words", column=start, hint=hint)
        self.marks.append(Lexeme(Kind(name), text, start, end))


def _pattern(source: str, column: int) -> Pattern:
    try:
        return Pattern(source=source)
    except TermInvalid as fault:
        raise TermInvalid(str(fault), column=column + fault.column, hint=fault.hint) from fault


def _grouping(marks: Sequence[Lexeme]) -> list[Lexeme]:
    """Return the marks without brackets that are punctuation."""
    brackets = [number for number, mark in enumerate(marks) if mark.kind in {Kind.OPEN, Kind.CLOSE}]
    kept = set(range(len(marks))).difference(brackets)
    for begin, end in list(_pairs(marks, brackets, strict=bool(kept))):
        before = marks[begin - 1] if begin else None
        of_field = before is not None and before.kind is Kind.FIELD and before.end == marks[begin].start
        if of_field or any(number in kept for number in range(begin + 1, end)):
            kept |= {begin, end}
    return [mark for number, mark in enumerate(marks) if number in kept]


def _pairs(marks: Sequence[Lexeme], brackets: Sequence[int], *, strict: bool) -> Iterator[tuple[int, int]]:
    """Yield which bracket closes which, inner ones first; one without partner is an error if `strict`."""
    opened: list[int] = []
    for number in brackets:
        start = marks[number].start
        if marks[number].kind is Kind.OPEN:
            opened.append(number)
            if len(opened) > DEEPEST:
                raise TermInvalid("too many brackets within brackets", column=start, hint="make several terms of it")
        elif opened:
            yield opened.pop(), number
        elif strict:
            raise TermInvalid("this ) closes nothing", column=start, hint='leave it out, or write it in quotes: ")"')
    if opened and strict:
        column = marks[opened[-1]].start
        raise TermInvalid("this ( is never closed", column=column, hint='close it, or write it in quotes: "("')
