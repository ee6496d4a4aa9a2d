"""What the guesser of themes has learned."""

import sqlalchemy as sa
from alembic import op

revision = "0004_themes"
down_revision = "0003_partners"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database one step forward."""
    op.create_table(
        "learned_themes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_themes")),
    )


def downgrade() -> None:
    """Take the step back."""
    op.drop_table("learned_themes")
