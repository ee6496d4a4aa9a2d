"""Everybody is home: a round that nobody closed is asked about with sound, one that nobody opened once."""

from datetime import timedelta

import pytest

from bot.domain.enums import ActivityKind, Attendance, RoleKey
from bot.services.activities import rescheduling
from storage.models import Activity, ActivityRole, Occurrence
from storage.queries import signups as signup_queries
from tests.conversations.meetings import ZONE, fill, jump, wait_until, wall
from tests.conversations.walking import ROUND_ON, clear, round_of, walkers, walking
from tests.town import Town
from tests.town_people import Someone

ARE_YOU_HOME = (
    "🔔 Zijn jullie thuis?\nDe ronde was klaar om 21:00. Niemand heeft hem afgesloten.\n"
    "Kies een knop. Anders krijgt je coördinator over een kwartier bericht."
)
NOT_CLOSED = (
    "🔔 Een ronde is niet afgesloten.\nAvondronde, dinsdag 1 december, 20:00–21:00\nLopers: John, Mia\n"
    "Zij antwoorden niet. Bel hen nu. Gevaar: 112."
)


def told(someone: Someone, words: str) -> int:
    """Return how many messages hold *words*."""
    return sum(words in message.text for message in someone.messages)


async def test_walkers_are_asked_after_30_minutes_and_the_coordinator_hears_after_45(town: Town) -> None:
    _shift, (john, mia) = await walking(town, "John", "Mia")
    jan = town.person("Jan")
    await wait_until(town, f"{ROUND_ON}T21:29")
    assert not john.was_told("Zijn jullie thuis?")
    await town.advance(minutes=1)
    for someone in (john, mia):
        assert someone.sees == ARE_YOU_HOME
        assert not someone.message.silent
        assert someone.buttons == [
            "🏠 Wij zijn thuis, geen bijzonderheden",
            "🏠 Wij zijn thuis, bijzonderheden",
            "⚠️ Incident",
        ]
    await town.advance(minutes=14)
    assert not jan.was_told("niet afgesloten")
    await town.advance(minutes=1)
    assert jan.sees == NOT_CLOSED
    assert not jan.message.silent
    assert not town.person("Samira").was_told("niet afgesloten")
    await mia.taps("Wij zijn thuis, geen bijzonderheden")
    assert mia.sees.startswith("🏁 De ronde is klaar: geen bijzonderheden.")
    assert jan.sees == (
        "🏁 Avondronde, dinsdag 1 december, 20:00–21:00\nDe ronde is toch afgesloten, om 21:45: geen bijzonderheden."
    )
    await john.taps("Wij zijn thuis, bijzonderheden")
    assert john.sees == "De ronde was al afgesloten: geen bijzonderheden."
    await town.advance(hours=3)
    assert told(john, "Zijn jullie thuis?") == 1


async def test_instead_of_a_coordinator_out_of_reach_the_worker_hears(town: Town) -> None:
    _shift, (john, _mia) = await walking(town, "John", "Mia")
    await town.person("Jan").blocks()
    await wait_until(town, f"{ROUND_ON}T21:45")
    assert town.person("Samira").sees == NOT_CLOSED
    await john.taps("Wij zijn thuis, geen")
    assert town.person("Samira").sees.startswith("🏁 Avondronde")


async def test_of_a_coordinator_who_walks_along_the_worker_hears_as_well(town: Town) -> None:
    await walking(town, "Jan", "John")
    await wait_until(town, f"{ROUND_ON}T21:45")
    for name in ("Jan", "Samira"):
        assert town.person(name).sees == NOT_CLOSED.replace("John, Mia", "Jan, John")


async def test_closed_in_between_the_coordinator_hears_nothing(town: Town) -> None:
    _shift, (john, _mia) = await walking(town, "John", "Mia")
    await wait_until(town, f"{ROUND_ON}T21:40")
    await john.taps("Wij zijn thuis, geen")
    await town.advance(hours=3)
    assert not town.person("Jan").was_told("niet afgesloten")


async def test_a_round_that_nobody_opened_is_asked_about_once(town: Town) -> None:
    shift, (jan, john) = await walkers(town, "Jan", "John")
    await wait_until(town, f"{ROUND_ON}T20:29")
    assert not jan.was_told("nog niet open")
    await town.advance(minutes=1)
    for someone in (jan, john):
        assert someone.sees == (
            "🔔 De ronde van 20:00 is nog niet open. Lopen jullie? Tik op Ik ben er.\n"
            "Loop nooit alleen. Buurtbode let niet op jullie. Gevaar: 112."
        )
    await john.taps("Ik loop niet")
    assert john.sees == "Goed. Ga niet alleen op pad."
    await jan.taps("Ik ben er")
    assert "Je bent er. Er is niemand anders aangemeld. Ga niet alleen op pad." in jan.sees
    await town.advance(hours=4)
    for someone in (jan, john):
        assert told(someone, "nog niet open") == 1
        assert not someone.was_told("Zijn jullie thuis?")
        assert not someone.was_told("niet afgesloten")
    assert await round_of(town, shift) is None


async def test_a_round_opened_late_is_watched_like_any_other(town: Town) -> None:
    _shift, (jan, john) = await walkers(town, "Jan", "John")
    await wait_until(town, f"{ROUND_ON}T20:40")
    for someone in (jan, john):
        await someone.taps("Ik ben er")
    assert jan.was_told("De ronde is open. Samen lopen: Jan, John.")
    await wait_until(town, f"{ROUND_ON}T21:30")
    assert jan.sees == ARE_YOU_HOME


