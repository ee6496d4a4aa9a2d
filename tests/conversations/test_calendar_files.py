"""Each confirmed place brings a file for one's calendar; later the same message holds the update."""

from datetime import timedelta

from bot.domain.enums import RoleKey
from bot.services import patrol
from bot.services.activities import making, plans, rescheduling
from bot.services.activities.making import Made
from storage.models import Activity, Person
from tests.calendar_files import file_in
from tests.conversations.joining import CAFE, CAFE_ON, MARKET, MARKET_ON, begin_visit, full_of_hosts, open_first
from tests.conversations.meetings import fill, occurrence, told, wall
from tests.town import Town
from tests.town_people import Someone


async def a_host(town: Town) -> Someone:
    """Return Ann, who signed up as the host of the Repair Café."""
    (ann,) = await told(town, "Ann")
    await open_first(ann)
    await ann.taps("Ik help als gastvrouw of gastheer")
    return ann


async def test_a_place_brings_a_file_for_the_calendar(town: Town) -> None:
    ann = await a_host(town)
    assert "Je bent aangemeld" in ann.sees
    (message,) = ann.calendar_files
    assert message.text == (
        "📆 Repair Café Stedenwijk\nzaterdag 5 december, 13:00–16:00\nTik op het bestand. Dan staat het in je agenda."
    )
    stored = town.world.files.get(message.file_ids[0])
    assert (stored.name, stored.mime_type) == ("repair-cafe-stedenwijk-2026-12-05.ics", "text/calendar")
    assert message.silent
    file = file_in(town, message)
    entry = file.only
    assert (file.method, file.zones) == ("PUBLISH", ["Europe/Amsterdam"])
    assert (entry.title, entry.wall, entry.status) == (
        "Repair Café Stedenwijk (gastvrouw of gastheer)",
        "2026-12-05 13:00",
        "CONFIRMED",
    )
    assert (f"{entry.ends:%H:%M}", entry.zone, entry.sequence) == ("16:00", "Europe/Amsterdam", 0)
    assert entry.place == "Buurtcentrum Stedenwijk"
    assert str(entry.raw["organizer"]) == "mailto:privacy@example.org"
    assert "https://t.me/" in entry.notes
    assert "Ann" not in town.world.files.get(message.file_ids[0]).data.decode()


async def test_a_visitor_with_a_time_gets_that_time(town: Town) -> None:
    fatima = town.resident("Fatima")
    await begin_visit(fatima)
    await fatima.says("geen")
    await fatima.says("hij rookt")
    await fatima.taps("13:30–14:00")
    await fatima.says("ja")
    entry = file_in(town, fatima.calendar_files[0]).only
    assert (entry.title, entry.wall, f"{entry.ends:%H:%M}") == ("Repair Café Stedenwijk", "2026-12-05 13:30", "14:00")
    assert "rookt" not in town.world.files.get(fatima.calendar_files[0].file_ids[0]).data.decode()


async def test_a_visitors_time_moves_along_and_falls_off_at_an_earlier_end(town: Town) -> None:
    fatima = town.resident("Fatima")
    await begin_visit(fatima)
    for said in ("geen", "hij rookt"):
        await fatima.says(said)
    await fatima.taps("15:30–16:00")
    await fatima.says("ja")
    meeting = await occurrence(town, CAFE, CAFE_ON)
    for starts, ends, own in (("14:00", "17:00", ("16:30", "17:00")), ("14:00", "16:00", ("14:00", "16:00"))):
        async with town.writing() as work:
            await rescheduling.move(work, meeting.id, wall(f"{CAFE_ON}T{starts}"), wall(f"{CAFE_ON}T{ends}"))
        await town.settle()
        entry = file_in(town, fatima.calendar_files[0]).only
        assert (f"{entry.starts:%H:%M}", f"{entry.ends:%H:%M}") == own
    moves = [message.text for message in fatima.messages if "Er is een nieuwe tijd." in message.text]
    assert ["Jouw tijd: 16:30." in text for text in moves] == [True, False]
    assert ["Je loopt binnen." in text for text in moves] == [False, True]


async def test_a_moved_meeting_updates_the_same_entry_in_the_same_message(town: Town) -> None:
    ann = await a_host(town)
    before = file_in(town, ann.calendar_files[0]).only
    meeting = await occurrence(town, CAFE, CAFE_ON)
    town.sleep(minutes=1)
    async with town.writing() as work:
        await rescheduling.move(work, meeting.id, wall("2026-12-05T14:00"), wall("2026-12-05T17:00"))
    await town.settle()
    (message,) = ann.calendar_files
    entry = file_in(town, message).only
    assert (entry.uid, entry.wall) == (before.uid, "2026-12-05 14:00")
    assert entry.sequence > before.sequence
    assert entry.raw["dtstamp"].dt > before.raw["dtstamp"].dt
    assert ann.message.reply_to is message


