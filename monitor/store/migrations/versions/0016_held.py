"""Documents of what is held as a flood, for the alerts that may come of it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Take this step; the way back is the backup."""
    op.create_table(
        "held_evidence",
        sa.Column("entry", sa.Integer, primary_key=True),
        sa.Column("watchlist", sa.Text, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("fetched", sa.DateTime(timezone=True), nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("content_type", sa.Text, nullable=False),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry", "watchlist"], ["decision.entry", "decision.watchlist"], name="fk_held_evidence_decision"
        ),
    )
