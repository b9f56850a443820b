"""The tables, and how our kinds of data stand in them. A change here needs a new step in `migrations`."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)

from monitor.store.columns import Instant, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

feed = Table(
    "feed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("shown_url", Words, nullable=False),
    #: Whether the configuration has it; what it brought stays either way.
    Column("active", Boolean, nullable=False),
    Column("health", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("digest", LargeBinary),
    Column("moved_to", Words),
    Column("redirect_url", Words),
    Column("redirect_since", Instant),
    Column("redirect_parses", Integer),
    Column("failures", Integer, nullable=False),
    Column("kills", Integer, nullable=False),
    Column("baselined", Boolean, nullable=False),
    Column("last_polled", Instant),
    Column("last_success", Instant),
    #: "At once" stands here as the time when it was said: whatever is due is a plain range of the index.
    Column("next_poll", Instant, nullable=False),
    Column("retry_after", Instant),
    Column("mirror", Words),
    Column("mirror_since", Instant),
    Column("last_entry", Instant),
    Column("silence_usual", Float),
    Column("silence_longest", Float),
    Column("silence_count", Integer),
    Column("empty_since", Instant),
    Column("empty_polls", Integer),
    Column("articles", JSON),
    Column("trouble", Words),
    Column("trouble_since", Instant),
    Column("quiet", Boolean, nullable=False, server_default="0"),
    Column("told", Words),
    Column("told_since", Instant),
    #: Seconds.
    Column("interval", Float),
    Column("interval_reason", Words, nullable=False, server_default=""),
    Column("hints", JSON),
    Column("rhythm", JSON),
    Column("window", Integer, nullable=False, server_default="0"),
    Column("gap", Instant),
    Column("confirmed", Instant),
    Column("untrusted", Instant),
    Column("by_link", Boolean, nullable=False, server_default="0"),
    Column("flood_since", Instant),
    Column("flood_told", Instant),
    Column("flood_cause", Words),
    Column("flood_entries", Integer),
    Index("ix_feed_active_name", "active", "name"),
    Index("ix_feed_active_next_poll", "active", "next_poll"),
    sqlite_autoincrement=True,
)

#: What entries of a feed are known by. It does not refer to them: it outlives their texts.
alias = Table(
    "alias",
    metadata,
    Column("feed", ForeignKey("feed.id"), primary_key=True),
    Column("alias", LargeBinary, primary_key=True),
    Column("last_seen", Instant, nullable=False),
    #: Number of the entry, which may be kept no more; empty where it was not written down.
    Column("entry", Integer),
    sqlite_with_rowid=False,
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

alert = Table(
    "alert",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("created", Instant, nullable=False, index=True),
    Column("entry", Integer, nullable=False),
    Column("watchlist", Words, nullable=False),
    Column("priority", Words, nullable=False, server_default="normal"),
    Column("follows", ForeignKey("alert.number")),
    #: Entry, reason and matches as they were; empty while the entry and its decision still are.
    Column("as_alerted", JSON(none_as_null=True)),
    #: What of it is gone, and when that was noticed.
    Column("vanished", Words),
    Column("vanished_at", Instant),
    #: How often its page was looked at, and when it is to be again.
    Column("checks", Integer, nullable=False, server_default="0"),
    Column("next_check", Instant),
    #: Since when its page is not found, if it was not the last time.
    Column("missing_since", Instant),
    Index("ix_alert_next_check", "next_check", sqlite_where=text("next_check IS NOT NULL")),
    UniqueConstraint("entry", "watchlist"),
    Index("ix_alert_follows", "follows", sqlite_where=text("follows IS NOT NULL")),
    ForeignKeyConstraint(["entry", "watchlist"], ["decision.entry", "decision.watchlist"]),
    sqlite_autoincrement=True,
)

#: The bytes of documents that alerts were made of. Nothing refers to them: what is known of them outlives them.
document = Table(
    "document",
    metadata,
    Column("sha256", LargeBinary, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    Column("kept", Instant, nullable=False, index=True),
)

#: Which document an alert was made of.
evidence = Table(
    "evidence",
    metadata,
    Column("alert", ForeignKey("alert.number"), primary_key=True),
    Column("url", Words, nullable=False),
    Column("fetched", Instant, nullable=False),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("content_type", Words, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
)

#: What archives made of the pages of entries.
snapshot = Table(
    "snapshot",
    metadata,
    Column("entry", ForeignKey("entry.number"), primary_key=True),
    Column("state", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt", Instant),
    Column("reason", Words, nullable=False),
)

notice = Table(
    "notice",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("created", Instant, nullable=False),
    Column("title", Words, nullable=False),
    Column("body", Words, nullable=False),
    sqlite_autoincrement=True,
)

#: Empty columns of watchlist, feed and term mean any.
silence = Table(
    "silence",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("watchlist", Words),
    Column("feed", Words),
    Column("term", Words),
    Column("why", Words, nullable=False),
    Column("begins", Instant, nullable=False),
    Column("ends", Instant, nullable=False),
    sqlite_autoincrement=True,
)

delivery = Table(
    "delivery",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("alert", ForeignKey("alert.number")),
    Column("notice", ForeignKey("notice.number")),
    Column("receiver", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created", Instant, nullable=False),
    Column("queued", Instant, nullable=False),
    Column("next_attempt", Instant),
    Column("attempted", Instant),
    Column("error", Words, nullable=False),
    Column("priority", Words, nullable=False, server_default="normal"),
    Column("held_until", Instant),
    Column("hold_reason", Words),
    Column("message_id", Words),
    Column("silence", ForeignKey("silence.number")),
    Column("receipt", Words),
    UniqueConstraint("alert", "receiver"),
    CheckConstraint("(alert IS NULL) <> (notice IS NULL)", name="subject"),
    #: What is owed always has its next attempt: no row can be forgotten.
    CheckConstraint("(state IN ('pending', 'unknown')) = (next_attempt IS NOT NULL)", name="owed"),
    Index("ix_delivery_receiver_next_attempt", "receiver", "next_attempt"),
    Index("ix_delivery_receiver_attempted", "receiver", "attempted"),
    Index("ix_delivery_receiver_held_until", "receiver", "held_until", sqlite_where=text("held_until IS NOT NULL")),
    sqlite_autoincrement=True,
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

#: Hosts that asked to be left alone.
host = Table(
    "host",
    metadata,
    Column("name", Words, primary_key=True),
    Column("free", Instant, nullable=False),
)

#: What is known of the passages that sites repeat.
ledger = Table(
    "ledger",
    metadata,
    #: As in `feed`, or 0 for the pages behind entries of any feed.
    Column("feed", Integer, primary_key=True),
    #: Empty for all that the feed gives.
    Column("host", Words, primary_key=True),
    Column("packed", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_ledger_feed_at", "feed", "at"),
)

#: Moments that are remembered over restarts.
milestone = Table(
    "milestone",
    metadata,
    Column("name", Words, primary_key=True),
    Column("at", Instant, nullable=False),
)

#: What hubs were asked to push. Tokens and secrets stand here as they are: whoever reads the database reads it all.
subscription = Table(
    "subscription",
    metadata,
    Column("callback", Words, primary_key=True),
    Column("feed", ForeignKey("feed.id"), nullable=False, index=True),
    Column("hub", Words, nullable=False),
    Column("topic", Words, nullable=False),
    Column("secret", Words, nullable=False),
    Column("mode", Words, nullable=False),
    Column("pending", Boolean, nullable=False),
    Column("lease_until", Instant),
    Column("silent", Boolean, nullable=False),
    Column("denied", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("reason", Words, nullable=False),
    Column("next_try", Instant, nullable=False),
    #: The feed's next poll as it would be without a hub, and the later one that was put in its place.
    Column("poll_from", Instant),
    Column("poll_to", Instant),
)
