"""Indexes for what grows: small ones where few rows count, and none that another one begins with."""

import sqlalchemy as sa
from alembic import op

revision = "0019_scale"
down_revision = "0018_reasons"
branch_labels = None
depends_on = None

#: Name, table, columns, and which rows count (None: all).
NEW = (
    ("ix_report_near", "report", ["theme", "lat"], "closed_at IS NULL AND lat IS NOT NULL"),
    ("ix_report_alike", "report", ["desk_id", "area_code", "theme", "created_at"], "closed_at IS NULL"),
    ("ix_report_group", "report", ["group_id"], "group_id IS NOT NULL"),
    ("ix_report_merged", "report", ["merged_into"], "merged_into IS NOT NULL"),
    ("ix_opening_unused", "opening", ["worker_id"], "used_at IS NULL"),
    ("ix_consent_about", "consent", ["about"], None),
    ("ix_stall_told", "stall", ["signup_id"], "street IS NOT NULL OR sells IS NOT NULL"),
    ("ix_round_opened", "round", ["opened_at"], "opened_by IS NOT NULL"),
    ("ix_round_arrival_starts", "round_arrival", ["starts_at"], None),
)
OLD = (
    ("ix_report_area_code", "report", ["area_code"]),
    ("ix_report_group_id", "report", ["group_id"]),
    ("ix_report_merged_into", "report", ["merged_into"]),
)


def upgrade() -> None:
    """Add them, and take away whose work they do."""
    for name, table, columns, counts in NEW:
        where = None if counts is None else sa.text(counts)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    for name, table, _columns in OLD:
        op.drop_index(name, table)
    _listed(sa.text("listed_in IS NOT NULL"))


def downgrade() -> None:
    """Put back what was."""
    _listed(None)
    for name, table, columns in OLD:
        op.create_index(name, table, columns)
    for name, table, _columns, _counts in reversed(NEW):
        op.drop_index(name, table)


def _listed(where: sa.TextClause | None) -> None:
    op.drop_index("ix_outbox_listed_in", "outbox")
    op.create_index("ix_outbox_listed_in", "outbox", ["listed_in"], sqlite_where=where, postgresql_where=where)
