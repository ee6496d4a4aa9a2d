"""Calendar feeds, and since when a sign-up has been a place."""

import sqlalchemy as sa
from alembic import op

revision = "0010_calendar"
down_revision = "0009_sweeping"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table and the column; what holds a place now has held it since its last change."""
    op.create_table(
        "calendar_feed",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("etag", sa.String(length=64), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_feed_secret_hash")),
    )
    op.create_index(op.f("ix_calendar_feed_seen_at"), "calendar_feed", ["seen_at"])
    op.add_column("signup", sa.Column("placed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE signup SET placed_at = changed_at WHERE state NOT IN ('waiting', 'offered', 'cancelled', 'replaced')"
    )


def downgrade() -> None:
    """Take both away again."""
    op.drop_column("signup", "placed_at")
    op.drop_index(op.f("ix_calendar_feed_seen_at"), table_name="calendar_feed")
    op.drop_table("calendar_feed")
