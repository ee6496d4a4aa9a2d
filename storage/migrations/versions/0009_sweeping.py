"""What the hourly sweep and the jobs look for can be found without reading whole tables.

A count of guests is as wide as every other number.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_sweeping"
down_revision = "0008_topics"
branch_labels = None
depends_on = None

_REPORT = sa.table(
    "report",
    sa.column("sweep_at", sa.DateTime(timezone=True)),
    sa.column("closed_at", sa.DateTime(timezone=True)),
)
_INDEXES = [
    ("ix_report_sweep_at", "report", ["sweep_at"], None),
    ("ix_report_waiting", "report", ["promise_on"], "kept_at IS NULL AND closed_at IS NULL"),
    ("ix_report_event_action", "report_event", ["action", "report_id"], None),
    ("ix_person_blocked_at", "person", ["blocked_at"], None),
    ("ix_person_prompt", "person", ["last_seen_at"], "prompt IS NOT NULL OR recent IS NOT NULL"),
    ("ix_signup_somebody", "signup", ["occurrence_id"], "person_id != 0"),
    ("ix_outbox_spent", "outbox", ["created_at"], "state IN ('dropped', 'failed')"),
    ("ix_outbox_said", "outbox", ["sent_at"], "kind = 'said'"),
    ("ix_outbox_private", "outbox", ["sent_at"], "chat_id > 0"),
]


def upgrade() -> None:
    """Bring the database one step forward: all closed reports are looked at once."""
    op.add_column("report", sa.Column("sweep_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(sa.update(_REPORT).values(sweep_at=_REPORT.c.closed_at))
    for name, table, columns, condition in _INDEXES:
        where = None if condition is None else sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    _pass_on("pass_on = 1 AND passed_on_at IS NULL")
    with op.batch_alter_table("group_guest") as guests:
        guests.alter_column("extra", existing_type=sa.Integer(), type_=sa.BigInteger(), existing_nullable=False)


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("group_guest") as guests:
        guests.alter_column("extra", existing_type=sa.BigInteger(), type_=sa.Integer(), existing_nullable=False)
    _pass_on("pass_on AND passed_on_at IS NULL")
    for name, table, _columns, _condition in _INDEXES:
        op.drop_index(name, table)
    op.drop_column("report", "sweep_at")


def _pass_on(sqlite: str) -> None:
    """Make the index of what is to be passed on anew; SQLite only takes one whose condition reads as in the query."""
    op.drop_index("ix_report_pass_on", "report")
    there = sa.text("pass_on AND passed_on_at IS NULL")
    op.create_index(
        "ix_report_pass_on", "report", ["desk_id", "id"], sqlite_where=sa.text(sqlite), postgresql_where=there
    )
