"""Reminders as planned rows: on time by the clock on the wall, skipped, dropped, moved, kept to what people want."""

import pytest
from sqlalchemy import select

from bot.domain.enums import ActivityKind, ReminderChoice, RoleKey
from bot.domain.notices.activities import SignupReminder
from bot.services.activities import meetings, recurrence, reminders, rescheduling, signups
from storage.engine import Database
from storage.models import Activity, Organisation, Outbox
from storage.queries import town
from storage.work import Work
from tests.services.meetings import NOW, deliver, make_town, meeting, messages, person, team, wall

HOST, VISITOR = RoleKey.HOST, RoleKey.VISITOR
ROLES = {HOST: (1, 4), VISITOR: (0, None)}


async def planned(work: Work, person_id: int) -> list[tuple[str, str]]:
    """Return the key's lead and the local wall time of each waiting reminder."""
    zone = await town.zone(work.session)
    return [
        (row.key.split(":", 2)[2], f"{row.due_at.astimezone(zone):%Y-%m-%d %H:%M}")
        for row in await messages(work, "signup_reminder", person_id)
    ]


async def join(work: Work, occurrence_id: int, person_id: int, role: RoleKey = HOST) -> signups.JoinResult:
    return await signups.join(work, occurrence_id, await person(work, person_id), role)


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        # Both nights on which the clock changes lie between the reminder and the meeting.
        ("2027-03-28T10:00", [("7d", "2027-03-21 10:00"), ("1d", "2027-03-27 10:00")]),
        ("2027-10-31T10:00", [("7d", "2027-10-24 10:00"), ("1d", "2027-10-30 10:00")]),
        ("2026-12-05T13:00", [("7d", "2026-11-28 13:00"), ("1d", "2026-12-04 13:00")]),
    ],
)
async def test_reminders_keep_to_the_clock_on_the_wall(
    database: Database, starts: str, expected: list[tuple[str, str]]
) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(work, starts, ROLES)
        await join(work, occurrence.id, 1)
        assert await planned(work, 1) == expected


async def test_the_autumn_night_of_2026(database: Database) -> None:
    async with database.write(wall("2026-10-01T12:00")) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-10-25T10:00", ROLES)
        await join(work, occurrence.id, 1)
        assert await planned(work, 1) == [("7d", "2026-10-18 10:00"), ("1d", "2026-10-24 10:00")]


async def test_a_series_stays_at_ten_through_both_clock_changes_and_so_do_its_reminders(database: Database) -> None:
    async with database.write(wall("2027-03-01T12:00")) as work:
        await make_town(work)
        first = await meeting(work, "2027-03-07T10:00", ROLES)
        activity = await work.session.get(Activity, first.activity_id)
        assert activity is not None
        activity.repeats = "FREQ=WEEKLY;BYDAY=SU"
        await recurrence.extend_series(work)
        page = await meetings.upcoming(work, area_code=None)
        starts = [f"{meeting.occurrence.starts_at:%d %H:%M}" for meeting in page.meetings]
        assert starts == ["07 09:00", "14 09:00", "21 09:00", "28 08:00", "04 08:00", "11 08:00"]
        for shown in page.meetings[2:5]:
            await join(work, shown.occurrence.id, 1)
        assert [time for lead, time in await planned(work, 1) if lead == "1d"] == [
            "2027-03-20 10:00",
            "2027-03-27 10:00",
            "2027-04-03 10:00",
        ]


async def test_signed_up_after_a_reminder_s_time_it_is_skipped(database: Database) -> None:
    async with database.write(wall("2026-12-03T13:00")) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-12-05T13:00", ROLES)
        await join(work, occurrence.id, 1)
        await join(work, occurrence.id, 2, VISITOR)
        assert await planned(work, 1) == [("1d", "2026-12-04 13:00")]
        assert await planned(work, 2) == [("1d", "2026-12-04 13:00")]
    async with database.write(wall("2026-12-04T13:00")) as work:
        await join(work, occurrence.id, 3)
        assert await planned(work, 3) == []


