"""What a group was told about a report, by report: the newest are found without a walk through all of it."""

import sqlalchemy as sa
from alembic import op

revision = "0020_scale_groups"
down_revision = "0019_scale"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    where = sa.text("chat_id < 0")
    op.create_index("ix_outbox_group", "outbox", ["chat_id", "about"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_outbox_group", "outbox")
