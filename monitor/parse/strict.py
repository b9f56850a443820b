"""feedparser's strict parser, which also says whether each entry left it as it was.

feedparser keeps what it is in the middle of in its own attributes, and some entries leave something there that the
entries after them are read with: an xml:base, an open element, a namespace. Documents of such are not to be read in
part.
"""

import io
from operator import attrgetter
from typing import Any
from xml.sax.expatreader import ExpatParser
from xml.sax.xmlreader import InputSource

from feedparser.api import StrictFeedParser

#: Elements in one another beyond which a document is read whole.
_DEPTH = 64
#: Attributes that each entry sets anew.
_ANEW = frozenset({"inentry", "guidislink", "title_depth", "independent", "_below"})
#: What feedparser leaves on its stack after entries, and never asks for again.
_LEFT = frozenset({"item", "content"})


class Strict(StrictFeedParser):  # type: ignore[misc]  # feedparser has no types
    """A handler of SAX events; the outcome is in `feeddata` and `entries`."""

    def __init__(self) -> None:
        super().__init__("", None, "utf-8")
        self.resolve_relative_uris = False
        self.sanitize_html = False
        #: Whether every entry is read the same without the others.
        self.independent = True

    def unknown_starttag(self, tag: str, attributes: list[tuple[str, str]]) -> None:
        """See an element begin."""
        super().unknown_starttag(tag, attributes)
        if self.depth > _DEPTH:
            self.independent = False

    def _start_item(self, attributes: dict[str, str]) -> None:
        super()._start_item(attributes)
        self._below = len(self.elementstack) - 1
        if not self.entries[1:]:
            plain = (name for name, value in vars(self).items() if value is None or isinstance(value, (int, str)))
            self._plain = attrgetter(*(name for name in plain if name not in _ANEW))
        self._names = dict(self.namespacemap), dict(self.namespaces_in_use)
        self._before = self._state()

    _start_entry = _start_item

    def _end_item(self) -> None:
        super()._end_item()
        # A base of its own is taken back only if there is another one around.
        based = self.basestack[-2] or not self.baseuri
        left = {element for element, *_ in self.elementstack[self._below :]} <= _LEFT
        same = len(self.elementstack) >= self._below and self._state() == self._before
        names = self.namespacemap, self.namespaces_in_use
        named = names == self._names or self._uncommon(*names) == self._uncommon(*self._names)
        self.independent = bool(self.independent and based and left and same and named)

    _end_entry = _end_item

    def _state(self) -> tuple[Any, ...]:
        language = dict.get(self.feeddata, "language")
        depths = len(self.basestack), len(self.langstack)
        return self._plain(self), depths, language, dict(self.contentparams), dict(self.sourcedata)

    def _uncommon(self, prefixes: dict[str | None, str], uris: dict[str, str]) -> tuple[dict[Any, str], ...]:
        """Return the prefixes that make a difference: not those that any document may use for what they stand for."""
        renamed = {prefix: known for prefix, known in prefixes.items() if prefix not in (None, known)}
        unknown = {prefix: uri for prefix, uri in uris.items() if prefix and uri.lower() not in self._matchnamespaces}
        return renamed, unknown


def read_strictly(body: bytes, encoding: str) -> Strict:
    """Read a well-formed document as feedparser.parse would. Raises SAXException and what feedparser stumbles over."""
    handler = Strict()
    reader = ExpatParser(namespaceHandling=1)
    reader.setContentHandler(handler)
    source = InputSource()
    source.setByteStream(io.BytesIO(body))
    source.setEncoding(encoding or None)
    reader.parse(source)
    return handler
