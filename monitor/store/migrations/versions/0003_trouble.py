"""What the user was told of a feed, and moments that are remembered over restarts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take this step; the way back is the backup."""
    op.add_column("feed", sa.Column("last_entry", _INSTANT))
    op.add_column("feed", sa.Column("silence_usual", sa.Float))
    op.add_column("feed", sa.Column("silence_longest", sa.Float))
    op.add_column("feed", sa.Column("silence_count", sa.Integer))
    op.add_column("feed", sa.Column("empty_since", _INSTANT))
    op.add_column("feed", sa.Column("empty_polls", sa.Integer))
    op.add_column("feed", sa.Column("trouble", sa.Text))
    op.add_column("feed", sa.Column("trouble_since", _INSTANT))
    op.create_table(
        "milestone", sa.Column("name", sa.Text, primary_key=True), sa.Column("at", _INSTANT, nullable=False)
    )
    op.execute("UPDATE feed SET last_entry = (SELECT max(seen) FROM entry WHERE entry.feed = feed.id)")
