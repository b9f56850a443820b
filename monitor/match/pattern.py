"""Regular expressions: the one door to the engine, which no pattern and no text can hang."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Final

import regex

from monitor.errors import MonitorError, TermInvalid
from monitor.text.fold import APOSTROPHES, INVISIBLE, plain

#: Places that are found of a pattern in a text; more say nothing new.
MOST_FOUND: Final = 1000
#: Seconds of the processor that a pattern may take for a text.
_PATIENCE: Final = 0.1
#: What a pattern may come to: characters, brackets within brackets, and parts once repetitions are written out. The
#: engine writes them out, and nothing stops it then.
_LONGEST, _DEEPEST, _LARGEST = 1000, 30, 10_000

#: A letter with the marks and invisible characters that follow it.
_MARKED = re.compile(f"[^{INVISIBLE}\u0300-\u036f\ufe00-\ufe0f]?[{INVISIBLE}\u0300-\u036f\ufe00-\ufe0f]+", re.DOTALL)
_ALIKE = str.maketrans("Ёё\u00a0\u202f" + APOSTROPHES, "Ее  " + "'" * len(APOSTROPHES))
#: What the size of a pattern depends on; a class of characters is one part.
_PART = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<repeat>\{\d*,?\d*\}|[+*?])|.", re.DOTALL)
#: Looked through for what a pattern should not find: nothing, or a single character of any kind.
_PROBE: Final = "q ж7\n中"


class PatternTooSlow(MonitorError):
    """This regular expression takes too long on this text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    r"""A regular expression as `regex` understands it, in any case unless it says `(?-i)`; \b, \w and \d know Unicode.

    Text and pattern are spelled alike first: ё is е, a no-break space a space, apostrophes are one, stress marks and
    invisible characters are not there. Raises TermInvalid, its column within the source, when it is none, when it
    finds nothing at a place, and when it is too large.
    """

    #: What stands between the slashes.
    source: str
    _compiled: "regex.Pattern[str]" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_size(self.source)
        source, where = _spelled(self.source)
        try:
            compiled = regex.compile(source, regex.IGNORECASE)
        except (regex.error, ValueError) as fault:  # a ValueError: flags that exclude each other
            raise TermInvalid(
                f"this is no regular expression: {getattr(fault, 'msg', fault)}",
                column=where[min(getattr(fault, "pos", 0), len(source))],
                hint=r"a sign that stands for itself needs a \ before it: \( \.; words need no slashes around them",
            ) from fault
        object.__setattr__(self, "_compiled", compiled)
        try:
            empty = any(start == end for text in ("", _PROBE) for start, end in self._spans(text))
        except PatternTooSlow as fault:
            raise TermInvalid("this regular expression finds no end", hint="leave the recursion out") from fault
        if empty:
            raise TermInvalid(
                "this regular expression also finds the empty text, so that it would match everything",
                hint="ask for at least one character: + instead of *, and no ? around the whole",
            )

    def __str__(self) -> str:
        return f"/{self.source}/"

    @property
    def finds_any_character(self) -> bool:
        """Whether a single character of a common kind is enough for it, so that nearly every text matches."""
        return any(end - start == 1 for start, end in self._spans(_PROBE))

    def find(self, text: str) -> list[tuple[int, int]]:
        """Return start and end of the first MOST_FOUND places in the text, none of them empty, none overlapping.

        Raises PatternTooSlow.
        """
        spelled, where = _spelled(text)
        found = ((start, end) for start, end in self._spans(spelled) if start < end)
        return [(where[start], where[end]) for start, end in islice(found, MOST_FOUND)]

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        try:
            for match in self._compiled.finditer(text, timeout=_PATIENCE):
                yield match.span()
        except (TimeoutError, MemoryError) as fault:
            raise PatternTooSlow from fault


@lru_cache(maxsize=8)
def _spelled(text: str) -> tuple[str, Sequence[int]]:
    """Return the text as patterns see it, and for each of its characters, and its end, where it stands in the text.

    Remembered for the fields of an entry, at which many patterns look.
    """
    pieces: list[str] = []
    where: list[int] = []
    done = 0
    for marked in _MARKED.finditer(text):
        pieces += text[done : marked.start()], (letter := plain(marked[0]))
        where += range(done, marked.start())
        where += [marked.start()] * len(letter)
        done = marked.end()
    if not pieces:
        return text.translate(_ALIKE), range(len(text) + 1)
    where += range(done, len(text) + 1)
    return "".join([*pieces, text[done:]]).translate(_ALIKE), where


def _check_size(source: str) -> None:
    """Raise TermInvalid when this would be too much for the engine to compile."""
    sizes = [0]
    last = 0
    for part in _PART.finditer(source):
        if part["repeat"]:
            sizes[-1] += last * (_times(part[0]) - 1)
            last *= _times(part[0])
        elif part[0] == "(":
            sizes.append(0)
        else:
            last = sizes.pop() if part[0] == ")" and len(sizes) > 1 else 1
            sizes[-1] += last
        if sum(sizes) > _LARGEST or len(sizes) > _DEEPEST or part.end() > _LONGEST:
            raise TermInvalid(
                "this regular expression is too large",
                column=part.start(),
                hint="use fewer repetitions within repetitions, smaller numbers in {}, or several terms",
            )


def _times(repeat: str) -> int:
    """Return how often a part is written for this sign of repetition."""
    numbers = [int(number[:6]) for number in re.findall(r"\d+", repeat)]
    return max(numbers, default=1) + 1
