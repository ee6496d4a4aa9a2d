"""Bringing somebody along, and what a coordinator was told of a meeting."""

import sqlalchemy as sa
from alembic import op

revision = "0016_signing"
down_revision = "0015_making"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database one step forward."""
    with op.batch_alter_table("activity_role", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plus_one", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("signup", sa.Column("gave_back_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "told_state",
        sa.Column("occurrence_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["occurrence.id"],
            name=op.f("fk_told_state_occurrence_id_occurrence"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("occurrence_id", name=op.f("pk_told_state")),
    )


def downgrade() -> None:
    """Bring the database one step back."""
    op.drop_table("told_state")
    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.drop_column("gave_back_at")
    with op.batch_alter_table("activity_role", schema=None) as batch_op:
        batch_op.drop_column("plus_one")
