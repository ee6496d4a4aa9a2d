"""Topics that were deleted and made again."""

import sqlalchemy as sa
from alembic import op

revision = "0008_topics"
down_revision = "0007_after"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "topic_move",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("old_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("new_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "old_id", name=op.f("pk_topic_move")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("topic_move")
