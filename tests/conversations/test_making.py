"""/activiteit: a worker or coordinator makes an activity, question by question; drafts and bad input lose nothing."""

from datetime import timedelta

from sqlalchemy import select

from bot.domain.enums import ActivityKind, RoleKey
from handlers.activities.making_buttons import (
    CopyActivity,
    EditActivity,
    OpenActivity,
    OpenDate,
)
from storage.models import Activity, ActivityRole
from tests.conversations.planning import activity_of, begins, dates_of, makes, occurrences_of
from tests.town import Town


async def test_a_worker_makes_a_monthly_repair_cafe_by_conversation(town: Town) -> None:
    omar = town.worker("Omar")
    await omar.starts()
    await omar.says("/activiteiten")
    await omar.taps("Activiteiten beheren")
    assert omar.sees == "Je beheert nog geen activiteiten. Maak een nieuwe."
    await omar.taps("Nieuwe activiteit")
    assert omar.sees == "Wat voor activiteit wil je maken?"
    await omar.taps("Repair Café")
    await omar.says("Repair Café <Zuid> & meer")
    await omar.says("Buurthuis Zuid")
    assert "In welke wijk?" in omar.sees
    await omar.says("nergens")
    assert omar.sees.startswith("Die wijk ken ik niet.")
    await omar.taps("Almere Stad Oost")
    await omar.taps("Filmwijk")
    await omar.says("zaterdag 12 december 13:00-16:00")
    assert omar.sees == "Eerste keer: zaterdag 12 december, 13:00–16:00.\nHoe vaak komt het terug?"
    assert omar.buttons[:4] == [
        "Eén keer",
        "Elke week op zaterdag",
        "Elke twee weken op zaterdag",
        "Elke maand op de tweede zaterdag",
    ]
    await omar.taps("tweede zaterdag")
    assert omar.buttons[:3] == ["Bezoeker: 0 tot 12", "Reparateur: 2 tot 4", "Gastvrouw of gastheer: 1 tot 2"]
    await omar.taps("Bezoeker")
    await omar.says("0-16")
    assert omar.buttons[0] == "Bezoeker: 0 tot 16"
    await omar.taps("Zo is het goed")
    await omar.taps("Tot 1 dag ervoor om 20:00")
    assert omar.sees == (
        "Repair Café <Zuid> & meer · Repair Café\n"
        "zaterdag 12 december, 13:00–16:00\n"
        "Elke maand op de tweede zaterdag\n"
        "📍 Buurthuis Zuid, Filmwijk\n"
        "• Bezoeker: 0 tot 16\n• Reparateur: 2 tot 4\n• Gastvrouw of gastheer: 1 tot 2\n"
        "Aanmelden: Tot 1 dag ervoor om 20:00\n"
        "Iedereen ziet dit.\n\nKlopt het? Dan kun je het maken."
    )
    await omar.taps("✅ Maken")
    assert omar.sees.startswith("Gemaakt.")
    assert await dates_of(town, "Repair Café <Zuid> & meer") == ["12-12 13:00", "09-01 13:00"]
    made = await activity_of(town, "Repair Café <Zuid> & meer")
    assert (made.repeats, made.deadline, made.coordinator_id) == (
        "FREQ=MONTHLY;BYDAY=2SA", "2026-12-11T20:00", omar.id,
    )  # fmt: skip
    fatima = town.resident("Fatima")
    await fatima.starts()
    await fatima.says("/activiteiten")
    await fatima.says("Filmwijk")
    assert "Repair Café <Zuid> & meer" in fatima.sees
    assert "🛠 Activiteiten beheren" not in fatima.buttons


async def test_a_double_tap_makes_one_activity(town: Town) -> None:
    omar = town.worker("Omar")
    await makes(omar, "Koffie", "morgen 10:00-12:00")
    await omar.taps("Kopiëren")
    await omar.says("30-11 10:00-12:00")
    await omar.taps("Eén keer")
    keep = next(key["callback_data"] for row in omar.message.buttons for key in row if "Maken" in key["text"])
    await omar.forges(keep)
    await omar.forges(keep)
    assert omar.toast == "Dat had je al beantwoord."
    async with town.reading() as work:
        assert len((await work.session.scalars(select(Activity).where(Activity.title == "Koffie"))).all()) == 2


