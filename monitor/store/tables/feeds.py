"""Feeds, and what is remembered of them and of their hosts."""

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table

from monitor.store.columns import Instant, Words
from monitor.store.tables.base import metadata

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

#: Passages of feeds that the user says are no boilerplate, and since when.
spared = Table(
    "spared",
    metadata,
    Column("feed", ForeignKey("feed.id"), primary_key=True),
    Column("passage", Words, primary_key=True),
    Column("at", Instant, nullable=False),
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
