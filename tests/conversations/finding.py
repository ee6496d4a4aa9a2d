"""What the tests of `/open`, `/mijn` and `/zoek` share."""

from datetime import date

from sqlalchemy import select

from bot.demo.telegram.model import Message
from bot.domain.enums import Kind, Theme
from storage.models import Desk, Report
from tests.town import Town
from tests.town_people import Desk as Group
from tests.town_people import Someone


def said(place: Group | Someone) -> Message:
    """The newest message of the bot there."""
    return place.messages[-1]


async def has_many(town: Town, count: int) -> None:
    """Write reports to Stad West past the conversation: number 1 has the oldest promise."""
    async with town.writing() as work:
        desk = await desk_id(town, "stad-west")
        for number in range(1, count + 1):
            work.session.add(
                Report(
                    id=number,
                    draft_id=number,
                    year=2026,
                    number=number,
                    kind=Kind.PLACE,
                    theme=Theme.LIVABILITY,
                    area_code="WK003427",
                    text=f"De lantaarnpaal nummer {number} is kapot",
                    sealed=False,
                    desk_id=desk,
                    rule_position=2,
                    promise_on=date(2026, 11, 20 + number % 10) if number > 2 else date(2026, 11, 10 + number),
                    created_at=work.now,
                    changed_at=work.now,
                )
            )


async def desk_id(town: Town, key: str) -> int:
    """The id of the desk with this key."""
    async with town.reading() as work:
        return (await work.session.scalars(select(Desk.id).where(Desk.key == key))).one()
