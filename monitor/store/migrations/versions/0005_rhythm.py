"""What decides how often a feed is asked."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Take this step; the way back is the backup."""
    instant = sa.DateTime(timezone=True)
    for column in (
        sa.Column("interval", sa.Float),
        sa.Column("interval_reason", sa.Text, nullable=False, server_default=""),
        sa.Column("hints", sa.JSON),
        sa.Column("rhythm", sa.JSON),
        sa.Column("window", sa.Integer, nullable=False, server_default="0"),
        sa.Column("gap", instant),
        sa.Column("confirmed", instant),
        sa.Column("untrusted", instant),
    ):
        op.add_column("feed", column)
