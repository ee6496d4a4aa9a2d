"""Rommelroute: shared points of stalls, stars, and how far the day has come."""

import sqlalchemy as sa
from alembic import op

revision = "0011_rommel"
down_revision = "0010_calendar"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns and tables."""
    op.add_column("stall", sa.Column("lat", sa.Double(), nullable=True))
    op.add_column("stall", sa.Column("lon", sa.Double(), nullable=True))
    op.create_table(
        "stall_day",
        sa.Column("occurrence_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("numbered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["occurrence.id"],
            name=op.f("fk_stall_day_occurrence_id_occurrence"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("occurrence_id", name=op.f("pk_stall_day")),
    )
    op.create_table(
        "stall_favourite",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stall_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["stall_id"], ["stall.id"], name=op.f("fk_stall_favourite_stall_id_stall"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "stall_id", name=op.f("pk_stall_favourite")),
    )
    op.create_index(op.f("ix_stall_favourite_stall_id"), "stall_favourite", ["stall_id"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("stall_favourite")
    op.drop_table("stall_day")
    op.drop_column("stall", "lon")
    op.drop_column("stall", "lat")