async def test_a_draft_survives_a_restart_and_is_offered(town: Town) -> None:
    omar = town.worker("Omar")
    await omar.starts()
    await omar.says("/activiteit")
    await omar.taps("Nieuwe activiteit")
    await omar.taps("Rommelroute")
    await omar.says("Rommelroute Noord")
    await town.restart()
    await omar.says("Het veld")
    assert "In welke wijk?" in omar.sees
    await omar.says("/activiteit")
    await omar.taps("Verder met Rommelroute Noord")
    assert "In welke wijk?" in omar.sees
    await omar.says("terug")
    assert omar.sees.startswith("Waar is het?")
    await omar.says("stop")
    assert omar.sees == "Gestopt. Er is niets gemaakt of veranderd."


async def test_bad_input_gets_a_helpful_sentence_and_loses_nothing(town: Town) -> None:
    omar = town.worker("Omar")
    await omar.starts()
    await omar.says("/activiteit")
    await omar.taps("Nieuwe activiteit")
    await omar.says("iets leuks")
    assert omar.sees.startswith("Dat begrijp ik niet. Kies een knop hieronder.")
    await omar.says("Andere activiteit")
    await omar.says("x" * 81)
    assert omar.sees.startswith("Typ een tekst van 1 tot 80 tekens")
    await omar.sends_photo()
    assert omar.sees.startswith("Typ het, of kies een knop.")
    await omar.says("<b>Soep</b>")
    await omar.taps("Geen vaste plek")
    await omar.says("Filmwijk")
    for typed, answer in [
        ("ooit", "Ik begrijp die dag of tijd niet."),
        ("31-2 10:00", "Ik begrijp die dag of tijd niet."),
        ("1-1-2020 10:00-11:00", "Dat is al geweest."),
        ("vandaag 09:00-12:00", "Dat is al geweest."),
        ("5-12 16:00-13:00", "Het einde moet na het begin zijn. Tot na middernacht mag ook"),
        ("31-2", "Ik begrijp die dag of tijd niet."),
        ("5-12 99:00-100:00", "Die tijd bestaat niet."),
        ("5-12-2099", "Dat is te ver weg."),
        ("zondag 5 december", "Die datum is een andere dag van de week."),
    ]:
        await omar.says(typed)
        assert omar.sees.startswith(answer), typed
    await town.advance(minutes=2)
    await omar.says("25-12")
    assert omar.sees.startswith("⚠️ Let op, dit is een feestdag: vrijdag 25 december (Eerste kerstdag).")
    await omar.says("2")
    assert "Het begint op vrijdag 25 december om 02:00. Hoe laat is het afgelopen?" in omar.sees
    await omar.says("14-17")
    await omar.taps("Eén keer")
    await omar.taps("Bezoeker")
    for typed in ("0", "4-2", "99999999", "veel"):
        await omar.says(typed)
        assert omar.sees.startswith("Typ getallen van 1 tot 1000"), typed
    await omar.says("1")
    assert omar.buttons[0] == "Bezoeker: 0 tot 1"
    await omar.taps("Zo is het goed")
    await omar.says("26-12 10:00")
    assert omar.sees.startswith("De deadline moet nog komen, en voor het begin liggen.")
    await omar.says("24-12 20:00")
    assert "<b>Soep</b> · Andere activiteit" in omar.sees
    assert "⚠️ Let op, dit is een feestdag: vrijdag 25 december (Eerste kerstdag)." in omar.sees
    assert "Aanmelden: Tot 1 dag ervoor om 20:00" in omar.sees
    town.sleep(days=8)
    await town.advance(hours=1, minutes=1)
    await omar.says("/activiteit")
    assert "Verder" not in " ".join(omar.buttons)  # drafts go after 7 days


async def test_a_plan_that_came_to_lie_in_the_past_is_not_made(town: Town) -> None:
    omar = town.worker("Omar")
    await begins(omar, "Soep")
    await omar.says("vandaag 12:00-13:00")
    await omar.taps("Eén keer")
    await omar.taps("Zo is het goed")
    await omar.taps("Tot het begint")
    town.sleep(hours=3)
    await omar.taps("✅ Maken")
    assert omar.sees.startswith("Dit begint nu al in het verleden.")
    await omar.taps("✏️ Dag en tijd")
    await omar.says("morgen")
    await omar.taps("✅ Maken")
    assert await dates_of(town, "Soep") == ["24-11 12:00"]


