"""What reports are found by: lists, the words of open ones, when a job looks at them. All keep themselves right.

They follow the report in the transaction, and in the flush, that writes it: whoever changes a report through the
session need not think of them (docs/adr/0007-words-in-a-table.md). A bulk `update(Report)` passes by; the only one that
erases texts, `storage.queries.retention`, deletes their words itself.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    ForeignKey,
    Row,
    String,
    bindparam,
    delete,
    event,
    insert,
    inspect,
    select,
)
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column, object_session

from bot.domain.enums import ReportStatus
from bot.domain.reports import ASK_AFTER, CONTACT_KEPT
from bot.domain.searching import MAX_WORD, words_of
from bot.domain.standing import standing
from storage.models.base import Base, personal
from storage.models.reports import Report
from storage.models.town import Area

#: What decides under which words, for whom and in which order a report is found.
_DECIDES = ("text", "sealed", "desk_id", "area_code", "standing")
#: What decides whether somebody must hear of a promise: when one changes, it is looked at anew.
_CHASED_BY = ("promise_on", "chased", "kept_at", "closed_at", "desk_id", "danger", "resident_id", "may_write_back")
#: What decides when a report is looked at because nothing happens in it.
_STANDS_STILL_BY = ("changed_at", "closed_at")


class ReportWord(Base):
    """A word of an open report's text or of its wijk's name, as `bot.domain.searching.words_of` gives it.

    A sealed report has none, nor has one without text. `desk_id` and `standing` repeat those of the report: a page of
    a search is one range of the primary key. On PostgreSQL words are compared by their bytes, as on SQLite.
    """

    __tablename__ = "report_word"
    __table_args__ = ({"sqlite_with_rowid": False},)

    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id", ondelete="CASCADE"), primary_key=True)
    word: Mapped[str] = mapped_column(
        String(MAX_WORD).with_variant(String(MAX_WORD, collation="C"), "postgresql"),
        primary_key=True,
        info=personal("with the text: 1 year after closing, and when it is sealed or erased"),
    )
    standing: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    report_id: Mapped[int] = mapped_column(
        ForeignKey("report.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )


_NOW = (
    select(Report.id, Report.text, Report.sealed, Report.desk_id, Report.standing, Area.name.label("area"))
    .select_from(Report)
    .outerjoin(Area, Area.code == Report.area_code)
    .where(Report.id == bindparam("wanted"))
)

_NAMES = select(Area.code, Area.name).where(Area.code.in_(bindparam("codes", expanding=True)))
#: Where a session keeps the reports that its flush has inserted.
_ENTERED = "entered reports"


def stand(report: Report) -> None:
    """Write to *report* where it stands in lists now; what was not said yet has the column's default."""
    report.standing = standing(
        status=report.status or ReportStatus.RECEIVED,
        danger=bool(report.danger),
        promise_on=report.promise_on,
        ended_on=(report.closed_at or report.changed_at).date(),
    )


def words_kept(text: str, *, sealed: bool, area: str | None) -> tuple[str, ...]:
    """Return the words under which a report is found; none of a sealed one, nor of one whose text is gone."""
    return () if sealed or not text else words_of(f"{text} {area or ''}")


@event.listens_for(Report, "before_insert")
@event.listens_for(Report, "before_update")
def _stand(_mapper: Mapper[Report], _connection: Connection, report: Report) -> None:
    stand(report)
    report.sweep_at = None if report.closed_at is None else report.closed_at + CONTACT_KEPT
    if _has_changed(report, _STANDS_STILL_BY):
        report.still_at = report.changed_at + ASK_AFTER if report.closed_at is None else None
    if report.chased is None and _has_changed(report, _CHASED_BY):
        report.chase_on = report.promise_on


def _has_changed(report: Report, names: Sequence[str]) -> bool:
    state = inspect(report)
    return any(state.attrs[name].history.has_changes() for name in names)


@event.listens_for(Report, "after_insert")
def _enter(_mapper: Mapper[Report], _connection: Connection, report: Report) -> None:
    if (session := object_session(report)) is not None:
        session.info.setdefault(_ENTERED, []).append(report)


@event.listens_for(Session, "after_flush")
def _enter_words(session: Session, _context: object) -> None:
    """Write the words of all reports that a flush inserted, with one statement."""
    entered: list[Report] = session.info.pop(_ENTERED, [])
    codes = {report.area_code for report in entered if report.area_code and not report.sealed}
    names: dict[str, str] = {}
    if codes:
        names = {row.code: row.name for row in session.connection().execute(_NAMES, {"codes": list(codes)})}
    rows = [row for report in entered for row in _rows_of(report, names.get(report.area_code or ""))]
    if rows:
        session.connection().execute(insert(ReportWord), rows)


@event.listens_for(Report, "after_update")
def _follow(_mapper: Mapper[Report], connection: Connection, report: Report) -> None:
    if _has_changed(report, _DECIDES):
        connection.execute(delete(ReportWord).where(ReportWord.report_id == report.id))
        _write_words(connection, report)


def _rows_of(report: Report | Row[*tuple[Any, ...]], area: str | None) -> list[dict[str, Any]]:
    return [
        {"desk_id": report.desk_id, "word": word, "standing": report.standing, "report_id": report.id}
        for word in words_kept(report.text, sealed=report.sealed, area=area)
    ]


def _write_words(connection: Connection, report: Report) -> None:
    """Write the words that the row has now; what *report* was read with may be older, and unsealed since."""
    found = connection.execute(_NOW, {"wanted": report.id}).one()
    rows = _rows_of(found, found.area)
    if rows:
        connection.execute(insert(ReportWord), rows)
