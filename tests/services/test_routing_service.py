"""Which desk gets a report, by the rules of the example town."""

import pytest

from bot.domain.enums import Kind, Theme
from bot.services.town import routing
from storage.engine import Database
from tests.services.desks import FILMWIJK, NOW, STEDENWIJK, open_town


@pytest.mark.parametrize(
    ("kind", "theme", "area", "desk", "position"),
    [
        (Kind.PERSON, Theme.SAFETY, STEDENWIJK, "stad", 0),
        (Kind.PLACE, Theme.SAFETY, STEDENWIJK, "veilig", 1),
        (Kind.PLACE, Theme.LIVABILITY, STEDENWIJK, "stad-west", 2),
        (Kind.IDEA, Theme.OTHER, FILMWIJK, "stad", 3),
        (Kind.IDEA, Theme.OTHER, None, "stad", 3),
        (Kind.IDEA, Theme.OTHER, "WK999999", "stad", 3),
    ],
)
async def test_the_first_rule_that_matches_names_the_desk(
    database: Database, kind: Kind, theme: Theme, area: str | None, desk: str, position: int
) -> None:
    await open_town(database)
    async with database.read(NOW) as work:
        routed = await routing.desk_for(work, kind=kind, theme=theme, area_code=area)
        rule = await routing.rule_at(work, routed.rule_position)
    assert (routed.desk.key, routed.rule_position) == (desk, position)
    assert rule is not None
    assert rule.desk == str(routed.desk.id)


async def test_a_rule_that_is_gone_is_none(database: Database) -> None:
    await open_town(database)
    async with database.read(NOW) as work:
        assert await routing.rule_at(work, 99) is None
        assert (await routing.last_desk(work)).desk.key == "stad"


async def test_before_the_set_up_there_is_no_desk(database: Database) -> None:
    async with database.read(NOW) as work:
        with pytest.raises(LookupError):
            await routing.desk_for(work, kind=Kind.IDEA, theme=Theme.OTHER, area_code=None)
        with pytest.raises(LookupError):
            await routing.last_desk(work)