async def test_a_patrol_is_asked_the_evening_before_and_three_hours_before(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        squad = await team(work, {11: True, 12: True})
        late = await meeting(work, "2026-12-01T20:00", {RoleKey.WALKER: (2, 4)}, kind=ActivityKind.PATROL, team=squad)
        early = await meeting(work, "2026-12-03T09:00", {RoleKey.WALKER: (2, 4)}, kind=ActivityKind.PATROL, team=squad)
        await join(work, late.id, 11, RoleKey.WALKER)
        await join(work, early.id, 12, RoleKey.WALKER)
        assert await planned(work, 11) == [("1d@19:00", "2026-11-30 19:00"), ("3h", "2026-12-01 17:00")]
        assert await planned(work, 12) == [("1d@19:00", "2026-12-02 19:00"), ("3h", "2026-12-02 20:00")]


async def test_quiet_hours_move_a_reminder_to_the_morning_or_the_evening_before(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        organisation = await work.session.get(Organisation, 1)
        assert organisation is not None
        organisation.reminders = {"repaircafe": {"default": ["3h"]}}
        ten = await meeting(work, "2026-12-05T10:00", ROLES, title="Tien")
        half_past_eight = await meeting(work, "2026-12-05T08:30", ROLES, title="Vroeg")
        await join(work, ten.id, 1)
        await join(work, half_past_eight.id, 2)
        assert await planned(work, 1) == [("3h", "2026-12-05 08:00")]
        assert await planned(work, 2) == [("3h", "2026-12-04 20:00")]


async def test_leaving_drops_them_and_coming_back_plans_them_again(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-12-05T13:00", ROLES)
        joined = await join(work, occurrence.id, 1)
        assert joined.signup is not None
        before = await planned(work, 1)
        await signups.leave(work, joined.signup.id, 1, version=joined.signup.version)
        assert await planned(work, 1) == []
        await join(work, occurrence.id, 1)
        assert await planned(work, 1) == before


async def test_they_are_kept_through_a_restart(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-12-05T13:00", ROLES)
        await join(work, occurrence.id, 1)
        before = await planned(work, 1)
    again = Database(database.url.render_as_string(hide_password=False))
    async with again.write(wall("2026-11-24T09:00")) as work:
        assert await planned(work, 1) == before
    await again.close()


async def test_moving_a_meeting_moves_what_is_still_to_come(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-12-05T13:00", ROLES)
        await join(work, occurrence.id, 1)
    async with database.write(wall("2026-11-28T14:00")) as work:
        await deliver(work)
        await rescheduling.move(work, occurrence.id, wall("2026-12-12T10:00"), wall("2026-12-12T12:00"))
        assert await planned(work, 1) == [("7d", "2026-12-05 10:00"), ("1d", "2026-12-11 10:00")]
        await rescheduling.call_off(work, occurrence.id, None)
        assert await planned(work, 1) == []


async def test_the_choice_counts_when_a_reminder_is_drawn(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-12-05T13:00", ROLES)
        joined = await join(work, occurrence.id, 1)
        assert joined.signup is not None
        signup = joined.signup
    for choice, wanted in [
        (ReminderChoice.ALL, {"7d": True, "1d": True}),
        (ReminderChoice.LAST, {"7d": False, "1d": True}),
        (ReminderChoice.NONE, {"7d": False, "1d": False}),
    ]:
        async with database.read(wall("2026-12-04T13:00")) as work:
            found = {lead: await reminders.still_wanted(work, signup, occurrence, lead, choice) for lead in wanted}
            assert found == wanted
    async with database.read(wall("2026-12-04T12:00")) as work:
        assert not await reminders.still_wanted(work, signup, occurrence, "1d", ReminderChoice.ALL)


async def test_a_changed_choice_plans_nothing_twice_and_leaves_what_is_due(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-12-05T13:00", ROLES)
        await join(work, occurrence.id, 1)
    async with database.write(wall("2026-11-28T13:00")) as work:
        who = await person(work, 1)
        who.reminders = ReminderChoice.LAST
        await reminders.replan_person(work, who)
        assert await planned(work, 1) == [("7d", "2026-11-28 13:00"), ("1d", "2026-12-04 13:00")]


async def test_each_reminder_holds_until_the_next_or_the_start(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-12-05T13:00", ROLES)
        await join(work, occurrence.id, 1)
        await work.flush()
        rows = await work.session.scalars(
            select(Outbox).where(Outbox.kind == SignupReminder.kind).order_by(Outbox.due_at)
        )
        assert [row.valid_until for row in rows] == [wall("2026-12-04T13:00"), wall("2026-12-05T13:00")]


async def test_without_a_table_in_the_set_up_the_defaults_of_the_field_count(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        organisation = await work.session.get(Organisation, 1)
        assert organisation is not None
        organisation.reminders = {"rommelroute": ["1d"]}
        market = await meeting(
            work, "2026-12-12T10:00", {RoleKey.STALL: (0, 9)}, kind=ActivityKind.ROMMELROUTE, title="Rommelroute"
        )
        cafe = await meeting(work, "2026-12-05T13:00", ROLES)
        await join(work, market.id, 1, RoleKey.STALL)
        await join(work, cafe.id, 2)
        await reminders.replan_all(work)
        assert await planned(work, 1) == [("1d", "2026-12-11 10:00")]
        assert await planned(work, 2) == [("7d", "2026-11-28 13:00"), ("1d", "2026-12-04 13:00")]