async def test_a_meeting_that_is_called_off_leaves_the_calendar(town: Town) -> None:
    ann = await a_host(town)
    before = file_in(town, ann.calendar_files[0]).only
    meeting = await occurrence(town, CAFE, CAFE_ON)
    async with town.writing() as work:
        await rescheduling.call_off(work, meeting.id, "Het dak lekt")
    await town.settle()
    (message,) = ann.calendar_files
    file = file_in(town, message)
    assert (file.method, file.only.status, file.only.uid) == ("CANCEL", "CANCELLED", before.uid)
    assert file.only.sequence > before.sequence
    assert "Dan gaat het eruit." in message.text
    assert ann.message.reply_to is message


async def test_giving_the_place_back_and_taking_it_again_follow_each_other(town: Town) -> None:
    ann = await a_host(town)
    seen = [file_in(town, ann.calendar_files[0])]
    await ann.taps("Ik kan niet")
    seen.append(file_in(town, ann.calendar_files[0]))
    await ann.taps("Toch wel")
    seen.append(file_in(town, ann.calendar_files[0]))
    assert [file.method for file in seen] == ["PUBLISH", "CANCEL", "PUBLISH"]
    sequences = [file.only.sequence for file in seen]
    assert sequences == sorted(set(sequences))
    assert len({file.only.uid for file in seen}) == len(ann.calendar_files) == 1


async def test_who_waits_gets_the_file_with_the_place(town: Town) -> None:
    _meeting, ann, _bob, fatima = await full_of_hosts(town)
    assert fatima.calendar_files == []
    await ann.says("/agenda")
    await ann.taps("Repair Café")
    await ann.taps("Ik kan niet")
    assert fatima.calendar_files == []
    await fatima.taps("Ja, ik kom")
    assert file_in(town, fatima.calendar_files[0]).only.status == "CONFIRMED"
    await fatima.taps("Ik kan niet")
    assert file_in(town, fatima.calendar_files[0]).method == "CANCEL"


async def test_who_never_had_a_place_never_gets_a_file(town: Town) -> None:
    meeting, _ann, _bob, fatima = await full_of_hosts(town)
    await fatima.taps("Ik kan niet")
    async with town.writing() as work:
        await rescheduling.call_off(work, meeting.id, None)
    await town.settle()
    assert fatima.calendar_files == []


async def test_a_stand_in_gets_a_file_and_the_other_file_takes_the_entry_out(town: Town) -> None:
    ann, bob = await told(town, "Ann", "Bob")
    meeting = await occurrence(town, CAFE, CAFE_ON)
    await fill(town, meeting, RoleKey.HOST, [ann])
    await town.settle()
    town.sleep(meeting.starts_at - timedelta(hours=10))
    await town.settle()
    await ann.says("/agenda")
    await ann.taps("Repair Café")
    await ann.taps("Ik kan niet")
    assert file_in(town, ann.calendar_files[0]).only.status == "TENTATIVE"
    await open_first(bob)
    await bob.taps("Ik neem het over")
    assert file_in(town, ann.calendar_files[0]).method == "CANCEL"
    assert file_in(town, bob.calendar_files[0]).only.status == "CONFIRMED"


async def test_another_title_updates_the_entry(town: Town) -> None:
    ann = await a_host(town)
    meeting = await occurrence(town, CAFE, CAFE_ON)
    async with town.writing() as work:
        activity = await work.session.get_one(Activity, meeting.activity_id)
        plan = (await plans.plan_of(work, activity, copy=False)).model_copy(update={"title": "Reparatiemiddag"})
        wilma = await work.session.get_one(Person, town.worker("Wilma").id)
        assert (await making.change(work, wilma, plan)).outcome is Made.DONE
    await town.settle()
    (message,) = ann.calendar_files
    entry = file_in(town, message).only
    assert (entry.title, entry.sequence) == ("Reparatiemiddag (gastvrouw of gastheer)", 1)


async def test_a_stall_tells_the_calendar_no_address(town: Town) -> None:
    (ann,) = await told(town, "Ann")
    market = await occurrence(town, MARKET, MARKET_ON)
    await open_first(ann, 2)
    await ann.taps("Ik wil verkopen")
    await ann.says("filmstraat 12a, 1325ab")
    await ann.says("sla over")
    await ann.says("boeken")
    await ann.says("ja")
    entry = file_in(town, ann.calendar_files[0]).only
    assert (entry.starts, entry.place) == (market.starts_at, "Filmwijk")
    assert "ilmstraat 12a" not in town.world.files.get(ann.calendar_files[0].file_ids[0]).data.decode()


async def test_a_shift_is_private_and_without_names_and_goes_with_the_vog(town: Town) -> None:
    john = town.person("John")
    shift = await occurrence(town, "ronde-filmwijk", "2026-12-03")
    await fill(town, shift, RoleKey.WALKER, [john, town.person("Jan")])
    await town.settle()
    file = file_in(town, john.calendar_files[0])
    assert (file.only.title, file.only.private, file.only.wall) == ("Avondronde", True, "2026-12-03 20:00")
    assert not {"Jan", "John", "Samira"} & set(
        town.world.files.get(john.calendar_files[0].file_ids[0]).data.decode().split()
    )
    async with town.writing() as work:
        await patrol.withdraw_vog(work, shift.team_id or 0, john.id, by=town.person("Samira").id)
    await town.settle()
    assert john.calendar_files == []
    assert file_in(town, town.person("Jan").calendar_files[0]).method == "PUBLISH"
