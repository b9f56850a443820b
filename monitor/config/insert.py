"""Puts feeds into the text of a configuration, every other character of which stays as it is."""

from collections.abc import Sequence
from typing import Any

import yaml

from monitor.config.fault import Place, Wrong
from monitor.config.written import feed_in_braces, feed_lines, quoted
from monitor.opml import ListedFeed

_ALONE = frozenset({"url", "opml"})


def inserted(text: str, feeds: Sequence[ListedFeed]) -> str:
    """Return the text of a configuration with more feeds under `feeds:`, which is written first if it is not there.

    The text must be YAML that `monitor.config.nodes.compose` takes. Raises `Wrong` where what stands under `feeds:`
    would have to be rewritten.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    composed: Any = yaml.compose(text, Loader=yaml.BaseLoader)
    root: yaml.MappingNode = composed
    found = next((each for each in root.value if each[0].value == "feeds"), None)
    if found is None:
        return _with_section(text, root, feeds, newline)
    key, node = found
    if isinstance(node, yaml.ScalarNode):
        return _beside_address(text, key, node, feeds, newline)
    if isinstance(node, yaml.MappingNode) and _ALONE & {name.value for name, _ in node.value}:
        place = Place(line=node.start_mark.line + 1, column=node.start_mark.column + 1)
        raise Wrong(
            place, "feeds is one feed here, to which none can be added", 'write it as a list: begin it with "- "'
        )
    end = _end(node.value[-1])
    named = isinstance(node, yaml.MappingNode)
    if node.flow_style:
        return text[:end] + "".join(f",{newline}  {each}" for each in _in_braces(feeds, named=named)) + text[end:]
    indent = " " * node.start_mark.column
    lines = [indent + each for each in _in_braces(feeds, named=True)] if named else _items(feeds, indent)
    return _with_lines(text, end, lines, newline)


def _end(node: yaml.Node | tuple[yaml.Node, yaml.Node]) -> int:
    """Return where the text of a node ends: PyYAML has blocks end where the next token begins."""
    if isinstance(node, tuple):
        node = node[1]
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        return _end(node.value[-1])
    return int(node.end_mark.index)


def _items(feeds: Sequence[ListedFeed], indent: str) -> list[str]:
    return [line for feed in feeds for line in feed_lines(url=feed.url, name=feed.name, tags=feed.tags, indent=indent)]


def _in_braces(feeds: Sequence[ListedFeed], *, named: bool) -> list[str]:
    if named:
        return [f"{quoted(each.name)}: {feed_in_braces(url=each.url, name='', tags=each.tags)}" for each in feeds]
    return [feed_in_braces(url=each.url, name=each.name, tags=each.tags) for each in feeds]


def _with_lines(text: str, end: int, lines: Sequence[str], newline: str) -> str:
    """Put lines behind the line in which something ends."""
    while text[end - 1] == "\n":
        end -= 1
    after = text.find("\n", end) + 1
    if not after:
        return text + newline + newline.join(lines) + newline
    return text[:after] + "".join(line + newline for line in lines) + text[after:]


def _with_section(text: str, root: yaml.MappingNode, feeds: Sequence[ListedFeed], newline: str) -> str:
    if root.flow_style:
        hint = "write feeds: [...] into it, with one feed at least"
        raise Wrong(Place(line=1, column=1), "this file in brackets has no feeds, to which some could be added", hint)
    return _with_lines(text, _end(root.value[-1]), ["feeds:", *_items(feeds, "  ")], newline)


def _beside_address(text: str, key: yaml.Node, node: yaml.Node, feeds: Sequence[ListedFeed], newline: str) -> str:
    """Make a list of the only address, or of none."""
    if not node.value:
        return _with_lines(text, key.end_mark.index, _items(feeds, " " * (key.start_mark.column + 2)), newline)
    start, end = node.start_mark.index, node.end_mark.index
    items = "".join(f",{newline}  {each}" for each in _in_braces(feeds, named=False))
    return f"{text[:start]}[{text[start:end]}{items}]{text[end:]}"
