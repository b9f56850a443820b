"""What receivers know messages by, so that others can come under them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Take this step; the way back is the backup."""
    follows = sa.text("follows IS NOT NULL")
    op.create_index("ix_alert_follows", "alert", ["follows"], sqlite_where=follows)
    op.add_column("delivery", sa.Column("receipt", sa.Text))
