"""Small binders, from which the schema is built: each makes a value of a node, or raises `Wrong` for it.

Lists and mappings note the faults of their children in the context and go on, so that one run finds all of them. A
binder that has noted its faults gives None.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Self, TypeVar

from monitor.config import nodes
from monitor.config.fault import Fault, Place, Wrong, meant, quoted, shown
from monitor.config.nodes import Node, Scalar

T = TypeVar("T")

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
#: The space itself; and Persian and several Indic scripts spell words with the two joiners.
_VISIBLE = " \u200c\u200d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What binders need beside the node."""

    environ: Mapping[str, str]
    #: The directory of the file.
    folder: Path
    #: Faults found so far.
    faults: list[Fault] = field(default_factory=list)
    #: Other files that were read, or looked for, whose change counts as one of the file.
    files: list[Path] = field(default_factory=list)
    #: What the settings say of feeds that say nothing of it themselves, by the names of the model's fields.
    for_feeds: Mapping[str, Any] = field(default_factory=lambda: {"every": timedelta(0)})
    #: Names and tags that a watchlist may use, with the feeds they stand for; None if that is not known.
    feeds: Mapping[str, frozenset[str]] | None = None
    #: Names of the receivers; None if that is not known.
    receivers: frozenset[str] | None = None

    @classmethod
    def of(cls, path: Path, environ: Mapping[str, str]) -> Self:
        """Return the context of a file."""
        return cls(environ=environ, folder=path.absolute().parent)

    def note(self, place: Place, message: str, hint: str = "") -> None:
        """Remember a fault and go on."""
        self.faults.append(Fault(place=place, message=message, hint=hint))

    def attempt(self, bind: "Bind[T]", node: Node) -> T | None:
        """Bind a node; None, with the fault remembered, if it is wrong."""
        try:
            return bind(node, self)
        except Wrong as wrong:
            self.faults.append(wrong.fault)
            return None


Bind = Callable[[Node, Context], T | None]
#: What a binder gives for "off", "none" and the like, which is None in the model: None itself is what is wrong.
OFF: Any = object()


def scalar(node: Node) -> Scalar:
    """Take a node as one text on one line."""
    if isinstance(node, nodes.Mapping):
        raise _not_text(node)
    if isinstance(node, nodes.Sequence):
        raise Wrong(node.place, "a list stands here, where one text belongs", "write only the text")
    if not node.text:
        raise _empty(node)
    if node.plain and node.lines > 1:
        hint = 'begin each item of a list with "- "; a long text goes in quotes'
        raise Wrong(node.place, "this text goes on in the next line", hint)
    _refuse_invisible(node)
    return node


def _not_text(node: nodes.Mapping) -> Wrong:
    key, value = node.pairs[0] if node.pairs else (None, None)
    if len(node.pairs) == 1 and isinstance(key, Scalar) and isinstance(value, Scalar):
        text = f"{key.text}: {value.text}".rstrip()
        message = f"the colon makes {shown(text)} a key and a value, where one text belongs"
        return Wrong(node.place, message, f"put the text in quotes: {quoted(text)}")
    return Wrong(node.place, "keys and values stand here, where one text belongs", "write only the text")


def _empty(node: Scalar) -> Wrong:
    comment = node.rest.lstrip()
    if node.plain and comment.startswith("#"):
        column = node.place.column + len(node.rest) - len(comment)
        hint = f"if it is no comment, put it in quotes: {quoted(comment.rstrip())}"
        return Wrong(Place(line=node.place.line, column=column), "nothing stands here: # begins a comment", hint)
    return Wrong(node.place, "nothing stands here", "write a value, or remove the key or the dash")


def _refuse_invisible(node: Scalar) -> None:
    if node.text.isprintable():
        return
    for offset, letter in enumerate(node.text):
        if unicodedata.category(letter) in _INVISIBLE and letter not in _VISIBLE:
            called = unicodedata.name(letter, "control character").lower()
            message = f"an invisible character (U+{ord(letter):04X}, {called}) stands here"
            raise Wrong(node.at(offset), message, "delete it; if a space belongs here, type one")


def name(node: Node, _context: Context) -> str:
    """Take a node as a name that can be shown."""
    text = scalar(node).text
    if "://" in text:
        raise Wrong(node.place, "an address stands here, where a name belongs", "write the name first: NAME: ADDRESS")
    return text


