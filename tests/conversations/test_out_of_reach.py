"""A worker who stopped the bot, which nobody knows yet: the first message that fails calls that worker in the group."""

from bot.domain.enums import Reachable
from storage.models import Person
from tests.conversations.passing import sealed, wants_a_call
from tests.town import Town

CALL = "Wilma, er is een bericht over M-2026-0001. Tik op de kaart op Openen."


def _fails(town: Town, worker_id: int) -> None:
    """Let Telegram refuse messages to somebody of whom it told us nothing."""
    town.world.contact[worker_id] = "blocked"


async def test_what_a_resident_says_to_who_turns_out_to_be_away_is_called_in_the_group(town: Town) -> None:
    told, wilma = await sealed(town)
    _fails(town, wilma.id)
    await told.resident.says("Wat ik heb gemeld")
    await told.resident.taps(told.number)
    await told.resident.taps("Schrijf erbij")
    await told.resident.says("Zij is er nu weer")
    assert CALL in town.desk("stad").texts
    assert not any("Zij is er nu weer" in text for text in town.desk("stad").texts)
    async with town.reading() as work:
        assert (await work.session.get_one(Person, wilma.id)).reachable is Reachable.BLOCKED


async def test_news_of_a_partner_that_finds_nobody_is_called_in_the_group(mail_town: Town) -> None:
    told, wilma = await sealed(mail_town)
    await wants_a_call(wilma)
    _fails(mail_town, wilma.id)
    await told.resident.taps("Lezen")
    await told.resident.taps("Ja")
    assert CALL in mail_town.desk("stad").texts
