"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take this step; the way back is the backup."""
    _feeds()
    _entries()
    _alerts()
    _deliveries()


def _feeds() -> None:
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("shown_url", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("health", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("digest", sa.LargeBinary),
        sa.Column("moved_to", sa.Text),
        sa.Column("redirect_url", sa.Text),
        sa.Column("redirect_since", _INSTANT),
        sa.Column("redirect_parses", sa.Integer),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("kills", sa.Integer, nullable=False),
        sa.Column("baselined", sa.Boolean, nullable=False),
        sa.Column("last_polled", _INSTANT),
        sa.Column("last_success", _INSTANT),
        sa.Column("next_poll", _INSTANT, nullable=False),
        sa.Column("retry_after", _INSTANT),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feed_active_name", "feed", ["active", "name"])
    op.create_index("ix_feed_active_next_poll", "feed", ["active", "next_poll"])
    op.create_table("host", sa.Column("name", sa.Text, primary_key=True), sa.Column("free", _INSTANT, nullable=False))


def _entries() -> None:
    op.create_table(
        "alias",
        sa.Column("feed", sa.Integer, sa.ForeignKey("feed.id"), primary_key=True),
        sa.Column("alias", sa.LargeBinary, primary_key=True),
        sa.Column("last_seen", _INSTANT, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entry",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("feed", sa.Integer, sa.ForeignKey("feed.id"), nullable=False, index=True),
        sa.Column("seen", _INSTANT, nullable=False, index=True),
        sa.Column("watchlists", sa.JSON, nullable=False),
        sa.Column("otherwise", sa.Text, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("id", "link", "title", "summary", "text", "author", "category")
        ),
        sa.Column("published", _INSTANT),
        sa.Column("updated", _INSTANT),
        sa.Column("language", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "decision",
        sa.Column("entry", sa.Integer, sa.ForeignKey("entry.number"), primary_key=True),
        sa.Column("watchlist", sa.Text, primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("matches", sa.JSON, nullable=False),
    )


def _alerts() -> None:
    op.create_table(
        "alert",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("created", _INSTANT, nullable=False, index=True),
        sa.Column("entry", sa.Integer, nullable=False),
        sa.Column("watchlist", sa.Text, nullable=False),
        sa.UniqueConstraint("entry", "watchlist"),
        sa.ForeignKeyConstraint(["entry", "watchlist"], ["decision.entry", "decision.watchlist"]),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "notice",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("created", _INSTANT, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )


def _deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("alert", sa.Integer, sa.ForeignKey("alert.number")),
        sa.Column("notice", sa.Integer, sa.ForeignKey("notice.number")),
        sa.Column("receiver", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created", _INSTANT, nullable=False),
        sa.Column("queued", _INSTANT, nullable=False),
        sa.Column("next_attempt", _INSTANT),
        sa.Column("error", sa.Text, nullable=False),
        sa.UniqueConstraint("alert", "receiver"),
        sa.CheckConstraint("(alert IS NULL) <> (notice IS NULL)", name="subject"),
        sa.CheckConstraint("(state IN ('pending', 'unknown')) = (next_attempt IS NOT NULL)", name="owed"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_delivery_receiver_next_attempt", "delivery", ["receiver", "next_attempt"])
