"""Passages that the user says are no boilerplate."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Take this step; the way back is the backup."""
    op.create_table(
        "spared",
        sa.Column("feed", sa.Integer, sa.ForeignKey("feed.id", name="fk_spared_feed"), primary_key=True),
        sa.Column("passage", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
