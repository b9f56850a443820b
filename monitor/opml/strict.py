"""Reads lists that are well-formed XML."""

from xml.parsers import expat

from monitor.opml.outlines import Outlines

#: What expat, which takes no names, is told: nothing follows.
_WHOLE = True


class IllFormed(ValueError):
    """It is no XML, or declares entities, which may be used to make a small file huge."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_strictly(text: str, outlines: Outlines) -> None:
    """Take the tags of a document in order. Raises `IllFormed`, and what was taken is then to be thrown away."""
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        lower = {_local(key): value for key, value in reversed(attributes.items())}
        outlines.start(_local(name), lower, parser.CurrentLineNumber)

    def end(name: str) -> None:
        outlines.end(_local(name), parser.CurrentLineNumber)

    def declared(*_: object) -> None:
        raise IllFormed("entities are declared", parser.CurrentLineNumber)

    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = start, end, declared
    try:
        parser.Parse(text, _WHOLE)
    except expat.ExpatError as error:
        raise IllFormed(expat.errors.messages[error.code], error.lineno) from None


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()
