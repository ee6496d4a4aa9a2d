"""Chasing: who hears that a resident still waits. Only what was delivered keeps a promise."""

from datetime import UTC, datetime, timedelta

from storage.models import Absence
from tests.conversations.telling import NUISANCE, Told, tells
from tests.town import Town
from tests.town_people import Someone

LAMP = "De lantaarnpaal is kapot"
#: 08:30 in Almere in winter, when the desk opens.
_OPENING_UTC = (7, 30)


async def _told(town: Town, *names: str) -> list[Told]:
    return [await tells(town, town.resident(name), f"{LAMP} bij nummer {n}") for n, name in enumerate(names, 1)]


async def _to(town: Town, day: str, clock: tuple[int, int] = _OPENING_UTC) -> None:
    """Move to a date, at *clock* (UTC) and a minute; the days before it pass without anybody looking."""
    year, month, number = (int(part) for part in day.split("-"))
    to = datetime(year, month, number, *clock, tzinfo=UTC)
    town.sleep(to - timedelta(minutes=10))
    await town.advance(to + timedelta(minutes=1))


def _chases(town: Town, desk: str = "stad-west") -> list[str]:
    return [text for text in town.desk(desk).texts if "⏰" in text]


async def _answers(worker: Someone, told: Told, words: str = "Hij wordt morgen gemaakt.") -> None:
    await worker.taps("Antwoord", on=told.card)
    await worker.says(words)
    await worker.taps("Versturen")


