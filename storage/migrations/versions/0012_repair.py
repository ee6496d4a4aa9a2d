"""The day of a Repair Café: when somebody was called, and what volunteers can repair."""

import sqlalchemy as sa
from alembic import op

revision = "0012_repair"
down_revision = "0011_rommel"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the table."""
    op.add_column("repair_item", sa.Column("called_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "person_skill",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("skill", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "skill", name=op.f("pk_person_skill")),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("person_skill")
    with op.batch_alter_table("repair_item") as batch:
        batch.drop_column("called_at")
