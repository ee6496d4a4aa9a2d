"""The ways in from the page of a meeting: for its hosts, for its repairers, and for who keeps its attendance."""

from bot.domain.activities.attendance import opens_at, was_held
from bot.domain.enums import RoleKey
from bot.services.activities import attendance
from bot.services.repair_cafe import repair_day, skills
from bot.texts import attendance as attendance_texts
from bot.texts import repair as texts
from bot.texts import repair_skills as skill_texts
from handlers.activities.attendance_buttons import OpenAttendance
from handlers.activities.repair_buttons import DayList, OpenSkills
from handlers.buttons import Button
from handlers.context import Ctx
from storage.models import Occurrence, Signup


async def meeting_rows(context: Ctx, occurrence: Occurrence) -> list[tuple[str, Button]]:
    """Return what somebody can open of a Repair Café; nothing of any other meeting."""
    if not repair_day.keeps_list(occurrence) or not was_held(occurrence.starts_at, occurrence.called_off_at):
        return []
    t, work, person_id = context.t, context.work, context.person.id
    rows: list[tuple[str, Button]] = []
    if await repair_day.may_run(work, occurrence, person_id):
        rows.append((texts.open_list_key(t), DayList(occurrence.id)))
    if await skills.may_pick(work, occurrence.id, person_id):
        rows.append((skill_texts.skills_key(t), OpenSkills(occurrence.id)))
    return rows


async def attendance_rows(context: Ctx, occurrence: Occurrence) -> list[tuple[str, Button]]:
    """Return the way to who was there, for who looks after the meeting, from when on that is kept."""
    opens = opens_at(occurrence.kind, occurrence.starts_at, occurrence.ends_at)
    if context.now < opens or not was_held(occurrence.starts_at, occurrence.called_off_at):
        return []
    if not await attendance.may_see(context.work, occurrence, context.person.id):
        return []
    return [(attendance_texts.open_key(context.t), OpenAttendance(occurrence.id, 0))]


def joined_rows(context: Ctx, signup: Signup, occurrence: Occurrence) -> list[tuple[str, Button]]:
    """Return what a repairer can tell right after signing up."""
    if signup.role is not RoleKey.REPAIRER or not repair_day.keeps_list(occurrence):
        return []
    return [(skill_texts.skills_key(context.t), OpenSkills(occurrence.id))]
