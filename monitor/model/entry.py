"""An entry of a feed (RFC 4287 §4.1.2), as plain text."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Field(StrEnum):
    """A part of an entry that terms are looked for in."""

    TITLE = "title"
    SUMMARY = "summary"
    TEXT = "text"
    #: The page behind the entry.
    ARTICLE = "article"
    AUTHOR = "author"
    CATEGORY = "category"
    LINK = "link"

    @property
    def reach(self) -> frozenset["Field"]:
        """The fields that are looked in for it: the text is what the feed gives of it, and the article."""
        return frozenset({Field.TEXT, Field.ARTICLE} if self is Field.TEXT else {self})


#: The fields a watchlist looks in when it does not say.
DEFAULT_FIELDS = frozenset({Field.TITLE, Field.SUMMARY, Field.TEXT})


#: No entry is of an earlier year, nor published later than so long after it was seen.
_EARLIEST_YEAR, _AHEAD = 1990, timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one entry says. Every field is plain text as a reader would see it; "" when the feed gives none."""

    #: The feed's own id (atom:id, guid) as given.
    id: str = ""
    #: An absolute http or https address.
    link: str = ""
    title: str = ""
    summary: str = ""
    #: The content of the entry.
    text: str = ""
    #: The text of its page, a paragraph a line; "" when that was not read.
    article: str = ""
    #: Names, joined by ", ".
    author: str = ""
    #: Categories, joined by ", ".
    category: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    #: Language tag (BCP 47) that entry or feed declares.
    language: str = ""

    def believable(self, seen: datetime) -> datetime | None:
        """Return when it was published; None if that is not known, or can not be true of one seen then (R30)."""
        published = self.published
        if published is None or published.year < _EARLIEST_YEAR or published > seen + _AHEAD:
            return None
        return published

    def field(self, field: Field) -> str:
        """Return the text of one field."""
        text: str = getattr(self, field.value)
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """An entry that we keep, with where and when we saw it first."""

    number: int
    #: Name of the feed.
    feed: str
    seen: datetime
    entry: Entry
