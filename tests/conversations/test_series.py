"""/activiteit, once there is one: copying it, changing its series, its dates ahead, and who may."""

from bot.domain.enums import RoleKey, RoleName
from bot.services.desk import roles
from bot.services.desk.roles import Taken
from handlers.activities.making_buttons import (
    Choose,
    EditActivity,
    EndActivity,
    NewActivity,
)
from tests.conversations.meetings import fill, jump, told
from tests.conversations.planning import activity_of, dates_of, load_again, makes, occurrences_of
from tests.town import Town


async def test_running_the_set_up_file_again_neither_doubles_nor_undoes_it(town: Town) -> None:
    omar, wilma = town.worker("Omar"), town.worker("Wilma")
    await makes(omar, "Koffie", "morgen 10:00-12:00", repeats="Elke week")
    await wilma.starts()
    await wilma.says("/activiteit")
    await wilma.taps("Repair Café Stedenwijk")
    await wilma.taps("Veranderen")
    await wilma.taps("✏️ Dag en tijd")
    await wilma.says("14:00-17:00")
    await wilma.taps("✅ Bewaren")
    before = await dates_of(town, "Koffie"), await dates_of(town, "Repair Café Stedenwijk")
    assert before[0][:2] == ["24-11 10:00", "01-12 10:00"]
    assert before[1] == ["05-12 14:00", "02-01 14:00"]
    await load_again(town)
    assert (await dates_of(town, "Koffie"), await dates_of(town, "Repair Café Stedenwijk")) == before


async def test_new_dates_appear_sixty_days_ahead(town: Town) -> None:
    await makes(town.worker("Omar"), "Koffie", "morgen 10:00-12:00", repeats="Elke week")
    assert len(await dates_of(town, "Koffie")) == 9
    await jump(town, "2026-12-23T12:00")
    await town.advance(hours=2)
    dates = await dates_of(town, "Koffie")
    assert dates[-1] == "16-02 10:00"
    assert len(dates) == len(set(dates)) == 13


async def test_an_activity_is_copied_and_only_its_day_is_asked(town: Town) -> None:
    omar = town.worker("Omar")
    await makes(omar, "Koffie", "morgen 10:00-12:00")
    await omar.taps("Kopiëren")
    await omar.says("30-11 15:00-17:00")
    await omar.taps("Elke twee weken op maandag")
    assert "📍 Buurthuis, Filmwijk" in omar.sees
    await omar.taps("✏️ Naam")
    await omar.says("Thee")
    await omar.taps("✅ Maken")
    assert (await dates_of(town, "Thee"))[:2] == ["30-11 15:00", "14-12 15:00"]
    assert await dates_of(town, "Koffie") == ["24-11 10:00"]


async def test_editing_a_series_touches_only_dates_that_nobody_joined_and_says_which_stay(town: Town) -> None:
    omar = town.worker("Omar")
    await makes(omar, "Koffie", "morgen 10:00-12:00", repeats="Elke week")
    second = (await occurrences_of(town, "Koffie"))[1]
    await fill(town, second, RoleKey.VISITOR, await told(town, "Fatima"))
    await omar.taps("Veranderen")
    await omar.taps("✏️ Dag en tijd")
    await omar.says("14:00-16:00")
    await omar.taps("✅ Bewaren")
    assert "Deze dagen blijven zoals ze zijn." in omar.sees
    assert "• dinsdag 1 december, 10:00–12:00" in omar.sees
    after = await dates_of(town, "Koffie")
    assert after[:3] == ["24-11 14:00", "01-12 10:00", "08-12 14:00"]
    assert len(after) == 9
    await omar.taps("Veranderen")
    await omar.taps("✏️ Dag en tijd")
    await omar.says("woensdag 25 november")
    assert "Elke week op woensdag" in omar.sees
    await omar.taps("✅ Bewaren")
    await town.advance(hours=2)
    after = await dates_of(town, "Koffie")
    assert after[:3] == ["25-11 14:00", "01-12 10:00", "09-12 14:00"]
    assert len(after) == len(set(after))


async def test_the_one_date_that_people_joined_is_moved_not_edited(town: Town) -> None:
    omar = town.worker("Omar")
    await makes(omar, "Koffie", "morgen 10:00-12:00")
    await fill(town, (await occurrences_of(town, "Koffie"))[0], RoleKey.VISITOR, await told(town, "Fatima"))
    await omar.taps("Veranderen")
    await omar.taps("✏️ Dag en tijd")
    await omar.says("30-11")
    await omar.taps("✅ Bewaren")
    assert omar.sees.startswith("Er zijn al mensen aangemeld")
    assert await dates_of(town, "Koffie") == ["24-11 10:00"]


async def test_rights_are_read_at_each_tap_and_old_taps_change_nothing(town: Town) -> None:
    omar, wilma, fatima = town.worker("Omar"), town.worker("Wilma"), town.resident("Fatima")
    await fatima.starts()
    await fatima.says("/activiteit")
    assert fatima.sees.startswith("Dat kan alleen een buurtwerker")
    await fatima.forges(NewActivity().encode())
    assert fatima.sees.startswith("Dat kan alleen een buurtwerker")
    await makes(omar, "Koffie", "morgen 10:00-12:00")
    made = await activity_of(town, "Koffie")
    for pressed in (EditActivity(made.id), EndActivity(made.id), Choose(1, "preview", "make")):
        await fatima.forges(pressed.encode())
    assert await dates_of(town, "Koffie") == ["24-11 10:00"]
    await omar.taps("Veranderen")
    preview = omar.message
    await wilma.starts()
    async with town.writing() as work:
        assert await roles.take_away(work, wilma.id, omar.id, RoleName.WORKER) is Taken.DONE
    await omar.taps("✅ Bewaren", on=preview)
    assert omar.sees.startswith("Dat kan alleen een buurtwerker")
    await omar.says("/activiteit")
    assert omar.sees.startswith("Dat kan alleen een buurtwerker")
    await wilma.says("/activiteit")
    await wilma.taps("Koffie")
    assert wilma.sees.startswith("Koffie")


async def test_every_date_of_a_series_can_be_reached_and_holidays_are_named(town: Town) -> None:
    omar = town.worker("Omar")
    await makes(omar, "Koffie", "vrijdag 27 november 10:00-12:00", repeats="Elke week")
    assert omar.sees.endswith(
        "⚠️ Let op, dit is een feestdag: vrijdag 25 december (Eerste kerstdag); vrijdag 1 januari (Nieuwjaarsdag)."
    )
    last = "vrijdag 22 januari, 10:00–12:00"
    assert last not in omar.buttons
    await omar.taps("➡️ Later")
    assert omar.buttons[0] == last
    await omar.taps("⏮ Naar het begin")
    await omar.taps("vrijdag 25 december")
    assert omar.sees.endswith("⚠️ Let op, dit is een feestdag: vrijdag 25 december (Eerste kerstdag).")
    await makes(omar, "Soep", "7-4-2027 10:00-12:00", repeats="Elke week")
    assert "De eerste keer is woensdag 7 april 2027." in omar.sees
