"""A receiver's own words for alerts, tried before they are taken."""

from monitor.config import nodes
from monitor.config.bind import Context, Record, scalar
from monitor.config.fault import Wrong
from monitor.config.nodes import Node
from monitor.errors import TemplateInvalid
from monitor.model.alert import Template
from monitor.render.template import check

_LONGEST = 5_000


def _words(node: Node, _context: Context) -> str:
    """Take a template: the one text of the file that may have lines."""
    if isinstance(node, nodes.Mapping):
        raise _unquoted(node)
    if not isinstance(node, nodes.Scalar) or not node.text or node.plain:
        return _tried(scalar(node))
    return _tried(node)


def _tried(node: nodes.Scalar) -> str:
    if len(node.text) > _LONGEST:
        raise Wrong(node.place, f"this template has more than {_LONGEST} characters", "make it shorter")
    try:
        check(node.text)
    except TemplateInvalid as invalid:
        raise Wrong(node.at_line(invalid.line, invalid.column), str(invalid), invalid.hint) from None
    return node.text


TEMPLATE = Record(what="a template", keys={"title": _words, "body": _words}, short="body")


def template(node: Node, context: Context) -> Template:
    """Take a receiver's own words: for the body, or for title and body."""
    if isinstance(node, nodes.Mapping) and node.pairs and isinstance(node.pairs[0][0], nodes.Mapping):
        raise _unquoted(node)
    return Template(**TEMPLATE(node, context))


def _unquoted(node: nodes.Mapping) -> Wrong:
    hint = 'put the text in quotes, "{{ title }}", or below a |'
    return Wrong(node.place, "keys and values stand here, where one text belongs; YAML takes { for them", hint)
