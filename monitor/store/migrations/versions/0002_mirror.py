"""The mirror that stands in for a feed's own address."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Take this step; the way back is the backup."""
    op.add_column("feed", sa.Column("mirror", sa.Text))
    op.add_column("feed", sa.Column("mirror_since", sa.DateTime(timezone=True)))
