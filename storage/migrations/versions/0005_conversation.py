"""What the resident's side needs: drafts that are offered again, blocks, pauses, what was passed on."""

import sqlalchemy as sa
from alembic import op

revision = "0005_conversation"
down_revision = "0004_themes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database one step forward."""
    op.add_column("dialogue", sa.Column("offered", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("person", sa.Column("recent", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("person", sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("report", sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("report", sa.Column("passed_on_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_report_pass_on",
        "report",
        ["desk_id", "id"],
        sqlite_where=sa.text("pass_on AND passed_on_at IS NULL"),
        postgresql_where=sa.text("pass_on AND passed_on_at IS NULL"),
    )


def downgrade() -> None:
    """Take the step back."""
    op.drop_index("ix_report_pass_on", table_name="report")
    for table, column in (
        ("report", "passed_on_at"),
        ("report", "blocked_at"),
        ("person", "paused_until"),
        ("person", "recent"),
        ("dialogue", "offered"),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
