"""What somebody added to the news of a date in words of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0017_making"
down_revision = "0016_signing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "announcement",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurrence_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["occurrence.id"],
            name=op.f("fk_announcement_occurrence_id_occurrence"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_index(op.f("ix_announcement_occurrence_id"), "announcement", ["occurrence_id"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_index(op.f("ix_announcement_occurrence_id"), table_name="announcement")
    op.drop_table("announcement")
