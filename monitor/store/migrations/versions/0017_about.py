"""Which alert a notice is about, so that it comes under that."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Take this step; the way back is the backup."""
    op.execute("ALTER TABLE notice ADD COLUMN alert INTEGER CONSTRAINT fk_notice_alert REFERENCES alert (number)")
