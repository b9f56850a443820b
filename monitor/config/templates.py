"""A receiver's own words for alerts, tried before they are taken."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeGuard

from monitor.config import nodes, values
from monitor.config.bind import Context, Record, scalar
from monitor.config.fault import Place, Wrong
from monitor.config.nodes import Node
from monitor.config.secrets import text_of
from monitor.errors import TemplateInvalid
from monitor.model.alert import Template
from monitor.render.template import check

_LONGEST = 5_000
#: The key under which a template stands in a file of its own.
_FILE = "file"


def _words(node: Node, context: Context, *, several: bool = False) -> str:
    """Take a template: the one text of the file that may have lines, or one in a file of its own."""
    if _is_file(node):
        return _tried(*_read(node.pairs[0][1], context), several=several)
    if isinstance(node, nodes.Mapping):
        raise _unquoted(node)
    if not isinstance(node, nodes.Scalar) or not node.text or node.plain:
        node = scalar(node)
    return _tried(node.text, node.at_line, several=several)


def _tried(text: str, place: Callable[[int, int], Place], *, several: bool) -> str:
    if len(text) > _LONGEST:
        raise Wrong(place(1, 0), f"this template has more than {_LONGEST} characters", "make it shorter")
    try:
        check(text, several=several)
    except TemplateInvalid as invalid:
        raise Wrong(place(invalid.line, invalid.column), str(invalid), invalid.hint) from None
    return text


def _read(node: Node, context: Context) -> tuple[str, Callable[[int, int], Place]]:
    """Return what stands in a template's own file, and where its characters are."""
    path = values.path(node, context)
    context.files.append(path)
    return text_of(path, node.place, most=_LONGEST), partial(_in_file, path)


def _in_file(path: Path, line: int, offset: int) -> Place:
    return Place(file=str(path), line=line, column=offset + 1)


_several = partial(_words, several=True)
TEMPLATE = Record(
    what="a template",
    keys={"title": _words, "body": _words, "digest_title": _several, "digest": _several},
    short="body",
    hints={_FILE: "write it alone, or under body, title, digest or digest_title"},
)


def template(node: Node, context: Context) -> Template:
    """Take a receiver's own words: for the body, or for title and body, of one alert or of several."""
    if _is_file(node):
        return Template(body=_words(node, context))
    if isinstance(node, nodes.Mapping) and node.pairs and isinstance(node.pairs[0][0], nodes.Mapping):
        raise _unquoted(node)
    return Template(**TEMPLATE(node, context))


def _is_file(node: Node) -> TypeGuard[nodes.Mapping]:
    pairs = node.pairs if isinstance(node, nodes.Mapping) else ()
    return [key.text for key, _ in pairs if isinstance(key, nodes.Scalar)] == [_FILE]


def _unquoted(node: nodes.Mapping) -> Wrong:
    hint = 'put the text in quotes, "{{ title }}", or below a |'
    return Wrong(node.place, "keys and values stand here, where one text belongs; YAML takes { for them", hint)
