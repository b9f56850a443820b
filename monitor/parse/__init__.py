"""From bytes to entries: RSS, RDF, Atom and JSON Feed; and to the texts of pages."""

from monitor.parse.parser import Parser
from monitor.parse.reader import ArticleReader

__all__ = ["ArticleReader", "Parser"]
