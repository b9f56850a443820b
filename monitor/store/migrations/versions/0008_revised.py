"""Articles, and what alerts were made of where their entries have changed since."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Take this step; the way back is the backup."""
    op.add_column("entry", sa.Column("article", sa.Text, nullable=False, server_default=""))
    op.execute("ALTER TABLE alert ADD COLUMN follows INTEGER CONSTRAINT fk_alert_follows REFERENCES alert (number)")
    op.add_column("alert", sa.Column("as_alerted", sa.JSON))
