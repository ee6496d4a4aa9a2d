"""Rounds that are walked: who is there, what is looked at next, what was found."""

import sqlalchemy as sa
from alembic import op

revision = "0014_rounds"
down_revision = "0013_patrol"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "round_watch",
        sa.Column("occurrence_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("look", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["occurrence.id"],
            ondelete="CASCADE",
            name=op.f("fk_round_watch_occurrence_id_occurrence"),
        ),
        sa.PrimaryKeyConstraint("occurrence_id", name=op.f("pk_round_watch")),
    )
    op.create_index("ix_round_watch_due", "round_watch", ["due_at"])
    op.create_table(
        "round_arrival",
        sa.Column("occurrence_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("named_by", sa.BigInteger(), nullable=True),
        sa.Column("denied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["occurrence.id"],
            ondelete="CASCADE",
            name=op.f("fk_round_arrival_occurrence_id_occurrence"),
        ),
        sa.PrimaryKeyConstraint("occurrence_id", "person_id", name=op.f("pk_round_arrival")),
    )
    op.create_table(
        "round_finding",
        sa.Column("report_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], ondelete="CASCADE", name=op.f("fk_round_finding_report_id_report")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], ondelete="CASCADE", name=op.f("fk_round_finding_round_id_round")
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_round_finding")),
    )
    op.create_index(op.f("ix_round_finding_round_id"), "round_finding", ["round_id"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("round_finding")
    op.drop_table("round_arrival")
    op.drop_table("round_watch")
