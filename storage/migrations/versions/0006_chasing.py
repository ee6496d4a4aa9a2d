"""Which chase staff heard last about a report."""

import sqlalchemy as sa
from alembic import op

revision = "0006_chasing"
down_revision = "0005_conversation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database one step forward."""
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("chased", sa.String(length=40), nullable=True))


def downgrade() -> None:
    """Bring the database one step back."""
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_column("chased")
