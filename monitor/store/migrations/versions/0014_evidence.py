"""Documents that alerts were made of, and what archives made of their pages."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take this step; the way back is the backup."""
    op.create_table(
        "document",
        sa.Column("sha256", sa.LargeBinary, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("packed", sa.LargeBinary, nullable=False),
        sa.Column("kept", _INSTANT, nullable=False),
    )
    op.create_index("ix_document_kept", "document", ["kept"])
    op.create_table(
        "evidence",
        sa.Column("alert", sa.Integer, sa.ForeignKey("alert.number", name="fk_evidence_alert"), primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("fetched", _INSTANT, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("content_type", sa.Text, nullable=False),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "snapshot",
        sa.Column("entry", sa.Integer, sa.ForeignKey("entry.number", name="fk_snapshot_entry"), primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt", _INSTANT),
        sa.Column("reason", sa.Text, nullable=False),
    )