async def test_on_the_last_day_the_holder_hears_in_private_and_after_it_the_desk(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.starts()
    (told,) = await _told(town, "Fatima")  # on a Monday: promised by Thursday
    await samira.taps("Ik pak het op", on=told.card)
    before = len(samira.messages)
    await _to(town, "2026-11-26", (7, 20))
    assert len(samira.messages) == before
    await _to(town, "2026-11-26")
    assert samira.sees == (
        "⏰ Vandaag is de laatste dag. De bewoner wacht op jouw antwoord:\n"
        "M-2026-0001 · beloofd uiterlijk donderdag 26 november · Samira"
    )
    assert samira.buttons == ["Openen 0001"]
    assert not _chases(town)
    await _to(town, "2026-11-27")
    assert _chases(town) == [
        "⏰ Deze bewoners wachten nog op antwoord. Wie neemt iets over?\n"
        "M-2026-0001 · beloofd uiterlijk donderdag 26 november · Samira"
    ]
    assert town.desk("stad-west").messages[-1].labels == ["Overnemen 0001"]


async def test_what_nobody_has_is_told_to_the_desk_on_the_last_day_already(town: Town) -> None:
    await _told(town, "Fatima")
    await _to(town, "2026-11-26")
    assert _chases(town)[0].endswith("M-2026-0001 · beloofd uiterlijk donderdag 26 november · niemand")
    assert town.desk("stad-west").messages[-1].labels == ["Ik pak 0001 op"]
    assert not town.desk("stad-west").messages[-1].silent


async def test_one_message_per_desk_names_all_late_reports_and_no_word_of_them(town: Town) -> None:
    told = await _told(town, "Fatima", "Amy", "Ans")
    sealed = await tells(town, town.resident("Bo"), "Ruzie op de galerij elke avond", kind=NUISANCE)
    await _to(town, "2026-11-26")
    await _to(town, "2026-11-27")
    last_day, late = _chases(town)
    assert late.count("M-2026-") == len(told) + 1
    assert f"M-2026-{sealed.number}" in late
    assert LAMP not in late
    assert "galerij" not in late
    assert last_day.count("M-2026-") == len(told) + 1


async def test_taking_over_from_the_message_tells_the_old_holder_and_the_second_hears_who_was_first(town: Town) -> None:
    samira, omar = town.worker("Samira"), town.worker("Omar")
    await samira.starts()
    (told,) = await _told(town, "Fatima")
    await samira.taps("Ik pak het op", on=told.card)
    await _to(town, "2026-11-27")
    chase = town.desk("stad-west").messages[-1]
    data = chase.buttons[0][0]["callback_data"]
    await omar.taps("Overnemen 0001", on=chase)
    assert samira.sees == "Omar heeft M-2026-0001 overgenomen."
    assert (await told.report()).holder_id == omar.id
    assert chase.text.endswith("donderdag 26 november · Omar")
    await samira.forges(data, on=chase)
    assert samira.toast == "Omar heeft deze melding al."
    assert (await told.report()).holder_id == omar.id
    jan = town.worker("Jan")
    await jan.starts()
    await jan.forges(chase.buttons[0][0]["callback_data"])
    assert jan.toast == "Dit kunnen alleen de buurtwerkers van deze triagegroep."
    assert (await told.report()).holder_id == omar.id


async def test_a_sealed_report_taken_from_the_message_opens_in_private(town: Town) -> None:
    omar = town.worker("Omar")
    await omar.starts()
    await tells(town, town.resident("Fatima"), "Ruzie op de galerij elke avond", kind=NUISANCE)
    await _to(town, "2026-11-27")
    await omar.taps("Ik pak 0001 op", on=town.desk("stad-west").messages[-1])
    assert omar.was_told("Ruzie op de galerij elke avond")


async def test_only_a_delivered_answer_keeps_the_promise(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.starts()
    first, second, third = await _told(town, "Fatima", "Amy", "Ans")
    for told in (first, second, third):
        await samira.taps("Ik pak het op", on=told.card)
    await _answers(samira, first)
    await second.resident.blocks()
    await _answers(samira, second)
    await samira.taps("Afronden", on=third.card)
    await samira.taps("opgelost", on=third.card)
    await _to(town, "2026-11-27")
    (chase,) = _chases(town)
    assert "0002" in chase  # taken and answered, but nothing arrived
    assert "0001" not in chase
    assert "0003" not in chase


async def test_what_waits_for_eight_in_the_morning_keeps_the_promise_before_the_desk_opens(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.starts()
    (told,) = await _told(town, "Fatima")
    await samira.taps("Ik pak het op", on=told.card)
    await _to(town, "2026-11-26", (22, 0))  # 23:00 in Almere
    await samira.taps("Antwoord", on=told.card)
    await samira.says("Hij wordt morgen gemaakt.")
    await samira.taps("Versturen om 08:00")
    assert (await told.report()).kept_at is None
    await town.advance(hours=10)
    assert told.resident.was_told("Hij wordt morgen gemaakt.")
    assert not _chases(town)


async def test_at_three_times_the_contact_is_told_and_then_nobody_any_more(town: Town) -> None:
    samira, omar = town.worker("Samira"), town.worker("Omar")
    for worker in (samira, omar):
        await worker.starts()
    (told,) = await _told(town, "Fatima")
    await omar.taps("Ik pak het op", on=told.card)
    await _to(town, "2026-12-03")
    assert not samira.was_told("drie keer")
    await _to(town, "2026-12-04")
    assert samira.sees == (
        "⏰ Stad West: deze bewoners wachten drie keer zo lang als beloofd.\n"
        "M-2026-0001 · beloofd uiterlijk donderdag 26 november · Omar"
    )
    said = len(samira.messages), len(omar.messages), len(town.desk("stad-west").messages)
    for day in ("2026-12-07", "2026-12-08", "2026-12-14"):
        await _to(town, day)
    assert (len(samira.messages), len(omar.messages), len(town.desk("stad-west").messages)) == said


async def test_a_contact_whom_the_bot_can_not_write_to_is_called_by_name_in_the_group(town: Town) -> None:
    await _told(town, "Fatima")
    town.world.contact[town.worker("Samira").id] = "never"
    await _to(town, "2026-12-04")
    chase = town.desk("stad-west").messages[-1]
    assert chase.text.startswith("Samira, ⏰ Deze bewoners wachten nog op antwoord.")
    assert "tg://user?id=9001" in chase.html


async def test_a_holder_who_stopped_the_bot_is_reached_through_the_desk(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.starts()
    (told,) = await _told(town, "Fatima")
    await samira.taps("Ik pak het op", on=told.card)
    town.world.contact[samira.id] = "blocked"  # and the bot has not heard of it
    await _to(town, "2026-11-26")
    assert _chases(town) == [
        "⏰ Deze bewoners wachten nog op antwoord. Wie neemt iets over?\n"
        "M-2026-0001 · beloofd uiterlijk donderdag 26 november · Samira"
    ]


async def test_danger_is_left_out_of_chasing_lines(town: Town) -> None:
    await tells(town, town.resident("Fatima"), "Ze vechten op straat", kind=NUISANCE, danger=True)
    for day in ("2026-11-26", "2026-11-27", "2026-12-07"):
        await _to(town, day)
    assert not _chases(town)


async def test_christmas_and_weekend_are_waited_out(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.starts()
    await _to(town, "2026-12-22", (10, 0))
    (told,) = await _told(town, "Fatima")  # 23, 24 and 28 December are the working days
    await samira.taps("Ik pak het op", on=told.card)
    await _to(town, "2026-12-28", (7, 28))
    assert not samira.was_told("Vandaag is de laatste dag.")
    await _to(town, "2026-12-28")
    assert "uiterlijk maandag 28 december" in samira.sees
    assert not _chases(town)


async def test_what_went_to_another_desk_is_told_there(town: Town) -> None:
    samira = town.worker("Samira")
    await _told(town, "Fatima")
    await _to(town, "2026-11-27")
    card = next(m for m in town.desk("stad-west").messages if "Gemeld op" in m.text)
    for label in ("Meer…", "Soort, thema, wijk", "Thema", "Veiligheid"):
        await samira.taps(label, on=card)
    await town.advance(minutes=2)
    assert "0001" in _chases(town, "veilig")[0]


async def test_a_desk_with_nobody_present_goes_to_the_beheerder(town: Town) -> None:
    wilma = town.worker("Wilma")
    await wilma.starts()
    await _told(town, "Fatima")
    async with town.writing() as work:
        for person in ("Samira", "Omar"):
            since, until = work.now, datetime(2026, 12, 31, tzinfo=UTC).date()
            work.session.add(Absence(person_id=town.worker(person).id, since=since, until=until, substitute_id=None))
    await _to(town, "2026-11-26")
    assert not _chases(town)
    assert wilma.sees.startswith("⏰ Bij Stad West is niemand aanwezig.")
    await wilma.taps("Ik pak 0001 op")
    assert "opgepakt door Wilma" in wilma.sees
