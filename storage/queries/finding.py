"""Finding reports for workers: pages of open ones, of one's own, by wijk, by number and by words.

Every list is ordered by (standing, id) and goes on from such a pair, never from a count: what is closed or moved
meanwhile shifts nothing. Each query reads a few short ranges of an index; `tests/storage/test_finding_plans.py` looks.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, func, literal, select, true, tuple_, union
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import ReportStatus, RoleName
from bot.domain.searching import Term
from bot.domain.standing import CLOSED
from storage.models import Area, Desk, DeskWorker, Recurring, Report, ReportWord, RoleGrant

Ordered = Select[int, int]
Keys = Sequence[tuple[int, int]]

#: So many different words are looked at that begin with what was typed.
_BEGINNINGS = 20
#: So many reports that hold the rarest word are looked through for the others in one go.
SCAN = 2_000
#: Sorts behind every word that begins the same.
_LAST = "\uffff"


@dataclass(frozen=True, slots=True)
class At:
    """Where a page begins: after the report at this place of the order, or (`back`) where it ends: before it."""

    standing: int
    report: int
    back: bool = False


async def desks_of(session: AsyncSession, person_id: int) -> Sequence[Desk]:
    """Return the desks that a person is a worker of now, by name; none once the role was taken away."""
    query = (
        select(Desk)
        .join(DeskWorker, DeskWorker.desk_id == Desk.id)
        .join(RoleGrant, RoleGrant.person_id == DeskWorker.person_id)
        .where(
            DeskWorker.person_id == person_id,
            DeskWorker.taken_at.is_(None),
            RoleGrant.role == RoleName.WORKER,
            RoleGrant.taken_at.is_(None),
        )
        .order_by(Desk.name, Desk.id)
    )
    return (await session.scalars(query)).all()


def open_query(desks: Sequence[int], at: At | None, *, limit: int) -> Ordered:
    """Return the places of the open reports of *desks*."""
    return _page(
        [select(Report.standing, Report.id).where(Report.desk_id == desk, _is_open()) for desk in desks],
        Report.standing,
        Report.id,
        at,
        limit,
    )


def mine_query(person_id: int, desks: Sequence[int], at: At | None, *, limit: int) -> Ordered:
    """Return the places of the open reports that a person has, as far as they are at *desks*."""
    mine = select(Report.standing, Report.id).where(Report.holder_id == person_id, _is_open())
    return _page([mine.where(Report.desk_id.in_(desks))], Report.standing, Report.id, at, limit)


def area_query(areas: Sequence[str], desks: Sequence[int], at: At | None, *, limit: int) -> Ordered:
    """Return the places of all reports of *desks* from these wijken, sealed and closed ones too."""
    places = [(area, desk) for area in areas for desk in desks]
    return _page(
        [select(Report.standing, Report.id).where(Report.area_code == area, Report.desk_id == desk)
         for area, desk in places],
        Report.standing,
        Report.id,
        at,
        limit,
    )  # fmt: skip


async def numbered(
    session: AsyncSession, number: int, years: Sequence[int], desks: Collection[int]
) -> Sequence[Report]:
    """Return the reports of *desks* with this number in these years, the newest year first."""
    query = select(Report).where(Report.year.in_(years), Report.number == number, Report.desk_id.in_(desks))
    return (await session.scalars(query.order_by(Report.year.desc()))).all()


async def keys(session: AsyncSession, query: Ordered) -> Keys:
    """Return the (standing, id) pairs of a query."""
    return [(standing, report) for standing, report in await session.execute(query)]


async def reports(session: AsyncSession, ids: Sequence[int]) -> Sequence[Report]:
    """Return these reports in this order, without those that are gone."""
    found = {row.id: row for row in await session.scalars(select(Report).where(Report.id.in_(ids)))}
    return [found[report_id] for report_id in ids if report_id in found]


async def area_names(session: AsyncSession, codes: Collection[str]) -> dict[str, str]:
    """Return the names of these wijken by code."""
    found = await session.execute(select(Area.code, Area.name).where(Area.code.in_(codes)))
    return {row.code: row.name for row in found}


# -- words ------------------------------------------------------------------------------------------------------


async def words_fitting(session: AsyncSession, term: Term, desks: Sequence[int]) -> tuple[str, ...]:
    """Return the words kept at *desks* that fit *term*: the word itself first, then up to some that begin with it."""
    found = dict.fromkeys([term.stem])
    for desk in desks if term.beginning else ():
        found |= dict.fromkeys(await session.scalars(beginnings_query(desk, term.beginning or "")))
    return tuple(found)[:_BEGINNINGS]


def beginnings_query(desk: int, beginning: str) -> Select[str]:
    """Return the different words of a desk that begin so: each found by one look into the index after the last."""
    here = (ReportWord.desk_id == desk, ReportWord.word < beginning + _LAST)
    first = select(func.min(ReportWord.word).label("word")).where(*here, ReportWord.word >= beginning)
    walk = first.cte("walk", recursive=True)
    following = select(func.min(ReportWord.word)).where(*here, ReportWord.word > walk.c.word).correlate(walk)
    walk = walk.union_all(select(following.scalar_subquery()).where(walk.c.word.is_not(None)))
    return select(walk.c.word).where(walk.c.word.is_not(None)).limit(_BEGINNINGS)


async def rarity(session: AsyncSession, words: Sequence[str], desks: Sequence[int]) -> int:
    """Return how many reports hold one of *words*, counted up to `SCAN`."""
    return int(await session.scalar(rarity_query(words, desks)) or 0)


def rarity_query(words: Sequence[str], desks: Sequence[int]) -> Select[int]:
    """Return the count that `rarity` asks for."""
    held = select(literal(1)).where(ReportWord.desk_id.in_(desks), ReportWord.word.in_(words)).limit(SCAN).subquery()
    return select(func.count()).select_from(held)


def words_query(
    words: Sequence[str], others: Sequence[Sequence[str]], desks: Sequence[int], at: At | None, *, limit: int
) -> Select[int, int, bool]:
    """Return the places of reports that hold one of *words*, and whether each also holds one of each of *others*."""
    parts = [
        select(ReportWord.standing, ReportWord.report_id.label("id")).where(
            ReportWord.desk_id == desk, ReportWord.word == word
        )
        for desk in desks
        for word in words
    ]
    held = _page(parts, ReportWord.standing, ReportWord.report_id, at, limit).subquery("held")
    fits: ColumnElement[bool] = true()
    for other in others:
        fits &= exists().where(
            ReportWord.report_id == held.c.id,
            ReportWord.standing == held.c.standing,
            ReportWord.desk_id.in_(desks),
            ReportWord.word.in_(other),
        )
    return select(held.c.standing, held.c.id, fits).order_by(*_order(held.c.standing, held.c.id, at))


# -- the overview -----------------------------------------------------------------------------------------------

Numbers = Select[int, int]


async def desks(session: AsyncSession) -> Sequence[Desk]:
    """Return the desks that are in use."""
    return (await session.scalars(select(Desk).where(Desk.active).order_by(Desk.id))).all()


async def next_of(session: AsyncSession, prefix: str) -> datetime | None:
    """Return when the first of the recurring things whose name begins so is due (UTC)."""
    query = select(func.min(Recurring.next_due_at)).where(Recurring.name.startswith(prefix, autoescape=True))
    return await session.scalar(query)


def promised_query(desk_id: int, standings: range, *, limit: int) -> Numbers:
    """Return (year, number) of a desk's open reports that stand there and of which the resident heard nothing yet."""
    query = _waiting(desk_id, limit).where(Report.standing >= standings.start, Report.standing < standings.stop)
    return query.where(Report.kept_at.is_(None))


