"""HTML to the plain text a reader would see, in linear time.

It scans; it builds no tree. A tree costs lexbor minutes for a megabyte of nested `<div>`, and only blocks matter here.
"""

import html
import re
from collections.abc import Iterator

_BLOCK = re.compile(
    "address|article|aside|blockquote|br|caption|center|d[dlt]|details|dialog|div|fieldset|figcaption|figure|footer|form"
    "|h[1-6r]|header|legend|li|main|menu|nav|ol|option|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul"
)
_CELLS = frozenset({"td", "th"})
#: Elements whose content is not text of the page.
_UNSEEN = frozenset({"iframe", "noembed", "noframes", "script", "style", "template", "title"})

MARKUP = re.compile(r"<(?:/?[A-Za-z]|[!?])")
_TAG_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
#: The rest of a tag; ">" may stand in quotes. Each part ends where no other can begin, so that going back costs little.
_TAG_REST = re.compile(r"""[^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*>""")
_SPACE = re.compile(r"\s+")
#: What no store or mail takes: control characters and halves of surrogate pairs.
_UNFIT = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")


def html_to_text(markup: str) -> str:
    """Return the text of HTML, one line a block; scripts, styles and comments are gone, entities decoded once.

    What only looks like markup ("5 < 6", an unfinished tag) stays text. Inline tags join: `foo<b>bar</b>` is `foobar`.
    """
    return plain_text("".join(_pieces(markup)))


def plain_text(text: str) -> str:
    """Return text with spaces collapsed, without empty lines and without characters that can not be stored."""
    lines = (" ".join(line.split()) for line in _UNFIT.sub("", text).split("\n"))
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """Return text as plain_text does, on one line."""
    return " ".join(_UNFIT.sub("", text).split())


def _pieces(markup: str) -> Iterator[str]:
    """Text and line breaks, in order. A CDATA section inside HTML is a feed's slip: its content is kept."""
    if not MARKUP.search(markup):
        yield _decoded(markup)
        return
    scan = Scan(markup.replace("<![CDATA[", "").replace("]]>", ""))
    at = 0
    while start := MARKUP.search(scan.markup, at):
        yield _decoded(scan.markup[at : start.start()])
        name, at = scan.past(start.start())
        if _BLOCK.fullmatch(name):
            yield "\n"
        elif name in _CELLS or (name == "sup" and scan.markup[at : at + 1].isdigit()):
            yield " "  # else a footnote's number would become part of the word before it
        elif name == "<":
            yield name
    yield _decoded(scan.markup[at:])


def _decoded(text: str) -> str:
    return _SPACE.sub(" ", html.unescape(text))


class Scan:
    """Finds where markup ends. What was missing once is not looked for again: the cost is that of the length."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self._missing: set[str] = set()

    def past(self, start: int) -> tuple[str, int]:
        """Return the element's name and where its tag ends; "" for a comment and the like, "<" for mere text."""
        if self.markup.startswith("<!--", start):
            # One that never ends would swallow the rest: only its opening is dropped.
            return "", self._find("-->", start + 4, default=start + 1) + 3
        tag = _TAG_NAME.match(self.markup, start)
        end = self._tag_end(tag.end() if tag else start)
        if not end:
            return "<", start + 1
        name = tag[1].lower() if tag else ""
        if name in _UNSEEN and self.markup[start + 1] != "/" and self.markup[end - 2] != "/":
            end = self._find(f"</{name}", end, default=len(self.markup))
        return name, end

    def _tag_end(self, start: int) -> int:
        """Return the place after the tag's ">", 0 if it has none."""
        if "quote" not in self._missing:
            if rest := _TAG_REST.match(self.markup, start):
                return rest.end()
            self._missing.add("quote")
        return self._find(">", start, default=-1) + 1

    def _find(self, what: str, start: int, *, default: int) -> int:
        if what not in self._missing:
            if found := re.compile(re.escape(what), re.IGNORECASE).search(self.markup, start):
                return found.start()
            self._missing.add(what)
        return default
