"""Entries, what they are compared by, their pages, and what was decided of them."""

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Table, text

from monitor.store.columns import Instant, Words
from monitor.store.tables.base import metadata

entry = Table(
    "entry",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("feed", ForeignKey("feed.id"), nullable=False, index=True),
    Column("seen", Instant, nullable=False, index=True),
    #: Names of the watchlists that looked at it, in order, and what those decided that have no row in `decision`.
    Column("watchlists", JSON, nullable=False),
    Column("otherwise", Words, nullable=False),
    Column("id", Words, nullable=False),
    Column("link", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("summary", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("article", Words, nullable=False, server_default=""),
    Column("author", Words, nullable=False),
    Column("category", Words, nullable=False),
    Column("published", Instant),
    Column("updated", Instant),
    Column("language", Words, nullable=False),
    #: How often its text, or what it is known by, changed.
    Column("changes", Integer, nullable=False, server_default="0"),
    Column("story", ForeignKey("story.number")),
    Index("ix_entry_story", "story", sqlite_where=text("story IS NOT NULL")),
    sqlite_autoincrement=True,
)

#: Its number is that of its first entry; `told` is when those who had an alert of it were told that it grew.
story = Table(
    "story",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("grew", Instant, nullable=False),
    Column("told", Instant),
    Index("ix_story_grew", "grew", sqlite_where=text("told IS NULL")),
)

#: What entries of the last days are compared by (see `monitor.group.sketch`).
sketch = Table(
    "sketch",
    metadata,
    Column("entry", ForeignKey("entry.number"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("source", Words, nullable=False),
    Column("link", Words, nullable=False),
    #: Four bytes a word.
    Column("title", LargeBinary, nullable=False),
    Column("text", LargeBinary, nullable=False),
)

sketch_key = Table(
    "sketch_key",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("entry", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

#: Entries whose pages were to be read. What is to be read always has its next attempt: no row can be forgotten.
article = Table(
    "article",
    metadata,
    Column("entry", ForeignKey("entry.number"), primary_key=True),
    Column("feed", ForeignKey("feed.id"), nullable=False, index=True),
    Column("url", Words, nullable=False),
    Column("host", Words, nullable=False),
    Column("purpose", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt", Instant),
    Column("attempted", Instant),
    CheckConstraint("(state = 'waiting') = (next_attempt IS NOT NULL)", name="due"),
    Index("ix_article_purpose_next_attempt", "purpose", "next_attempt", sqlite_where=text("next_attempt IS NOT NULL")),
    Index("ix_article_host", "host", sqlite_where=text("next_attempt IS NOT NULL")),
)

decision = Table(
    "decision",
    metadata,
    Column("entry", ForeignKey("entry.number"), primary_key=True),
    Column("watchlist", Words, primary_key=True),
    Column("reason", Words, nullable=False),
    #: Of each match: term, field, start, end, form.
    Column("matches", JSON, nullable=False),
    Index("ix_decision_reason", "reason", sqlite_where=text("reason = 'flood held'")),
)
