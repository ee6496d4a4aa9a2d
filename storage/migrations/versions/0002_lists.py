"""Lists and searching: where a report stands in every list, and the words of open reports."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.domain.enums import ReportStatus
from bot.domain.searching import words_of
from bot.domain.standing import standing

revision = "0002_lists"
down_revision = "0001"
branch_labels = None
depends_on = None

_CHUNK = 500
_WORD = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")
_INDEXES = {
    "ix_report_desk_standing": ["desk_id", "standing", "id"],
    "ix_report_holder_standing": ["holder_id", "standing", "id"],
    "ix_report_area_standing": ["area_code", "desk_id", "standing", "id"],
}
_REPORT = sa.table(
    "report",
    sa.column("id", sa.BigInteger),
    sa.column("standing", sa.BigInteger),
    sa.column("status", sa.String),
    sa.column("danger", sa.Boolean),
    sa.column("promise_on", sa.Date),
    sa.column("closed_at", sa.DateTime(timezone=True)),
    sa.column("changed_at", sa.DateTime(timezone=True)),
    sa.column("sealed", sa.Boolean),
    sa.column("text", sa.Text),
    sa.column("desk_id", sa.BigInteger),
    sa.column("area_code", sa.String),
)
_AREA = sa.table("area", sa.column("code", sa.String), sa.column("name", sa.String))


def upgrade() -> None:
    """Add the column and the table, and fill both from the reports that are there."""
    with op.batch_alter_table("report") as report:
        report.add_column(sa.Column("standing", sa.BigInteger(), nullable=False, server_default="0"))
    word = op.create_table(
        "report_word",
        sa.Column("desk_id", sa.BigInteger(), nullable=False),
        sa.Column("word", _WORD, nullable=False),
        sa.Column("standing", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_report_word_desk_id_desk"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_word_report_id_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("desk_id", "word", "standing", "report_id", name=op.f("pk_report_word")),
        sqlite_with_rowid=False,
    )
    _fill(op.get_bind(), word)
    op.create_index(op.f("ix_report_word_report_id"), "report_word", ["report_id"])
    for name, columns in _INDEXES.items():
        op.create_index(name, "report", columns)


def downgrade() -> None:
    """Take them away again."""
    for name in _INDEXES:
        op.drop_index(name, "report")
    op.drop_table("report_word")
    with op.batch_alter_table("report") as report:
        report.drop_column("standing")


def _fill(connection: sa.Connection, word: sa.Table) -> None:
    areas = {row.code: row.name for row in connection.execute(sa.select(_AREA))}
    for rows in _chunks(connection):
        places = {row.id: _standing(row) for row in rows}
        connection.execute(
            sa.update(_REPORT).where(_REPORT.c.id == sa.bindparam("which")).values(standing=sa.bindparam("place")),
            [{"which": row_id, "place": place} for row_id, place in places.items()],
        )
        words = [
            {"desk_id": row.desk_id, "word": found, "standing": places[row.id], "report_id": row.id}
            for row in rows
            if row.text and not row.sealed
            for found in words_of(f"{row.text} {areas.get(row.area_code, '')}")
        ]
        if words:
            connection.execute(sa.insert(word), words)


def _chunks(connection: sa.Connection) -> Iterator[Sequence[Any]]:
    last = -1
    while True:
        query = sa.select(_REPORT).where(_REPORT.c.id > last).order_by(_REPORT.c.id).limit(_CHUNK)
        if not (rows := connection.execute(query).all()):
            return
        yield rows
        last = rows[-1].id


def _standing(row: Any) -> int:  # noqa: ANN401 a row of `_REPORT`
    return standing(
        status=ReportStatus(row.status),
        danger=row.danger,
        promise_on=row.promise_on,
        ended_on=(row.closed_at or row.changed_at).date(),
    )
