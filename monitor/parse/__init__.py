"""From bytes to entries: RSS, RDF, Atom and JSON Feed."""

from monitor.parse.parser import Parser

__all__ = ["Parser"]
