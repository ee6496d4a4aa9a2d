"""What goes on in the demo's town when it opens: a Repair Café with its list, a Rommelroute, a round that is walked."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.demo import filling, today
from bot.demo.run import ZONE, named_people, town_text
from bot.domain.time import to_wall
from bot.services import rounds, setup
from bot.services.repair_cafe import repair_day
from bot.services.rommelroute import stall_lists
from bot.services.town import areas
from storage.engine import Database
from storage.models import Activity, Occurrence
from storage.work import Work


async def _meeting(work: Work, key: str) -> Occurrence:
    query = select(Occurrence).join(Activity).where(Activity.key == key)
    return (await work.session.scalars(query)).one()


@pytest.mark.parametrize("now", [datetime(2026, 11, 27, 9, tzinfo=UTC), datetime(2026, 11, 26, 23, 1, tzinfo=UTC)])
async def test_a_cafe_a_route_and_a_round_go_on_at_any_hour(database: Database, now: datetime) -> None:
    file, lines = setup.parse(town_text(to_wall(now, ZONE)))
    async with database.write(now) as work:
        await setup.load(work, file, lines, areas.builtin())
        await filling.fill(work, list(named_people(file)))
    await today.begin(database, now)
    async with database.read(now) as work:
        cafe = await _meeting(work, today.CAFE)
        assert await repair_day.may_run(work, cafe, filling.NOOR)
        stages = [visit.stage.value for visit in await repair_day.visits(work, cafe.id)]
        assert sorted(stages) == ["done", "expected", "turn", "waiting"]
        route = await stall_lists.seen_by(work, (await _meeting(work, today.ROUTE)).id, filling.FATIMA)
        assert route is not None
        assert route.is_today
        assert [shown.number for shown in route.stalls] == list(range(1, len(today.STALLS) + 1))
        assert {shown.state.value for shown in route.stalls} == {"open", "uitverkocht", "dicht"}
        scene = await rounds.look(work, await _meeting(work, today.ROUND))
        assert scene is not None
        assert scene.is_open
