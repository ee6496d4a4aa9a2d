"""Whatever transactions do to people and dialogues, the database holds what was said when they were committed."""

import copy
import random
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.enums import Language, Reachable
from storage.engine import Database
from storage.models import Dialogue, Person
from storage.work import Work
from tests.town import START

IDS = range(1, 7)
SEEDS, TRANSACTIONS, ACTS = 3, 25, 12
_TIMES = [START + timedelta(minutes=minutes) for minutes in range(4)]
_VALUES: dict[type[Person | Dialogue], dict[str, list[Any]]] = {
    Person: {
        "name": [None, "Fatima", "José"],
        "language": list(Language),
        "reachable": list(Reachable),
        "last_seen_at": [None, *_TIMES],
        "prompt": [None, [], [["Ja", "y"]]],
        "recent": [None, [1], [1, 2]],
    },
    Dialogue: {
        "step": ["tell", "kind", "where"],
        "active": [True, False],
        "draft": [{}, {"text": "Lamp kapot"}, {"text": "🪔", "media": [1]}],
        "changed_at": _TIMES,
    },
}
#: What the columns hold, by the class and number of a row.
Model = dict[tuple[type[Person | Dialogue], int], dict[str, Any]]


class UndoneError(Exception):
    """A transaction that is taken back."""


def _new(kind: type[Person | Dialogue], number: int) -> Person | Dialogue:
    if kind is Person:
        return Person(id=number, created_at=START)
    return Dialogue(chat_id=number, user_id=number, about="report", step="tell", draft={}, changed_at=START)


def _columns(kind: type[Person | Dialogue], row: Person | Dialogue) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _VALUES[kind]}


async def _stored(work: Work) -> dict[tuple[type[Person | Dialogue], int], Person | Dialogue]:
    found = [*await work.session.scalars(select(Person)), *await work.session.scalars(select(Dialogue))]
    return {(type(row), row.id if isinstance(row, Person) else row.chat_id): row for row in found}


async def _act(work: Work, model: Model, chance: random.Random) -> None:
    """Do something at random to rows and to the *model* of them."""
    rows = await _stored(work)
    for _ in range(chance.randrange(1, ACTS)):
        kind, number = chance.choice(list(_VALUES)), chance.choice(IDS)
        row = rows.get((kind, number))
        if row is None:
            row = rows[kind, number] = _new(kind, number)
            work.session.add(row)
            await work.session.flush()  # its defaults are set now
            model[kind, number] = copy.deepcopy(_columns(kind, row))
        elif chance.random() < 0.1:
            await work.session.delete(rows.pop((kind, number)))
            await work.session.flush()
            del model[kind, number]
        else:
            name = chance.choice(list(_VALUES[kind]))
            value = chance.choice(_VALUES[kind][name])
            setattr(row, name, copy.deepcopy(value))
            model[kind, number][name] = value
        if chance.random() < 0.2:
            await work.session.flush()


async def _transaction(database: Database, model: Model, chance: random.Random) -> None:
    async with database.write(START) as work:
        await _act(work, model, chance)
        if chance.random() < 0.2:
            raise UndoneError


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_the_database_holds_what_was_said(database: Database, seed: int) -> None:
    chance, model = random.Random(seed), Model()
    for _ in range(TRANSACTIONS):
        before = copy.deepcopy(model)
        try:
            await _transaction(database, model, chance)
        except UndoneError:
            model = before
        async with database.read(START) as work:
            stored = {key: _columns(key[0], row) for key, row in (await _stored(work)).items()}
        assert stored == model
