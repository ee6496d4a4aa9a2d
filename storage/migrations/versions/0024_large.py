"""What is looked at only when it may be due (kept messages, reports that stand still), and what is done by the page."""

import sqlalchemy as sa
from alembic import op

revision = "0024_large"
down_revision = "0023_showing"
branch_labels = None
depends_on = None

#: Name, table, columns, and which rows count (None: all).
NEW: tuple[tuple[str, str, list[str], str | None], ...] = (
    ("ix_outbox_said", "outbox", ["sent_at"], "kind = 'said' AND kept_until IS NULL"),
    ("ix_outbox_private", "outbox", ["sent_at"], "chat_id > 0 AND kept_until IS NULL"),
    ("ix_outbox_kept", "outbox", ["kept_until"], "kept_until IS NOT NULL"),
    ("ix_outbox_topic", "outbox", ["chat_id", "thread_id"], "thread_id IS NOT NULL"),
    ("ix_report_still", "report", ["still_at", "id"], "closed_at IS NULL"),
    ("ix_report_unmoved", "report", ["desk_id", "changed_at", "id"], "closed_at IS NULL"),
    ("ix_report_follower_person", "report_follower", ["person_id", "report_id"], None),
)
OLD: tuple[tuple[str, str, list[str], str | None], ...] = (
    ("ix_outbox_said", "outbox", ["sent_at"], "kind = 'said'"),
    ("ix_outbox_private", "outbox", ["sent_at"], "chat_id > 0"),
    ("ix_report_follower_person_id", "report_follower", ["person_id"], None),
    ("ix_report_status_changed", "report", ["status", "changed_at"], None),
)
COLUMNS = (
    ("outbox", "kept_until", sa.DateTime(timezone=True)),
    ("report", "still_at", sa.DateTime(timezone=True)),
    ("desk", "judged_id", sa.BigInteger()),
)


def upgrade() -> None:
    """Add them. Every open report is looked at once, which puts its next time right."""
    for name, table, _columns, _counts in OLD:
        op.drop_index(name, table)
    for table, column, kind in COLUMNS:
        op.add_column(table, sa.Column(column, kind, nullable=True))
    op.execute("UPDATE report SET still_at = changed_at WHERE closed_at IS NULL")
    _create(NEW)


def downgrade() -> None:
    """Take them away."""
    for name, table, _columns, _counts in NEW:
        op.drop_index(name, table)
    for table, column, _kind in COLUMNS:
        op.drop_column(table, column)
    _create(OLD)


def _create(indexes: tuple[tuple[str, str, list[str], str | None], ...]) -> None:
    for name, table, columns, counts in indexes:
        where = None if counts is None else sa.text(counts)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
