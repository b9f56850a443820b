"""A YAML document as a tree of texts with their places.

Nothing is typed (`no`, `12:30` and `0755` stay texts); anchors, aliases, tags and second documents are refused, so that
no document is larger than its file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import CollectionEndEvent

from monitor.config.fault import Place, Wrong, quoted
from monitor.config.syntax import explain, line_from, place_of

#: Levels of lists and mappings in each other; the schema needs five.
DEEPEST = 20

#: What no editor shows: control characters, and the line ends that YAML counts and editors do not.
_UNSEEN = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A text."""

    place: Place
    text: str
    #: Without quotes and not a block.
    plain: bool
    #: Lines that it covers in the file.
    lines: int = 1
    #: Column of the text's first character, from 1; 0 when the file spells the text otherwise (escapes, folding).
    start: int = 0
    #: What follows it on its line.
    rest: str = ""
    #: Of a block that keeps its lines (`|`), the column of its first one's first character; else 0.
    indent: int = 0

    def at(self, offset: int) -> Place:
        """Return the place of a character of the text, as near as we know it."""
        return Place(line=self.place.line, column=self.start + offset) if self.start else self.place

    def at_line(self, line: int, offset: int) -> Place:
        """Return the place of a character of one of the text's lines, counted from 1, as near as we know it."""
        if self.indent:
            return Place(line=self.place.line + line, column=self.indent + offset)
        return self.at(offset) if line == 1 else self.place


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list."""

    place: Place
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Keys and values, in the order of the file; a key may stand there twice."""

    place: Place
    pairs: tuple[tuple["Node", "Node"], ...]


Node = Scalar | Sequence | Mapping


def compose(text: str) -> Node:
    """Read a document.

    Raises `Wrong` where it is not YAML, or YAML that we do not take.
    """
    if unseen := _UNSEEN.search(text):
        raise Wrong(
            place_of(text, unseen.start()), f"a control character (U+{ord(unseen[0]):04X}) stands here", "delete it"
        )
    composer = _Composer(text)
    try:
        return composer.document()
    except yaml.MarkedYAMLError as error:
        raise Wrong(*explain(error, text, composer.quotes)) from None
    except (ValueError, OverflowError):
        # PyYAML converts the digits of escapes and directives without looking at them.
        raise Wrong(composer.here, "a number in an escape or a %YAML line is out of range", "delete it") from None


class _Composer:
    """Makes nodes of the parser's events."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._events: Iterator[Any] = yaml.parse(text, Loader=yaml.BaseLoader)
        #: Offsets where the last quoted text begins and ends.
        self.quotes = (0, 0)
        self.here = Place(line=1, column=1)

    def document(self) -> Node:
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            raise Wrong(Place(), "the file is empty", "write at least feeds, watchlists and notify")
        root = self._node(self._next(), 0)
        self._next()
        if not isinstance(self._next(), yaml.StreamEndEvent):
            raise Wrong(self.here, "a second document begins here", "remove the line with ---")
        return root

    def _next(self) -> yaml.Event:
        event: yaml.Event
        event = read = next(self._events)
        self._start: yaml.Mark = read.start_mark
        self._end: yaml.Mark = read.end_mark
        self.here = Place(line=self._start.line + 1, column=self._start.column + 1)
        return event

    def _node(self, event: yaml.Event, depth: int) -> Node:
        place = self.here
        self._refuse_specials(event)
        if depth > DEEPEST:
            raise Wrong(place, "too many levels of lists and mappings in each other", "see docs/configuration.md")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        children = []
        while not isinstance(child := self._next(), CollectionEndEvent):
            children.append(self._node(child, depth + 1))
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(place=place, items=tuple(children))
        return Mapping(place=place, pairs=tuple(zip(children[::2], children[1::2], strict=True)))

    def _refuse_specials(self, event: yaml.Event) -> None:
        """Refuse `*x`, `&x` and `!x`: where a user writes them, they are nearly always part of a term."""
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            line = line_from(self._text, self._start.index).rstrip()
            message = f"{line[0]} at the beginning has a meaning of its own in YAML, and is not used here"
            raise Wrong(self.here, message, f"put the text in quotes: {quoted(line)}")

    def _indent(self, start: yaml.Mark, value: str) -> int:
        """Return the column where the lines of a block begin."""
        first = value.lstrip("\n").partition("\n")[0]
        return max(0, self._text.split("\n")[start.line + 1 + len(value) - len(value.lstrip("\n"))].find(first)) + 1

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> Scalar:
        start, end = self._start, self._end
        plain = event.style is None
        if event.style in {"'", '"'}:
            self.quotes = (start.index, end.index)
        inset = 0 if plain else 1
        verbatim = self._text.startswith(event.value, start.index + inset)
        return Scalar(
            place=place,
            text=event.value,
            plain=plain,
            lines=end.line - start.line + 1,
            start=place.column + inset if verbatim else 0,
            rest=line_from(self._text, end.index),
            indent=self._indent(start, event.value) if event.style == "|" else 0,
        )
