"""Subscriptions at hubs."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take this step; the way back is the backup."""
    op.create_table(
        "subscription",
        sa.Column("callback", sa.Text, primary_key=True),
        sa.Column("feed", sa.Integer, sa.ForeignKey("feed.id"), nullable=False, index=True),
        sa.Column("hub", sa.Text, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("mode", sa.Text, nullable=False),
        sa.Column("pending", sa.Boolean, nullable=False),
        sa.Column("lease_until", _INSTANT),
        sa.Column("silent", sa.Boolean, nullable=False),
        sa.Column("denied", sa.Boolean, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("next_try", _INSTANT, nullable=False),
        sa.Column("poll_from", _INSTANT),
        sa.Column("poll_to", _INSTANT),
    )