async def test_a_coordinator_makes_rounds_that_only_the_team_sees(town: Town) -> None:
    jan, omar, fatima = town.person("Jan"), town.worker("Omar"), town.resident("Fatima")
    await makes(jan, "Ochtendronde", "28-11 12:00-13:00", kind="Rondes van Buurtpreventie Filmwijk")
    assert await dates_of(town, "Ochtendronde") == ["28-11 12:00"]
    made = await activity_of(town, "Ochtendronde")
    assert (made.kind, made.coordinator_id) == (ActivityKind.PATROL, jan.id)
    async with town.reading() as work:
        found = (await work.session.scalars(select(ActivityRole).where(ActivityRole.activity_id == made.id))).all()
    assert [(row.role, row.minimum, row.maximum) for row in found] == [(RoleKey.WALKER, 2, 4)]
    shift = (await occurrences_of(town, "Ochtendronde"))[0]
    for stranger in (omar, town.worker("Wilma"), fatima):
        await stranger.starts()
        await stranger.says("/activiteit")
        assert "Ochtendronde" not in " ".join([stranger.sees, *stranger.buttons])
        for pressed in (OpenActivity(made.id), OpenDate(shift.id), EditActivity(made.id), CopyActivity(made.id)):
            await stranger.forges(pressed.encode())
            assert stranger.sees == "Deze activiteit is er niet meer."
    await jan.says("/activiteit")
    await jan.taps("Nieuwe activiteit")
    assert jan.buttons[0] == "Rondes van Buurtpreventie Filmwijk"
    await jan.taps("Rondes")
    await jan.says("Nachtronde")
    await jan.says("Wijkcentrum")
    await jan.says("28-11 20:00-21:00")
    await jan.taps("Eén keer")
    await jan.taps("Loper")
    await jan.says("1-4")
    assert jan.sees.startswith("Niemand loopt alleen.")
    await jan.says("4")
    assert jan.buttons[0] == "Loper: 2 tot 4"
    await jan.taps("Zo is het goed")
    assert "Alleen het team Buurtpreventie Filmwijk ziet dit." in jan.sees


async def test_in_english_too(town: Town) -> None:
    omar = town.worker("Omar")
    await omar.starts()
    await omar.says("/language")
    await omar.taps("English")
    await omar.says("/activity")
    await omar.taps("New activity")
    await omar.taps("Other activity")
    await omar.says("Soup")
    await omar.says("Kitchen")
    await omar.says("Filmwijk")
    await omar.says("tomorrow 1pm to 4pm")
    assert omar.sees == "First time: Tuesday 24 November, 13:00–16:00.\nHow often does it come back?"
    assert omar.buttons[3:5] == ["Every month on the fourth Tuesday", "Every month on the last Tuesday"]
    await omar.taps("last Tuesday")
    await omar.taps("This is right")
    await omar.taps("Until it begins")
    assert "Everybody sees this." in omar.sees
    await omar.taps("Make it")
    assert omar.sees.startswith("Made.")


async def test_a_meeting_past_midnight_is_typed_bit_by_bit(town: Town) -> None:
    omar = town.worker("Omar")
    await begins(omar, "Nachtwandeling", place="geen")
    await omar.says("zaterdagavond 10 uur")
    assert omar.sees == ("Het begint op zaterdag 28 november om 22:00. Hoe laat is het afgelopen? Typ het zo: 16:00.")
    await omar.says("1 uur")
    assert omar.sees.startswith("Eerste keer: zaterdag 28 november, 22:00–01:00 (de volgende dag).")
    await omar.taps("Eén keer")
    await omar.taps("Zo is het goed")
    await omar.says("geen")
    await omar.says("ja")
    assert omar.sees.startswith("Gemaakt.")
    row = (await occurrences_of(town, "Nachtwandeling"))[0]
    assert (row.ends_at - row.starts_at, row.place) == (timedelta(hours=3), None)
