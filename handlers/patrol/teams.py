"""The teams of buurtpreventie, the page of one, joining it and leaving it."""

from telegram import Update

from bot.domain.enums import RoleName
from bot.services import patrol
from bot.services.patrol import Asked, Gone, Seen, Standing
from bot.texts import activities as activity_texts
from bot.texts import patrol as patrol_texts
from bot.texts import teams as texts
from bot.texts import walking as walking_texts
from handlers.activities.buttons import ListPage, Shifts, Teams
from handlers.buttons import Button
from handlers.context import Ctx, keys
from handlers.patrol import asking
from handlers.patrol.buttons import AskWalk, JoinTeam, LeaveTeam, Members, OpenTeam, Roster, WriteNews
from storage.models import Area, Person, Team
from storage.queries import patrol as queries
from storage.queries import staff, town

PAGE = 8
_HEADS = {
    Standing.STRANGER: texts.how_to_join,
    Standing.ASKED: texts.is_asked,
    Standing.REFUSED: texts.is_refused,
    Standing.MEMBER: texts.no_vog_yet,
    Standing.CLEARED: texts.is_cleared,
}


async def open_teams(_update: Update, context: Ctx) -> None:
    """Show the teams."""
    await _show_teams(context, 0)


async def on_teams(_update: Update, context: Ctx, pressed: Teams) -> None:
    """Show a page of the teams: one's own first, then those of one's own wijk."""
    await _show_teams(context, pressed.page)


async def _show_teams(context: Ctx, page: int) -> None:
    t = context.t
    mine = await queries.own_teams(context.work.session, context.person.id)
    found = list(await queries.teams(context.work.session))
    found.sort(key=lambda each: (each[0].id not in mine, each[0].area_code != context.person.area_code))
    page = page if 0 <= page * PAGE < len(found) else 0
    rows: list[tuple[str, Button]] = [
        (texts.team_label(name=team.name, area=area.name if area else None, mine=team.id in mine), OpenTeam(team.id))
        for team, area in found[page * PAGE : (page + 1) * PAGE]
    ]
    if page:
        rows.append((activity_texts.first_page_key(t), Teams()))
    if (page + 1) * PAGE < len(found):
        rows.append((activity_texts.more_key(t), Teams(page + 1)))
    rows.append((activity_texts.to_list_key(t), ListPage(context.person.area_code)))
    context.show(texts.teams_page(t) if found else texts.no_teams(t), keys(*rows))


async def on_team(_update: Update, context: Ctx, pressed: OpenTeam) -> None:
    """Show a team, each as much as they may know."""
    await show_team(context, pressed.team)


async def show_team(context: Ctx, team_id: int, above: str = "") -> None:
    """Show the page of a team under the line *above*."""
    seen = await patrol.seen(context.work, team_id, context.person)
    if seen is None:
        show_not_there(context)
        return
    t = context.t
    parts = [above, await _head(context, seen.team)]
    if not (seen.leads or seen.works) or seen.standing in (Standing.MEMBER, Standing.CLEARED):
        parts.append(_HEADS[seen.standing](t))
    parts += [texts.leads(t)] if seen.leads else []
    parts += [texts.works(t)] if seen.works else []
    context.show("\n\n".join(filter(None, parts)), keys(*_rows(context, seen)))


async def _head(context: Ctx, team: Team) -> str:
    session = context.work.session
    area = await session.get(Area, team.area_code)
    worker = await session.get(Person, team.worker_id)
    works = RoleName.WORKER in await staff.roles(session, team.worker_id)
    organisation = await town.organisation(session)
    return texts.team(
        context.t,
        name=team.name,
        area=area.name if area else None,
        worker=worker.name if worker and works else None,
        organisation=organisation.name,
    )


def _rows(context: Ctx, seen: Seen) -> list[tuple[str, Button]]:
    t, team = context.t, seen.team.id
    rows: list[tuple[str, Button]] = []
    if seen.sees_roster:
        rows += [(texts.roster_key(t), Roster(team)), (patrol_texts.shifts_key(t), Shifts())]
    if seen.standing is Standing.CLEARED:
        rows.append((walking_texts.ask_key(t), AskWalk(team)))
    if seen.sees_members:
        rows += [(texts.members_key(t), Members(team)), (texts.news_key(t), WriteNews(team))]
    if seen.standing is Standing.STRANGER and not seen.works:
        rows.append((texts.join_key(t), JoinTeam(team)))
    elif seen.standing is Standing.ASKED:
        rows.append((texts.take_back_key(t), LeaveTeam(team, sure=True)))
    elif seen.standing in (Standing.MEMBER, Standing.CLEARED) and not seen.leads:
        rows.append((texts.leave_key(t), LeaveTeam(team, sure=False)))
    return [*rows, (texts.teams_key(t), Teams())]


def show_not_there(context: Ctx) -> None:
    """Answer about a team, member or request that is not for this person: as if there were none."""
    context.show(texts.not_there(context.t), keys((texts.teams_key(context.t), Teams())))


async def on_join(_update: Update, context: Ctx, pressed: JoinTeam) -> None:
    """Ask whether somebody is 18, then for a first name where none is known, then the coordinator."""
    t = context.t
    seen = await patrol.seen(context.work, pressed.team, context.person)
    if seen is None:
        show_not_there(context)
    elif seen.standing is not Standing.STRANGER:
        await show_team(context, pressed.team)
    elif pressed.adult is None:
        yes = (texts.is_18_key(t), JoinTeam(pressed.team, adult=True))
        context.show(texts.is_18(t), keys(yes, (texts.not_18_key(t), JoinTeam(pressed.team, adult=False))))
    elif not pressed.adult or context.person.under_16:
        context.show(texts.too_young(t), keys((texts.teams_key(t), Teams())))
    else:
        await ask_to_join(context, pressed.team)


async def ask_to_join(context: Ctx, team_id: int) -> None:
    """Ask the coordinator, or first for a name."""
    t = context.t
    match await patrol.ask(context.work, team_id, context.person):
        case Asked.NO_NAME:
            await asking.begin(context, asking.NAME, asking.TeamDraft(team=team_id))
        case Asked.DONE:
            await show_team(context, team_id, texts.asked(t, name=context.person.name or ""))
        case Asked.TOO_YOUNG:
            context.show(texts.too_young(t), keys((texts.teams_key(t), Teams())))
        case _:
            await show_team(context, team_id)


async def on_leave(_update: Update, context: Ctx, pressed: LeaveTeam) -> None:
    """Ask whether somebody is sure, then let them go; a request is taken back at once."""
    t = context.t
    seen = await patrol.seen(context.work, pressed.team, context.person)
    if seen is None or seen.standing in (Standing.STRANGER, Standing.REFUSED):
        show_not_there(context)
        return
    if not pressed.sure and seen.standing is not Standing.ASKED:
        yes = (texts.leave_yes_key(t), LeaveTeam(pressed.team, sure=True))
        context.show(
            texts.leave_sure(t, team=seen.team.name), keys(yes, (texts.to_team_key(t), OpenTeam(pressed.team)))
        )
        return
    match await patrol.leave(context.work, pressed.team, context.person):
        case Gone.COORDINATOR:
            await show_team(context, pressed.team, texts.coordinator_stays(t))
        case Gone.DONE if seen.standing is Standing.ASKED:
            await show_team(context, pressed.team, texts.taken_back(t))
        case Gone.DONE:
            context.show(texts.left(t, team=seen.team.name), keys((texts.teams_key(t), Teams())))
        case Gone.NO_MEMBER:
            show_not_there(context)
