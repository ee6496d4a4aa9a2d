"""The members of a team: ✓ or – for coordinator and worker; requests for the coordinator; VOGs for the worker."""

from telegram import Update

from bot.services import patrol
from bot.services.patrol import Answer, Seen, Ticked
from bot.texts import activities as activity_texts
from bot.texts import team_members as member_texts
from bot.texts import teams as texts
from handlers.buttons import Button
from handlers.context import Ctx, keys
from handlers.patrol import asking
from handlers.patrol.buttons import AnswerRequest, Members, OpenTeam, Removing, TickVog, WithdrawVog
from handlers.patrol.teams import show_not_there
from storage.models import Person, TeamMember
from storage.queries import patrol as queries
from storage.queries import staff

PAGE = 10
Row = tuple[str, Button] | list[tuple[str, Button]]


async def on_members(_update: Update, context: Ctx, pressed: Members) -> None:
    """Show a page of the members."""
    await show_members(context, pressed.team, page=pressed.page)


async def show_members(context: Ctx, team_id: int, *, page: int = 0, above: str = "") -> None:
    """Show the members of a team to its coordinator and worker; to anybody else there are none."""
    seen = await patrol.seen(context.work, team_id, context.person)
    if seen is None or not seen.sees_members:
        show_not_there(context)
        return
    t = context.t
    members = await patrol.of_team(context.work, team_id)
    page = page if 0 <= page * PAGE < len(members) else 0
    shown = members[page * PAGE : (page + 1) * PAGE]
    lines = [_line(context, seen, member, person) for member, person in shown]
    parts = [above, member_texts.members(t, team=seen.team.name), "\n".join(lines) or member_texts.no_members(t)]
    rows = [row for member, person in shown for row in _vog_row(context, seen, member, person)]
    if seen.leads:
        asking = await queries.requests(context.work.session, team_id)
        parts += [
            "\n".join(member_texts.wants_to_join(t, name=_name(context, person)) for _member, person in asking[:PAGE])
        ]
        rows += [_answer_row(context, member, person) for member, person in asking[:PAGE]]
    if page:
        rows.append((activity_texts.first_page_key(t), Members(team_id)))
    if (page + 1) * PAGE < len(members):
        rows.append((activity_texts.more_key(t), Members(team_id, page + 1)))
    if any(patrol.may_remove(seen, person.id, by=context.person.id) for _member, person in members):
        rows.append((member_texts.removing_key(t), Removing(team_id)))
    context.show("\n\n".join(filter(None, parts)), keys(*rows, (texts.to_team_key(t), OpenTeam(team_id))))


def _name(context: Ctx, person: Person) -> str:
    return person.name or texts.a_member(context.t)


def _line(context: Ctx, seen: Seen, member: TeamMember, person: Person) -> str:
    vog = staff.is_cleared(member)
    return member_texts.member_line(name=_name(context, person), vog=vog, on=member.vog_on if seen.works else None)


def _vog_row(context: Ctx, seen: Seen, member: TeamMember, person: Person) -> list[Row]:
    """Return the button of the team's worker for a member; nobody has one for oneself."""
    if not seen.works or person.id == context.person.id:
        return []
    t, name = context.t, _name(context, person)
    if staff.is_cleared(member):
        return [(member_texts.withdraw_key(t, name=name), WithdrawVog(member.team_id, person.id, sure=False))]
    return [(member_texts.tick_key(t, name=name), TickVog(member.team_id, person.id))]


def _answer_row(context: Ctx, member: TeamMember, person: Person) -> Row:
    t, name, asked = context.t, _name(context, person), int(member.asked_at.timestamp())
    yes = AnswerRequest(member.team_id, person.id, asked, yes=True)
    no = AnswerRequest(member.team_id, person.id, asked, yes=False)
    return [(member_texts.accept_key(t, name=name), yes), (member_texts.decline_key(t, name=name), no)]


async def on_answer(_update: Update, context: Ctx, pressed: AnswerRequest) -> None:
    """Take the coordinator's yes or no; the question itself tells it from then on."""
    outcome = await patrol.answer(
        context.work,
        pressed.team,
        pressed.person,
        asked=pressed.asked,
        yes=pressed.yes,
        by=context.person.id,
    )
    t = context.t
    person = await context.work.session.get(Person, pressed.person)
    seen = await patrol.seen(context.work, pressed.team, context.person)
    if outcome is Answer.NOT_YOURS or person is None or seen is None:
        show_not_there(context)
        return
    name, team = _name(context, person), seen.team.name
    above = {
        Answer.ACCEPTED: texts.request_accepted(t, name=name, team=team),
        Answer.DECLINED: texts.request_declined(t, name=name, team=team),
    }.get(outcome, texts.request_over(t))
    await show_members(context, pressed.team, above=above)


async def on_tick(_update: Update, context: Ctx, pressed: TickVog) -> None:
    """Ask the team's worker for the date of a VOG."""
    if await may_tick(context, pressed.team, pressed.person):
        draft = asking.TeamDraft(team=pressed.team, person=pressed.person)
        await asking.begin(context, asking.DATE, draft)


async def may_tick(context: Ctx, team_id: int, person_id: int) -> bool:
    """Return whether this person may tick the VOG of a member who is one; else answer."""
    seen = await patrol.seen(context.work, team_id, context.person)
    members = [] if seen is None else [person.id for _member, person in await patrol.of_team(context.work, team_id)]
    if seen is None or not seen.sees_members or person_id not in members:
        show_not_there(context)
        return False
    if not seen.works or person_id == context.person.id:
        await show_members(context, team_id, above=member_texts.not_for_oneself(context.t))
        return False
    return True


async def on_withdraw(_update: Update, context: Ctx, pressed: WithdrawVog) -> None:
    """Ask the team's worker whether to take a VOG back, then do it."""
    if not await may_tick(context, pressed.team, pressed.person):
        return
    t = context.t
    person = await context.work.session.get(Person, pressed.person)
    name = _name(context, person) if person else texts.a_member(t)
    if not pressed.sure:
        yes = (member_texts.withdraw_yes_key(t), WithdrawVog(pressed.team, pressed.person, sure=True))
        context.show(member_texts.withdraw_sure(t, name=name), keys(yes, (texts.members_key(t), Members(pressed.team))))
        return
    done = await patrol.withdraw_vog(context.work, pressed.team, pressed.person, by=context.person.id)
    above = member_texts.withdrawn(t, name=name) if done is Ticked.DONE else member_texts.vog_same(t)
    await show_members(context, pressed.team, above=above)
