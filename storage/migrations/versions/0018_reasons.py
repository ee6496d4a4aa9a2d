"""Finding the reasons of moves and call-offs that are to be erased."""

import sqlalchemy as sa
from alembic import op

revision = "0018_reasons"
down_revision = "0017_making"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    where = sa.text("called_off_why IS NOT NULL OR moved_why IS NOT NULL")
    op.create_index("ix_occurrence_reason", "occurrence", ["ends_at"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("ix_occurrence_reason", "occurrence")
