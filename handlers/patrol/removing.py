"""Taking somebody out of a team, by its coordinator or its worker."""

from telegram import Update

from bot.services import patrol
from bot.services.patrol import Removed
from bot.texts import activities as activity_texts
from bot.texts import team_members as member_texts
from bot.texts import teams as texts
from handlers.context import Ctx, keys
from handlers.patrol.buttons import Members, RemoveMember, Removing
from handlers.patrol.members import PAGE, Row, show_members
from handlers.patrol.teams import show_not_there
from storage.models import Person


async def on_removing(_update: Update, context: Ctx, pressed: Removing) -> None:
    """Show a page of who may be taken out of the team."""
    seen = await patrol.seen(context.work, pressed.team, context.person)
    if seen is None or not seen.sees_members:
        show_not_there(context)
        return
    t, me = context.t, context.person.id
    members = [person for _member, person in await patrol.of_team(context.work, pressed.team)]
    people = [person for person in members if patrol.may_remove(seen, person.id, by=me)]
    page = pressed.page if 0 <= pressed.page * PAGE < len(people) else 0
    rows: list[Row] = [
        (member_texts.remove_key(t, name=_name(context, person)), RemoveMember(pressed.team, person.id, sure=False))
        for person in people[page * PAGE : (page + 1) * PAGE]
    ]
    if page:
        rows.append((activity_texts.first_page_key(t), Removing(pressed.team)))
    if (page + 1) * PAGE < len(people):
        rows.append((activity_texts.more_key(t), Removing(pressed.team, page + 1)))
    rows.append((texts.members_key(t), Members(pressed.team)))
    context.show(member_texts.removing(t, team=seen.team.name), keys(*rows))


async def on_remove(_update: Update, context: Ctx, pressed: RemoveMember) -> None:
    """Ask whether somebody is sure, then take the member out."""
    seen = await patrol.seen(context.work, pressed.team, context.person)
    members = [] if seen is None else [person for _member, person in await patrol.of_team(context.work, pressed.team)]
    person = next((each for each in members if each.id == pressed.person), None)
    if seen is None or person is None or not patrol.may_remove(seen, pressed.person, by=context.person.id):
        show_not_there(context)
        return
    t, name = context.t, _name(context, person)
    if not pressed.sure:
        yes = (member_texts.remove_yes_key(t), RemoveMember(pressed.team, person.id, sure=True))
        back = (texts.members_key(t), Members(pressed.team))
        context.show(member_texts.remove_sure(t, name=name, team=seen.team.name), keys(yes, back))
        return
    done = await patrol.remove(context.work, pressed.team, person.id, by=context.person)
    above = member_texts.removed(t, name=name) if done is Removed.DONE else ""
    await show_members(context, pressed.team, above=above)


def _name(context: Ctx, person: Person) -> str:
    return person.name or texts.a_member(context.t)