def unheld_query(desk_id: int, *, limit: int) -> Numbers:
    """Return (year, number) of a desk's open reports that nobody has, nor a partner."""
    return _waiting(desk_id, limit).where(Report.holder_id.is_(None), Report.status != ReportStatus.FORWARDED)


def forwarded_query(desk_id: int, *, limit: int) -> Numbers:
    """Return (year, number) of a desk's open reports that wait for a partner."""
    return _waiting(desk_id, limit).where(Report.status == ReportStatus.FORWARDED)


def _waiting(desk_id: int, limit: int) -> Numbers:
    query = select(Report.year, Report.number).where(Report.desk_id == desk_id, _is_open())
    return query.order_by(Report.standing, Report.id).limit(limit)


async def numbers(session: AsyncSession, query: Numbers) -> Sequence[tuple[int, int]]:
    """Return the rows of one of these queries."""
    return [(year, number) for year, number in await session.execute(query)]


# -- pages ------------------------------------------------------------------------------------------------------


def _is_open() -> ColumnElement[bool]:
    return Report.standing < CLOSED


def _page(
    parts: Sequence[Ordered],
    standing: SQLColumnExpression[int],
    ident: SQLColumnExpression[int],
    at: At | None,
    limit: int,
) -> Ordered:
    """Return the first *limit* places behind *at* of all *parts* together, each once; every part is one index range."""
    if at is not None:
        here, place = tuple_(standing, ident), (at.standing, at.report)
        parts = [part.where(here < place if at.back else here > place) for part in parts]
    parts = [part.order_by(*_order(standing, ident, at)).limit(limit) for part in parts]
    if len(parts) == 1:
        return parts[0]
    every = union(*(select(part.subquery()) for part in parts)).subquery()
    places = select(every.c[0], every.c[1])
    return places.order_by(*_order(every.c[0], every.c[1], at)).limit(limit)


def _order(
    standing: SQLColumnExpression[int], ident: SQLColumnExpression[int], at: At | None
) -> tuple[SQLColumnExpression[int], SQLColumnExpression[int]]:
    backwards = at is not None and at.back
    return (standing.desc(), ident.desc()) if backwards else (standing, ident)
