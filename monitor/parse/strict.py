"""feedparser's strict parser, which also says whether each entry left it as it was.

feedparser keeps what it is in the middle of in its own attributes, and some entries leave something there that the
entries after them are read with: an xml:base, an open element, a namespace. Documents of such are not to be read in
part.
"""

import io
from typing import Any
from xml.sax.expatreader import ExpatParser
from xml.sax.xmlreader import InputSource

from feedparser.api import StrictFeedParser

#: Elements in one another beyond which a document is read whole.
_DEPTH = 64
#: Attributes that each entry sets anew.
_ANEW = frozenset({"inentry", "guidislink", "title_depth", "independent"})
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
        self._before = self._state()

    _start_entry = _start_item

    def _end_item(self) -> None:
        super()._end_item()
        # A base of its own is taken back only if there is another one around.
        based = self.basestack[-2] or not self.baseuri
        left = {element for element, *_ in self.elementstack[self._below :]} <= _LEFT
        same = len(self.elementstack) >= self._below and self._state() == self._before
        self.independent = bool(self.independent and based and left and same)

    _end_entry = _end_item

    def _state(self) -> tuple[Any, ...]:
        plain = {
            name: value
            for name, value in vars(self).items()
            if name not in _ANEW and (value is None or isinstance(value, (int, str)))
        }
        # Names that any document may use for what they stand for make no difference.
        uncommon = {name: known for name, known in self.namespacemap.items() if name not in (None, known)}
        unknown = {
            name: uri
            for name, uri in self.namespaces_in_use.items()
            if name and uri.lower() not in self._matchnamespaces
        }
        depths = (len(self.basestack), len(self.langstack), dict.get(self.feeddata, "language"))
        return plain, depths, uncommon, unknown, dict(self.contentparams), dict(self.sourcedata)


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
