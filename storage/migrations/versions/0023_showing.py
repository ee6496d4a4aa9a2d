"""A desk keeps up to which report its cards were shown again: they are shown by the page."""

import sqlalchemy as sa
from alembic import op

revision = "0023_showing"
down_revision = "0022_grow"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the place; nothing is being shown."""
    for name in ("shown_standing", "shown_id"):
        op.add_column("desk", sa.Column(name, sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    for name in ("shown_standing", "shown_id"):
        op.drop_column("desk", name)
