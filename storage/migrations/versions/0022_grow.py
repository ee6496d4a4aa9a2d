"""What must be chased is found by the day on which somebody must hear of it next."""

import sqlalchemy as sa
from alembic import op

revision = "0022_grow"
down_revision = "0021_tidy"
branch_labels = None
depends_on = None

_WAITS = sa.text("kept_at IS NULL AND closed_at IS NULL")


def upgrade() -> None:
    """Add the day, which the job puts right where the desk has heard that a report is late already; and its index."""
    op.add_column("report", sa.Column("chase_on", sa.Date(), nullable=True))
    op.execute(
        "UPDATE report SET chase_on = promise_on WHERE kept_at IS NULL AND closed_at IS NULL"
        " AND promise_on IS NOT NULL AND (chased IS NULL OR chased <> 'thrice')"
    )
    op.create_index(
        "ix_report_chase", "report", ["desk_id", "chase_on", "id"], sqlite_where=_WAITS, postgresql_where=_WAITS
    )


def downgrade() -> None:
    """Take both away."""
    op.drop_index("ix_report_chase", "report")
    op.drop_column("report", "chase_on")
