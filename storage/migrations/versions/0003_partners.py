"""Mails to partners, and the number under which a worker wants to be called by them."""

import sqlalchemy as sa
from alembic import op

revision = "0003_partners"
down_revision = "0002_lists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("work_number", sa.String(length=30), nullable=True))

    op.create_table(
        "partner_mail",
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("partner_id", sa.BigInteger(), nullable=False),
        sa.Column("worker_id", sa.BigInteger(), nullable=False),
        sa.Column("draft_id", sa.BigInteger(), nullable=False),
        sa.Column("only_number", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("photos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("work_number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempt", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nudge_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_partner_mail_partner_id_partner"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_partner_mail_report_id_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_mail")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_partner_mail_draft_id")),
    )
    with op.batch_alter_table("partner_mail", schema=None) as batch_op:
        batch_op.create_index("ix_partner_mail_report", ["report_id", "id"], unique=False)
        batch_op.create_index("ix_partner_mail_state_nudge", ["state", "nudge_at"], unique=False)


def downgrade() -> None:
    op.drop_table("partner_mail")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("work_number")
