"""The tree of outlines, built tag by tag: which outlines are feeds, and the folders they are in."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.opml.feedlist import Mend, Refused, Repairs
from monitor.opml.names import named

#: Folders in each other that become tags.
DEEPEST = 20
_KINDS = frozenset({"rss", "rss1", "rss2", "atom", "feed", "jsonfeed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """An outline that is a feed, its address as it stands there."""

    url: str
    #: "" if it has none.
    name: str
    tags: tuple[str, ...]
    line: int


@dataclass(slots=True, kw_only=True)
class _Open:
    """An outline whose end has not come yet."""

    name: str
    line: int
    is_feed: bool
    #: Why it should have been a feed; "" if it may be a folder.
    expected: str
    has_outlines: bool = False


class Outlines:
    """Takes tags in their order; attributes have lower-case names."""

    def __init__(self, repairs: Repairs) -> None:
        self.found: list[Outline] = []
        self.refused: list[Refused] = []
        self.repairs = repairs
        self._open: list[_Open] = []
        self._elements: set[str] = set()
        self._closed: set[str] = set()

    @property
    def is_list(self) -> bool:
        """Whether anything of a list was there."""
        return bool({"opml", "outline"} & self._elements)

    def start(self, element: str, attributes: Mapping[str, str], line: int) -> None:
        """Take a start tag."""
        self._elements.add(element)
        if element != "outline":
            return
        if self._open:
            self._open[-1].has_outlines = True
        opened = _opened(attributes, line)
        if opened.is_feed:
            tags = dict.fromkeys((*self._folders(line), *_categories(attributes.get("category", ""))))
            url = attributes.get("xmlurl", "").strip() or attributes["url"]
            self.found.append(Outline(url=url, name=opened.name, tags=tuple(tags), line=line))
        self._open.append(opened)

    def _folders(self, line: int) -> list[str]:
        self.repairs.note(Mend.TOO_DEEP, line, count=len(self._open) > DEEPEST)
        return [each.name for each in self._open[:DEEPEST] if each.name and not each.is_feed]

    def end(self, element: str, line: int) -> None:
        """Take an end tag."""
        if element != "outline":
            self._closed.add(element)
        elif not self._open:
            self.repairs.note(Mend.CLOSED_TWICE, line)
        else:
            last = self._open.pop()
            if last.expected and not last.has_outlines:
                self.refused.append(Refused(name=last.name, line=last.line, reason=last.expected))

    def finish(self) -> None:
        """Close what is still open, and say what a list should have and this one has not."""
        for element, what in (("opml", Mend.NO_OPML), ("head", Mend.NO_HEAD), ("body", Mend.NO_BODY)):
            self.repairs.note(what, count=element not in self._elements)
        if {"opml", "body"} & self._elements and not {"opml", "body"} & self._closed:
            self.repairs.note(Mend.CUT_OFF, count=not any(each.what == Mend.CUT_OFF for each in self.repairs.all()))
        while self._open:
            self.repairs.note(Mend.NOT_CLOSED, self._open[-1].line)
            self.end("outline", 0)


def _opened(attributes: Mapping[str, str], line: int) -> _Open:
    kind = attributes.get("type", "").strip().lower()
    url = attributes.get("xmlurl", "").strip() or (kind in _KINDS and attributes.get("url", "").strip())
    if url:
        expected = ""
    elif kind in {"link", "include"} and attributes.get("url"):
        expected = f"a {kind}, which is not followed"
    else:
        expected = "no address (xmlUrl)" if kind in _KINDS or attributes.get("htmlurl") else ""
    name = named(attributes.get("title", "")) or named(attributes.get("text", ""))
    return _Open(name=name, line=line, is_feed=bool(url), expected=expected)


def _categories(text: str) -> list[str]:
    """Read `/Asia/Myanmar,daily` (OPML 2.0, "category") as the tags that the folders would be."""
    return [tag for each in text.split(",") for part in each.split("/") if (tag := named(part))]
