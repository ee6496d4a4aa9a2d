"""Who is in a desk's group without being a worker of it."""

import sqlalchemy as sa
from alembic import op

revision = "0007_after"
down_revision = "0006_chasing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "group_guest",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("extra", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("chat_id", "person_id", name=op.f("pk_group_guest")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("group_guest")
