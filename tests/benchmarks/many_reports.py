"""A town with very many reports, written past the ORM by the same rules. The seed is fixed."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from typing import Any

from sqlalchemy import Insert, insert, literal, select

from bot.domain.enums import CloseReason, Kind, ReportStatus, Theme
from bot.domain.reports import ASK_AFTER, CONTACT_KEPT, is_sealed
from bot.domain.standing import standing
from storage.engine import Database
from storage.models import Area, Desk, Report, ReportWord
from storage.models.searching import words_kept

#: A Monday, 10:00 in Almere.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SAMIRA, OMAR, WILMA = 9001, 9002, 9003
#: Words that stand in very many reports, each in so many of a hundred.
HOT = {"kapot": 30, "straat": 25, "lantaarnpaal": 12, "vuilnis": 12, "fietsen": 8, "hond": 8}
_SYLLABLES = [consonant + vowel for consonant in "bdklmnrs" for vowel in "aeio"]
_CHUNK = 2_000


def vocabulary(size: int = 4_000, *, seed: int = 3) -> list[str]:
    """Return made words that all differ; the first ones are used most."""
    chance = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < size:
        found["".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3, 3, 4)))) + "t"] = None
    return list(found)


async def fill(database: Database, count: int, *, times: int = 1, seed: int = 3) -> None:
    """Write *count* reports of five years, and so often as many like them, to a town that is set up.

    Every fourth is open, every third sealed.
    """
    async with database.write(NOW) as work:
        desks = (await work.session.scalars(select(Desk.id).order_by(Desk.key))).all()
        areas = [(code, name) for code, name in await work.session.execute(select(Area.code, Area.name))]
        names = dict(areas)
        connection = await work.session.connection()
        made = _reports(count, list(desks), list(names), random.Random(seed))
        words: list[tuple[int, str, int, int]] = []
        while chunk := list(islice(made, _CHUNK)):
            await connection.execute(insert(Report.__table__), chunk)  # type: ignore[arg-type]  # a Table
            for row in chunk:
                kept = words_kept(row["text"], sealed=row["sealed"], area=names[row["area_code"]])
                words += [(row["desk_id"], word, row["standing"], row["id"]) for word in kept]
        words.sort()
        columns = [column.name for column in ReportWord.__table__.columns]
        for start in range(0, len(words), 20 * _CHUNK):
            rows = [dict(zip(columns, row, strict=True)) for row in words[start : start + 20 * _CHUNK]]
            await connection.execute(insert(ReportWord.__table__), rows)  # type: ignore[arg-type]  # a Table
        if times > 1:
            await connection.execute(_copies(Report.__table__, ("id", "draft_id", "number"), count, times))
            await connection.execute(_copies(ReportWord.__table__, ("report_id",), count, times))


def _copies(table: Any, shifted: tuple[str, ...], count: int, times: int) -> Insert:  # noqa: ANN401 a mapped class's Table
    """Return the statement that writes the first *count* reports' rows *times* - 1 times more, with other numbers.

    Rows of a key come beside each other, so that a table that is sorted by it grows from one end to the other.
    """
    start = select(literal(1).label("at")).cte("more", recursive=True)
    more = start.union_all(select(start.c.at + 1).where(start.c.at < times - 1))
    names = [column.name for column in table.columns]
    values = [table.c[name] + more.c.at * count if name in shifted else table.c[name] for name in names]
    by_number = [more.c.at] if shifted[0] == "id" else []
    rows = select(*values).select_from(table.join(more, literal(value=True)))
    return insert(table).from_select(names, rows.order_by(*by_number, *table.primary_key))


def _reports(count: int, desks: list[int], areas: list[str], chance: random.Random) -> Iterator[dict[str, Any]]:
    words = vocabulary()
    weights = list(accumulate(1 / (rank + 5) for rank in range(len(words))))
    hot = list(HOT.items())
    first = NOW - timedelta(days=5 * 365)
    for place in range(count):
        created = first + timedelta(days=5 * 365) * (place / count)
        is_open, danger = chance.random() < 0.25, chance.random() < 0.002
        kind = chance.choice((Kind.PLACE, Kind.PLACE, Kind.IDEA, Kind.PERSON))
        status = chance.choice((ReportStatus.RECEIVED, ReportStatus.TAKEN, ReportStatus.FORWARDED))
        status = status if is_open else ReportStatus.CLOSED
        promise_on = None if danger else (created + timedelta(days=3)).date()
        closed_at = None if is_open else created + timedelta(days=chance.randint(1, 40))
        told = [word for word, share in hot if chance.random() * 100 < share]
        told += chance.choices(words, cum_weights=weights, k=chance.randint(3, 9))
        yield {
            "id": place + 1,
            "draft_id": place + 1,
            "year": created.year,
            "number": place + 1,
            "kind": kind,
            "theme": chance.choice(list(Theme)),
            "area_code": chance.choice(areas),
            "text": " ".join(told),
            "danger": danger,
            "sealed": is_sealed(kind, danger=danger),
            "desk_id": chance.choices(desks, weights=(6, 3, 1))[0],
            "rule_position": 0,
            "status": status,
            "holder_id": chance.choice((SAMIRA, OMAR)) if status is ReportStatus.TAKEN else None,
            "close_reason": None if is_open else CloseReason.SOLVED,
            "promise_on": promise_on,
            "chase_on": promise_on,
            "kept_at": created + timedelta(days=1) if chance.random() < 0.5 else None,
            "created_at": created,
            "changed_at": closed_at or created,
            "closed_at": closed_at,
            "sweep_at": closed_at and closed_at + CONTACT_KEPT,
            "still_at": None if closed_at else created + ASK_AFTER,
            "standing": standing(
                status=status, danger=danger, promise_on=promise_on, ended_on=(closed_at or created).date()
            ),
        }
