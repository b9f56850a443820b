"""Which entries are to be read on their pages, and how the articles of each feed do."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Take this step; the way back is the backup."""
    op.add_column("feed", sa.Column("articles", sa.JSON))
    op.create_table(
        "article",
        sa.Column("entry", sa.Integer, sa.ForeignKey("entry.number", name="fk_article_entry"), nullable=False),
        sa.Column("feed", sa.Integer, sa.ForeignKey("feed.id", name="fk_article_feed"), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt", sa.DateTime(timezone=True)),
        sa.Column("attempted", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("entry", name="pk_article"),
        sa.CheckConstraint("(state = 'waiting') = (next_attempt IS NOT NULL)", name="ck_article_due"),
    )
    op.create_index("ix_article_feed", "article", ["feed"])
    waiting = sa.text("next_attempt IS NOT NULL")
    op.create_index("ix_article_purpose_next_attempt", "article", ["purpose", "next_attempt"], sqlite_where=waiting)
    op.create_index("ix_article_host", "article", ["host"], sqlite_where=waiting)