async def test_a_restart_forgets_no_look(town: Town) -> None:
    _shift, (john, mia) = await walking(town, "John", "Mia")
    await town.stop()
    town.sleep(wall(f"{ROUND_ON}T23:00"))
    await town.restart()
    await town.person("Wilma").says("/agenda")
    await town.advance(minutes=1)
    assert john.sees == mia.sees == ARE_YOU_HOME
    assert not town.person("Jan").was_told("niet afgesloten")
    await town.advance(minutes=15)
    assert town.person("Jan").sees == NOT_CLOSED


async def test_a_moved_round_is_opened_at_its_new_time_only(town: Town) -> None:
    shift, (jan, john) = await walkers(town, "Jan", "John")
    await wait_until(town, f"{ROUND_ON}T19:50")
    for someone in (jan, john):
        await someone.taps("Ik ben er")
    old, [home] = jan.message, [row for row in jan.message.buttons if "Wij zijn thuis" in row[0]["text"]]
    async with town.writing() as work:
        await rescheduling.move(work, shift.id, wall("2026-12-02T22:30"), wall("2026-12-02T23:30"))
    await town.settle()
    await town.advance(hours=3)
    assert not jan.was_told("Zijn jullie thuis?")
    assert not old.labels
    await jan.forges(home[0]["callback_data"], on=old)
    assert jan.was_told("De ronde is op een andere tijd: woensdag 2 december, 22:30–23:30.")
    async with town.writing() as work:
        for row in await signup_queries.of_occurrence(work.session, shift.id):
            row.attendance = Attendance.COMING
    await wait_until(town, "2026-12-02T22:15")
    assert "woensdag 2 december, 22:30–23:30" in jan.sees
    assert "Ben je er? Tik op de knop." in jan.sees
    for someone in (jan, john):
        await someone.taps("Ik ben er")
    assert "De ronde is open." in jan.sees
    await wait_until(town, "2026-12-03T00:00")
    assert jan.sees.startswith("🔔 Zijn jullie thuis?\nDe ronde was klaar om 23:30.")


async def test_of_a_round_that_was_called_off_nothing_is_asked(town: Town) -> None:
    shift, (jan, john) = await walkers(town, "Jan", "John")
    await jump(town, f"{ROUND_ON}T18:00")
    async with town.writing() as work:
        await rescheduling.call_off(work, shift.id, None)
    await town.advance(hours=6)
    for someone in (jan, john):
        assert not someone.was_told("Ben je er?")
        assert not someone.was_told("nog niet open")


async def test_who_walks_a_round_that_is_called_off_is_still_asked_to_come_home(town: Town) -> None:
    shift, (jan, _john) = await walking(town, "Jan", "John")
    async with town.writing() as work:
        await rescheduling.call_off(work, shift.id, None)
    await wait_until(town, f"{ROUND_ON}T21:30")
    assert jan.sees == ARE_YOU_HOME


@pytest.mark.parametrize(
    ("night", "starts", "ends", "minutes", "asked"),
    [
        ("2027-03-28", "2027-03-28T01:30", "2027-03-28T03:30", 60, "2027-03-28T04:00"),
        ("2027-10-31", "2027-10-31T01:30", "2027-10-31T03:30", 180, "2027-10-31T04:00"),
    ],
)
async def test_the_nights_on_which_the_clock_changes(
    town: Town, night: str, starts: str, ends: str, minutes: int, asked: str
) -> None:
    del night
    shift, _people = await walkers(town, "Jan", "John")
    jan, john = town.person("Jan"), town.person("John")
    await jump(town, starts.replace("T01:30", "T00:40"))
    made = await night_round(town, shift, starts, ends, [jan, john])
    assert made.ends_at - made.starts_at == timedelta(minutes=minutes)
    await wait_until(town, starts.replace("T01:30", "T01:15"))
    assert "01:30–03:30" in jan.sees
    for someone in (jan, john):
        await someone.taps("Ik ben er")
    await town.advance(made.ends_at + timedelta(minutes=29))
    assert not jan.was_told("Zijn jullie thuis?")
    await town.advance(minutes=1)
    assert town.now.astimezone(ZONE).isoformat(timespec="minutes").startswith(asked)
    assert "De ronde was klaar om 03:30." in jan.sees
    await town.advance(minutes=15)
    assert jan.was_told("🔔 Een ronde is niet afgesloten.")


async def night_round(town: Town, like: Occurrence, starts: str, ends: str, people: list[Someone]) -> Occurrence:
    """Return a round of the same team between two local wall times, with its walkers."""
    async with town.writing() as work:
        activity = Activity(
            key="nachtronde",
            kind=ActivityKind.PATROL,
            title="Nachtronde",
            area_code=like.area_code,
            team_id=like.team_id,
            starts=starts,
            ends=ends,
            active=False,
        )
        work.session.add(activity)
        await work.session.flush()
        work.session.add(ActivityRole(activity_id=activity.id, role=RoleKey.WALKER, minimum=2, maximum=4))
        made = Occurrence(
            activity_id=activity.id,
            nominal_on=wall(starts).date(),
            kind=ActivityKind.PATROL,
            area_code=like.area_code,
            team_id=like.team_id,
            starts_at=wall(starts),
            ends_at=wall(ends),
        )
        work.session.add(made)
    await clear(town, made, people)
    await fill(town, made, RoleKey.WALKER, people)
    async with town.writing() as work:
        for row in await signup_queries.of_occurrence(work.session, made.id):
            row.attendance = Attendance.COMING
    return made
