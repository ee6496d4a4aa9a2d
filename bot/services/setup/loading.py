"""Writing a checked set-up file to the database, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.areas import Area
from bot.domain.enums import RoleName
from bot.domain.time import local_date
from bot.services.activities import making, recurrence, reminders
from bot.services.desk import eyes, roles
from bot.services.setup.checks import Gazetteer, check, rules_of
from bot.services.setup.reading import Lines
from bot.services.setup.schema import ActivityEntry, DeskEntry, TeamEntry, TownFile
from bot.services.town import areas as area_service
from storage import models
from storage.queries import setup as queries
from storage.queries import staff
from storage.work import Work

#: Who lost a role, a desk or a team is remembered so long: no file of before gives it back.
LOST_KEPT = timedelta(days=730)


async def load(work: Work, town: TownFile, lines: Lines, areas: Sequence[Area]) -> Sequence[str]:
    """Make the database say what *town* says; SetupError, with nothing written, when the file contradicts itself.

    Return the keys of activities that stay as they are, because they were changed or ended in the chat.

    Repeatable: rows are found by key. Sign-ups, reports and people's choices stay; a role or a VOG that was taken
    away in the chat stays away; a group that became a supergroup keeps its new id.
    """
    gazetteer = Gazetteer({area.name: area.code for area in areas}, {area.code: area.region for area in areas})
    check(town, lines, gazetteer)
    await area_service.write(work, areas)
    before = await staff.standing(work.session)
    await _people(work, town)
    other_leads, other_zone = await _organisation(work, town)
    desks = await _desks(work, town)
    await _rules(work, town, gazetteer, desks)
    teams = {team.key: await _team(work, town, team, gazetteer) for team in town.teams}
    by_hand = [
        entry.key for entry in town.activities if await _activity(work, entry, teams, gazetteer, anew=other_zone)
    ]
    await _partners(work, town)
    await queries.forget_lost(work.session, _named(town), before=work.now - LOST_KEPT)
    await work.session.flush()
    await recurrence.extend_series(work)
    await roles.settle(work, before)
    await eyes.look_again(work)
    if other_leads:
        await reminders.replan_all(work)
    return by_hand


async def _people(work: Work, town: TownFile) -> None:
    for person in town.people:
        await queries.write_person(work.session, person.telegram, person.name, now=work.now, rename=True)
        await queries.write_roles(work.session, person.telegram, person.roles, now=work.now)
    staff = {person.telegram for person in town.people}
    for team in town.teams:
        for member in team.members:
            if member.telegram not in staff:
                await queries.write_person(work.session, member.telegram, member.name, now=work.now, rename=False)


def _named(town: TownFile) -> set[int]:
    """Return everybody whom the file names."""
    members = {member.telegram for team in town.teams for member in team.members}
    return members | {person.telegram for person in town.people}


async def _organisation(work: Work, town: TownFile) -> tuple[bool, bool]:
    """Write the organisation; return whether its reminders changed, and whether its time zone did."""
    row = await work.session.get(models.Organisation, 1)
    zone_before = row.timezone if row is not None else town.timezone
    if row is None:
        row = models.Organisation(id=1)
        work.session.add(row)
    row.name, row.timezone = town.organisation, town.timezone
    row.languages = [language.value for language in town.languages]
    row.promises = {str(theme): days for theme, days in town.promises.items()}
    before = row.reminders
    row.reminders = {
        kind.value: plan if isinstance(plan, list) else {str(role): leads for role, leads in plan.items()}
        for kind, plan in town.reminders.items()
    }
    row.safety, row.privacy = town.safety.model_dump(mode="json"), town.privacy.model_dump(mode="json")
    await work.session.flush()
    return row.reminders != before, row.timezone != zone_before


async def _desks(work: Work, town: TownFile) -> dict[str, int]:
    ids: dict[str, int] = {}
    for entry in town.desks:
        chat_id = await queries.chat_now(work.session, entry.chat)
        desk, _ = await queries.upsert(
            work.session,
            models.Desk,
            entry.key,
            {
                "name": entry.name,
                "chat_id": chat_id,
                "thread_id": await queries.topic_now(work.session, chat_id, entry.thread),
                "contact_id": await _contact(work, entry),
                "hours": entry.hours,
                "active": True,
            },
        )
        ids[entry.key] = desk.id
        await queries.write_desk_workers(work.session, desk.id, entry.workers)
    return ids


async def _rules(work: Work, town: TownFile, gazetteer: Gazetteer, desks: Mapping[str, int]) -> None:
    rules = [
        {
            "kinds": sorted(rule.kinds),
            "themes": sorted(rule.themes),
            "areas": sorted(rule.areas),
            "regions": sorted(rule.regions),
            "desk_id": desks[rule.desk],
        }
        for rule in rules_of(town, gazetteer)
    ]
    await queries.write_rules(work.session, rules)


async def _partners(work: Work, town: TownFile) -> None:
    for partner in town.partners:
        values = {"name": partner.name, "kind": partner.kind, "email": partner.email, "active": True}
        await queries.upsert(work.session, models.Partner, partner.key, values)
    await queries.retire_partners(work.session, [partner.key for partner in town.partners])


async def _contact(work: Work, entry: DeskEntry) -> int:
    """Return the contact of a desk; when that role was taken away in the chat, who became it then, or a beheerder."""
    if RoleName.WORKER in await staff.roles(work.session, entry.contact):
        return entry.contact
    desk = await queries.by_key(work.session, models.Desk, entry.key)
    if desk is not None and desk.contact_id != entry.contact:
        return desk.contact_id
    admins = await staff.with_role(work.session, RoleName.ADMIN)
    return admins[0].id if admins else entry.contact


async def _team(work: Work, town: TownFile, entry: TeamEntry, gazetteer: Gazetteer) -> models.Team:
    chat = await queries.chat_now(work.session, entry.chat) if entry.chat is not None else None
    team, _ = await queries.upsert(
        work.session,
        models.Team,
        entry.key,
        {
            "name": entry.name,
            "area_code": gazetteer.code(entry.area),
            "chat_id": chat,
            "worker_id": entry.worker,
            "coordinator_id": entry.coordinator,
            "active": True,
        },
    )
    today = local_date(work.now, ZoneInfo(town.timezone))
    for member in entry.members:
        vog_on = today if member.vog else None
        await queries.add_member(work.session, team.id, member.telegram, vog_on=vog_on, now=work.now)
    return team


async def _activity(
    work: Work, entry: ActivityEntry, teams: dict[str, models.Team], gazetteer: Gazetteer, *, anew: bool
) -> bool:
    """Write an activity; its future dates that nobody counts on follow when it, or (*anew*) the time zone, changed.

    What was changed in the chat stays as it is there. Return whether it did.
    """
    known = await queries.by_key(work.session, models.Activity, entry.key)
    if known is not None and known.changed_by_hand:
        if anew:
            await making.follow(work, known, renamed=False)
        return True
    title = None if known is None else known.title
    team = teams[entry.team] if entry.team else None
    activity, changed = await queries.upsert(
        work.session,
        models.Activity,
        entry.key,
        {
            "kind": entry.kind,
            "title": entry.title,
            "area_code": gazetteer.code(entry.area) if entry.area else team.area_code if team else None,
            "place": entry.place,
            "team_id": team.id if team else None,
            "coordinator_id": entry.coordinator or (team.coordinator_id if team else None),
            "starts": entry.starts,
            "ends": entry.ends,
            "deadline": entry.deadline,
            "repeats": entry.repeats,
        },
    )
    await _activity_roles(work, entry, activity)
    if known is not None and (changed or anew):
        await work.session.flush()
        await making.follow(work, activity, renamed=title != activity.title)
    return False


async def _activity_roles(work: Work, entry: ActivityEntry, activity: models.Activity) -> None:
    roles = {
        role: {
            "minimum": values.min,
            "maximum": values.max,
            "slot_minutes": values.slot_minutes,
            "plus_one": values.plus_one,
        }
        for role, values in entry.roles.items()
    }
    await queries.write_activity_roles(work.session, activity.id, roles)
