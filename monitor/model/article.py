"""The page behind an entry: whether it is wanted, what became of it, and what it says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.feed import Validators


class Purpose(StrEnum):
    """Why an article is wanted. What is to be matched comes before what is to be learnt from."""

    MATCH = "match"
    #: Of the backlog: to learn what all pages of its site say.
    LEARN = "learn"
    #: Of a flood: nothing, until the user has said what is to become of it.
    HELD = "held"


#: Those that an article is read for, in their order.
ASKED = (Purpose.MATCH, Purpose.LEARN)


class ArticleState(StrEnum):
    """Where an article stands."""

    #: It is to be read, for the first time or again.
    WAITING = "waiting"
    READ = "read"
    #: Given up.
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An entry whose article is to be read."""

    #: Number of the entry.
    entry: int
    #: Name of the feed.
    feed: str
    #: Address of the page, and its host as requests to it take turns.
    url: str
    host: str
    purpose: Purpose
    #: The entry's.
    title: str
    seen: datetime
    #: In vain, so far.
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page as it was fetched, and the text that was found in it."""

    #: Where it came from, after redirects.
    url: str
    fetched: datetime
    validators: Validators
    #: As sent, decoded from its content coding.
    body: bytes
    content_type: str
    #: A paragraph a line, without the entry's title.
    text: str
    #: Whether the rest is for subscribers.
    beginning_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleStatus:
    """What became of the article of an entry."""

    url: str
    state: ArticleState
    #: Why it was not read, or not wholly; "" otherwise.
    reason: str = ""
    attempts: int = 0
    #: None unless it waits.
    next_attempt: datetime | None = None
