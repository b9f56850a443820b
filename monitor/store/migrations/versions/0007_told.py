"""What the user was told of feeds in trouble; until now that was what they were in."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Take this step; the way back is the backup."""
    op.add_column("feed", sa.Column("quiet", sa.Boolean, nullable=False, server_default="0"))
    op.add_column("feed", sa.Column("told", sa.Text))
    op.add_column("feed", sa.Column("told_since", sa.DateTime(timezone=True)))
    op.execute("UPDATE feed SET told = trouble, told_since = trouble_since")
