"""The tags of an HTML page with their attributes, for what is not text; in linear time, however broken the page is."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from monitor.text.html import MARKUP, Scan, html_to_text, one_line

#: Each part ends where no other can begin, so that going back costs little.
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
#: Characters of a link's markup that are read for its text.
_LONGEST = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A start tag."""

    #: In lower case.
    name: str
    #: By their names in lower case; entities decoded.
    attributes: Mapping[str, str]
    #: What a link (`a`) shows, on one line, with the descriptions of its images.
    text: str = ""


def tags(markup: str, names: frozenset[str]) -> Iterator[Tag]:
    """Yield the start tags of these names, in order. Scripts, comments and templates are not looked into."""
    link: Tag | None = None
    since = 0
    for name, start, end in _spans(markup):
        if link is not None and name in {"a", "/a"}:
            yield replace(link, text=_shown(markup[since : min(start, since + _LONGEST)]))
            link = None
        if name in names:
            tag = Tag(name=name, attributes=_attributes(markup[start + 1 + len(name) : end]))
            if name == "a":
                link, since = tag, end
            else:
                yield tag
    if link is not None:
        yield replace(link, text=_shown(markup[since : since + _LONGEST]))


def _spans(markup: str) -> Iterator[tuple[str, int, int]]:
    """Yield name, start and end of each tag; the name of an end tag begins with "/"."""
    scan = Scan(markup)
    at = 0
    while found := MARKUP.search(markup, at):
        start = found.start()
        name, at = scan.past(start)
        yield ("/" if markup.startswith("</", start) else "") + name, start, at


def _attributes(inside: str) -> dict[str, str]:
    """Return attributes; of those that stand twice the first counts, as in browsers."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(inside):
        found.setdefault(name.lower(), html.unescape(double or single or bare))
    return found


def _shown(markup: str) -> str:
    return one_line(
        " ".join([html_to_text(markup), *(tag.attributes.get("alt", "") for tag in tags(markup, frozenset({"img"})))])
    )
