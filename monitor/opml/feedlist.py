"""What a list of feeds holds, and what was made of it."""

from dataclasses import dataclass
from enum import StrEnum


class Mend(StrEnum):
    """What can be wrong with a file whose feeds we get all the same, in words for the user."""

    AMPERSAND = "& that is not written &amp;"
    ENTITY = "entity that only HTML knows"
    LESS_THAN = "< inside a value"
    QUOTE = "quotation mark inside a value"
    NO_QUOTE = "quotation mark missing around a value"
    NO_BRACKET = "> missing at the end of a tag"
    TWICE = "attribute that stands twice: the first counts"
    CONTROL = "character that XML does not allow"
    ENCODING = "not in the encoding that it should be in"
    BEFORE = "something before the beginning"
    DECLARATION = "entity declared: it is not used"
    NO_OPML = "no <opml>"
    NO_HEAD = "no <head>"
    NO_BODY = "no <body>"
    NOT_CLOSED = "closing tag missing"
    CLOSED_TWICE = "closing tag too many"
    CUT_OFF = "cut off: what follows is missing"
    TOO_DEEP = "folders too deep in each other: the inner ones are no tags"
    SPACE = "space in an address"
    ESCAPED_TWICE = "&amp; that is escaped twice in an address"
    VARIABLE = "${ in an address, which the configuration would fill in"
    OTHER = "not well-formed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFeed:
    """A feed of a list."""

    url: str
    #: Its title, else its host; two feeds may have the same.
    name: str
    #: Folders it is in, outermost first, then its categories.
    tags: tuple[str, ...] = ()
    #: Where it stands in the file, from 1.
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One kind of fault that was mended."""

    what: str
    count: int
    #: Where it stands first, from 1; 0 if it concerns the whole file.
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A feed that the list holds already."""

    name: str
    line: int
    #: Line of the feed that it is the same as.
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An outline that should be a feed and can not be read as one."""

    name: str
    line: int
    #: Without the address, which may hold a secret.
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedList:
    """All that was found in a file, in its order."""

    feeds: tuple[ListedFeed, ...]
    merged: tuple[Merged, ...] = ()
    repaired: tuple[Repair, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def cut_off(self) -> bool:
        """Whether feeds may be missing at the end."""
        return any(repair.what == Mend.CUT_OFF for repair in self.repaired)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file that is no list of feeds."""

    reason: str
    hint: str


class Repairs:
    """Counts what was mended, kind by kind."""

    def __init__(self) -> None:
        self._found: dict[str, Repair] = {}

    def note(self, what: str, line: int = 0, *, count: int = 1) -> None:
        """Remember that something was mended in a line."""
        if count:
            first = self._found.get(what)
            known, line = (first.count, first.line) if first else (0, line)
            self._found[what] = Repair(what=str(what), count=known + count, line=line)

    def all(self) -> tuple[Repair, ...]:
        """Return what was mended, in the order in which it was found first."""
        return tuple(self._found.values())
