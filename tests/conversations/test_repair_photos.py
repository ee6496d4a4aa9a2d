"""A photo of what is broken: it may come at any question about it, alone or as an album, and can be taken away."""

from sqlalchemy import select

from bot.domain.enums import RoleKey
from storage.models import RepairItem
from tests.conversations.repair_days import helps, open_list, the_day_comes
from tests.town import Town
from tests.town_people import Someone


async def brings_something(town: Town) -> Someone:
    """Return a resident who is asked what they bring."""
    fatima = town.resident("Fatima")
    await fatima.says("/activiteiten")
    await fatima.taps("Heel Almere")
    await fatima.says("1")
    await fatima.taps("Ik breng iets mee")
    return fatima


async def test_an_album_before_the_first_answer_is_one_photo_that_the_host_sees(town: Town) -> None:
    fatima = await brings_something(town)
    await fatima.sends_album(3)
    assert fatima.sees.startswith("Je foto is bewaard.\n\nRepair Café Stedenwijk\n\nWat neem je mee?")
    await fatima.says("lamp")
    await fatima.taps("Overslaan")
    assert fatima.sees == "Wat is er stuk? Je foto is erbij. Typ wat je wilt, of sla het over."
    await fatima.taps("Overslaan")
    await fatima.taps("Ik loop binnen")
    await fatima.taps("Ja, dat is goed")
    host = await helps(town, "Ann", RoleKey.HOST)
    await the_day_comes(town)
    await open_list(host)
    await host.taps("Aangekomen (1)")
    await host.taps("Lamp")
    await host.says("1")
    await host.taps("Foto")
    assert host.message.media == "photo"


async def test_a_photo_with_the_label_names_the_thing_and_can_be_taken_away(town: Town) -> None:
    fatima = await brings_something(town)
    await fatima.sends_photo("naaimachine")
    assert fatima.sees.startswith("Je neemt mee: Naaimachine.")
    await fatima.sends_photo()
    assert fatima.sees.startswith("Je foto is bewaard.\n\nJe neemt mee: Naaimachine.")
    await fatima.says("Singer")
    await fatima.taps("Foto weg")
    assert fatima.sees.startswith("De foto is weg.\n\nWat is er stuk? Typ het. Of stuur een foto.")
    await fatima.says("de naald blijft steken")
    await fatima.taps("Ik loop binnen")
    await fatima.taps("Ja, dat is goed")
    async with town.reading() as work:
        item = (await work.session.scalars(select(RepairItem))).one()
    assert (item.item_type, item.brand, item.fault, item.photo) == (
        "Naaimachine",
        "Singer",
        "de naald blijft steken",
        None,
    )