def limits(kind: Callable[..., T], keys: "Record", hint: str) -> Bind[T]:
    """Take `on` for the usual limits, `off` for none, or those of them that are others."""

    def bind(node: Node, context: Context) -> T:
        if not isinstance(node, Scalar):
            return kind(**keys(node, context))
        if scalar(node).text not in {"on", "off"}:
            raise Wrong(node.place, f"{keys.what} can not be {shown(node.text)}", hint)
        return kind() if node.text == "on" else OFF

    return bind


def many(item: Bind[T], *, may_be_empty: bool = False) -> Bind[tuple[T, ...]]:
    """Take one value, or a list of different ones."""

    def bind(node: Node, context: Context) -> tuple[T, ...]:
        if isinstance(node, nodes.Sequence) and not node.items and may_be_empty:
            return ()
        values = [context.attempt(item, child) for child in listed(node, context)]
        return tuple(value for value in values if value is not None)

    return bind


def listed(node: Node, context: Context) -> Iterator[Node]:
    """Go through a list, or give a single value as the only one; texts that stand twice are noted and left out."""
    if isinstance(node, Scalar) and node.plain and ", " in node.text:
        raise Wrong(node.place, "a comma makes no list here", "write [one, two]; a text with a comma goes in quotes")
    children = node.items if isinstance(node, nodes.Sequence) else (node,)
    if not children:
        raise Wrong(node.place, "this list is empty", "write something into it, or remove the key")
    first: dict[str, int] = {}
    for child in children:
        if isinstance(child, Scalar) and child.text in first:
            hint = f"it stands in line {first[child.text]} already: remove one"
            context.note(child.place, "this stands twice in the list", hint)
            continue
        if isinstance(child, Scalar) and child.text:
            first[child.text] = child.place.line
        yield child


def pairs(node: nodes.Mapping, context: Context) -> Iterator[tuple[Scalar, Node]]:
    """Go through keys and values; keys that are no texts, or stand there twice, are noted and left out."""
    first: dict[str, int] = {}
    for node_key, value in node.pairs:
        key = context.attempt(lambda key, _: scalar(key), node_key)
        if key is None:
            continue
        if key.text in first:
            hint = f"it stands in line {first[key.text]} already: make one of the two"
            context.note(key.place, f"the key {shown(key.text)} stands here a second time", hint)
            continue
        first[key.text] = key.place.line
        yield key, value


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A mapping whose keys are known."""

    #: What it is: "a feed".
    what: str
    keys: Mapping[str, Bind[Any]]
    #: The key that must be there.
    needs: str = ""
    #: The key that is meant where no mapping is written.
    short: str = ""
    #: What to do with keys that belong elsewhere.
    hints: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, node: Node, context: Context) -> dict[str, Any]:
        """Bind the keys that are there; those that are wrong are left out."""
        if not isinstance(node, nodes.Mapping):
            return self._without_keys(node, context)
        values = {}
        present = set()
        for key, value in pairs(node, context):
            present.add(key.text)
            if key.text not in self.keys:
                self._unknown(key, context)
            elif (bound := context.attempt(self.keys[key.text], value)) is not None:
                values[key.text] = None if bound is OFF else bound
        if self.needs and self.needs not in present:
            context.note(node.place, f"{self.what} needs the key {shown(self.needs)}", f"write {self.needs}: ...")
        return values

    def _without_keys(self, node: Node, context: Context) -> dict[str, Any]:
        if self.short:
            value = context.attempt(self.keys[self.short], node)
            return {} if value is None else {self.short: value}
        if isinstance(node, Scalar) and not node.text:
            scalar(node)
        first = next(iter(self.keys))
        colon = isinstance(node, Scalar) and ":" in node.text
        hint = "a space belongs after the colon" if colon else f'write keys and values, such as "{first}: ..."'
        raise Wrong(node.place, f"{self.what} has keys and values; here is something else", hint)

    def _unknown(self, key: Scalar, context: Context) -> None:
        message = f"{self.what} has no key {shown(key.text)}"
        context.note(key.place, message, self.hints.get(key.text) or meant(key.text, self.keys))
