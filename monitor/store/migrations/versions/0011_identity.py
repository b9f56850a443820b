"""Which entry an alias is of, how often entries changed, floods, and alerts whose passage or page is gone."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take this step; the way back is the backup."""
    op.add_column("alias", sa.Column("entry", sa.Integer))
    op.add_column("entry", sa.Column("changes", sa.Integer, nullable=False, server_default="0"))
    for column in (
        sa.Column("by_link", sa.Boolean, nullable=False, server_default="0"),
        sa.Column("flood_since", _INSTANT),
        sa.Column("flood_told", _INSTANT),
        sa.Column("flood_cause", sa.Text),
        sa.Column("flood_entries", sa.Integer),
    ):
        op.add_column("feed", column)
    for column in (
        sa.Column("vanished", sa.Text),
        sa.Column("vanished_at", _INSTANT),
        sa.Column("checks", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_check", _INSTANT),
        sa.Column("missing_since", _INSTANT),
    ):
        op.add_column("alert", column)
    checked = sa.text("next_check IS NOT NULL")
    op.create_index("ix_alert_next_check", "alert", ["next_check"], sqlite_where=checked)
    held = sa.text("reason = 'flood held'")
    op.create_index("ix_decision_reason", "decision", ["reason"], sqlite_where=held)
