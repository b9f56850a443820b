"""Stories, and what recent entries are known again by."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Take this step; the way back is the backup."""
    op.create_table(
        "story",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("grew", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_story")),
    )
    op.create_index("ix_story_grew", "story", ["grew"], sqlite_where=sa.text("told IS NULL"))
    op.execute("ALTER TABLE entry ADD COLUMN story INTEGER CONSTRAINT fk_entry_story REFERENCES story (number)")
    op.create_index("ix_entry_story", "entry", ["story"], sqlite_where=sa.text("story IS NOT NULL"))
    op.create_table(
        "sketch",
        sa.Column("entry", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("title", sa.LargeBinary, nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entry.number"], name=op.f("fk_sketch_entry_entry")),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_sketch")),
    )
    op.create_table(
        "sketch_key",
        sa.Column("key", sa.BigInteger, nullable=False),
        sa.Column("entry", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", "entry", name=op.f("pk_sketch_key")),
        sqlite_with_rowid=False,
    )
