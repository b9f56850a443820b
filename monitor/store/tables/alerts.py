"""Alerts and notices, what they were made of, and their way to receivers."""

from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    text,
)

from monitor.store.columns import Instant, Words
from monitor.store.tables.base import metadata

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


def _of_document() -> tuple[Column[Any], ...]:
    """Return columns for what is known of a document."""
    return (
        Column("url", Words, nullable=False),
        Column("fetched", Instant, nullable=False),
        Column("etag", Words),
        Column("last_modified", Words),
        Column("content_type", Words, nullable=False),
        Column("sha256", LargeBinary, nullable=False),
    )


#: Which document an alert was made of.
evidence = Table("evidence", metadata, Column("alert", ForeignKey("alert.number"), primary_key=True), *_of_document())

#: Which document an alert is made of if a flood is released.
held_evidence = Table(
    "held_evidence",
    metadata,
    Column("entry", Integer, primary_key=True),
    Column("watchlist", Words, primary_key=True),
    *_of_document(),
    ForeignKeyConstraint(["entry", "watchlist"], ["decision.entry", "decision.watchlist"]),
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
    #: That it is about.
    Column("alert", ForeignKey("alert.number")),
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
