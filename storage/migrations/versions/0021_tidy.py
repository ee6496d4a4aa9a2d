"""Columns that nobody reads go, and with them what they told of people."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0021_tidy"
down_revision = "0020_scale_groups"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take them away."""
    for table, column in _unread():
        op.drop_column(table, column.name)


def downgrade() -> None:
    """Put them back; one that may not be empty says what it says of something new."""
    for table, column in _unread():
        op.add_column(table, column)


def _unread() -> Iterator[tuple[str, sa.Column[object]]]:
    some_time = sa.text("'2026-01-01 00:00:00.000000'")
    yield "organisation", sa.Column("loaded_at", _TIME, nullable=False, server_default=some_time)
    yield "person", sa.Column("language_chosen", sa.Boolean(), nullable=False, server_default=sa.false())
    yield "recurring", sa.Column("last_run_at", _TIME, nullable=True)
    yield "report_group", sa.Column("created_by", sa.BigInteger(), nullable=True)
    yield "signup", sa.Column("replaced_by", sa.BigInteger(), nullable=True)
    yield "standard_answer", sa.Column("changed_by", sa.BigInteger(), nullable=True)
    yield "told_state", sa.Column("told_at", _TIME, nullable=False, server_default=some_time)
