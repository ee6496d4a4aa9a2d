"""How far each round is made sure of, asking who walks along, and news of teams."""

import sqlalchemy as sa
from alembic import op

revision = "0013_patrol"
down_revision = "0012_repair"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "round_chain",
        sa.Column("occurrence_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("others_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("staff_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["occurrence.id"],
            ondelete="CASCADE",
            name=op.f("fk_round_chain_occurrence_id_occurrence"),
        ),
        sa.PrimaryKeyConstraint("occurrence_id", name=op.f("pk_round_chain")),
    )
    op.create_table(
        "walk_call",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("occurrence_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["occurrence.id"],
            ondelete="SET NULL",
            name=op.f("fk_walk_call_occurrence_id_occurrence"),
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], ondelete="CASCADE", name=op.f("fk_walk_call_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_call")),
    )
    op.create_table(
        "team_news",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], ondelete="CASCADE", name=op.f("fk_team_news_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_news")),
    )
    op.create_index("ix_team_news_at", "team_news", ["at"])
    op.create_index(op.f("ix_team_news_team_id"), "team_news", ["team_id"])
    op.create_index("ix_walk_call_state_starts", "walk_call", ["state", "starts_at"])
    op.create_index(op.f("ix_walk_call_team_id"), "walk_call", ["team_id"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("team_news")
    op.drop_table("walk_call")
    op.drop_table("round_chain")
