"""Priorities, what is held and why, messages of several alerts, and silences."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take this step; the way back is the backup."""
    op.create_table(
        "silence",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("watchlist", sa.Text),
        sa.Column("feed", sa.Text),
        sa.Column("term", sa.Text),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("begins", _INSTANT, nullable=False),
        sa.Column("ends", _INSTANT, nullable=False),
        sqlite_autoincrement=True,
    )
    op.add_column("alert", _priority())
    for column in (
        sa.Column("attempted", _INSTANT),
        _priority(),
        sa.Column("held_until", _INSTANT),
        sa.Column("hold_reason", sa.Text),
        sa.Column("message_id", sa.Text),
    ):
        op.add_column("delivery", column)
    reference = "CONSTRAINT fk_delivery_silence REFERENCES silence (number)"
    op.execute(f"ALTER TABLE delivery ADD COLUMN silence INTEGER {reference}")
    op.create_index("ix_delivery_receiver_attempted", "delivery", ["receiver", "attempted"])
    held = sa.text("held_until IS NOT NULL")
    op.create_index("ix_delivery_receiver_held_until", "delivery", ["receiver", "held_until"], sqlite_where=held)


def _priority() -> sa.Column[str]:
    return sa.Column("priority", sa.Text, nullable=False, server_default="normal")
