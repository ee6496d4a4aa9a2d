"""Activities made and changed in the chat, and who asked for news of them."""

import sqlalchemy as sa
from alembic import op

revision = "0015_making"
down_revision = "0014_rounds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("activity", sa.Column("made_by", sa.BigInteger(), nullable=True))
    op.add_column("activity", sa.Column("changed_by_hand", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("occurrence", sa.Column("moved_why", sa.String(200), nullable=True))
    op.create_table(
        "news_wish",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("area_code", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_news_wish_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_news_wish_area_code_area")),
        sa.PrimaryKeyConstraint("person_id", "area_code", "kind", name=op.f("pk_news_wish")),
    )
    op.create_index("ix_news_wish_area_kind", "news_wish", ["area_code", "kind"])
    op.create_index("ix_news_wish_given_at", "news_wish", ["given_at"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("news_wish")
    op.drop_column("occurrence", "moved_why")
    op.drop_column("activity", "changed_by_hand")
    op.drop_column("activity", "made_by")
