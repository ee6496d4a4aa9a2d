"""Answers that keep a round from being short, and "Ik ga om 20:30, wie loopt mee?"."""

from datetime import UTC, datetime

from telegram import Update

from bot.domain.activities.rounds import asks_along, next_at
from bot.services import patrol
from bot.services.patrol import Standing, calls, chain
from bot.services.patrol.calls import Call, Called, Said
from bot.services.patrol.chain import StepIn as SteppedIn
from bot.texts import signups as signup_texts
from bot.texts import teams as team_texts
from bot.texts import walking as texts
from handlers import report
from handlers.activities import detail
from handlers.activities.buttons import OpenMeeting, OpenMine
from handlers.buttons import Button
from handlers.context import Ctx, keys
from handlers.patrol import asking, teams
from handlers.patrol.buttons import AskWalk, OpenTeam, StepIn, WalkBack, WalkYes
from handlers.routes import is_private
from handlers.signups.outcomes import when
from storage.models import Activity, Occurrence, WalkCall
from storage.queries import patrol as queries
from storage.queries import town


async def on_step_in(_update: Update, context: Ctx, pressed: StepIn) -> None:
    """*Ik loop mee* of who was asked because a round is short."""
    t = context.t
    outcome = await chain.step_in(context.work, pressed.occurrence, context.person)
    occurrence = await context.work.session.get(Occurrence, pressed.occurrence)
    if outcome is SteppedIn.NOT_THERE or occurrence is None:
        detail.show_not_there(context)
        return
    activity = await context.work.session.get(Activity, occurrence.activity_id)
    above = {
        SteppedIn.COMING: texts.walks(t, title=activity.title if activity else "", when=when(context, occurrence)),
        SteppedIn.FULL: texts.enough(t),
        SteppedIn.CALLED_OFF: signup_texts.called_off(t),
    }.get(outcome, texts.begun(t))
    if outcome is SteppedIn.COMING:
        ways: list[tuple[str, Button]] = [
            (signup_texts.to_meeting_key(t), OpenMeeting(occurrence.id)),
            (signup_texts.to_mine_key(t), OpenMine()),
        ]
        context.show(above, keys(*ways))
    else:
        await detail.show_meeting(context, occurrence.id, above=above)


# -- "wie loopt mee?" -----------------------------------------------------------------------------------------------


async def on_ask(_update: Update, context: Ctx, pressed: AskWalk) -> None:
    """Ask a member with a VOG for the time."""
    seen = await patrol.seen(context.work, pressed.team, context.person)
    if seen is None or seen.standing is not Standing.CLEARED:
        teams.show_not_there(context)
    else:
        await asking.begin(context, asking.TIME, asking.TeamDraft(team=pressed.team))


async def ask_members(context: Ctx, team_id: int, at: int) -> Call:
    """Ask who walks along at a time (seconds since 1970; untrusted)."""
    if not 0 <= at < 2**33:
        return Call(Called.NO_TIME)
    return await calls.ask(context.work, team_id, context.person, datetime.fromtimestamp(at, UTC))


def show_asked(context: Ctx, call: Call, team_id: int) -> None:
    """Show what became of asking."""
    t, to_team = context.t, (team_texts.to_team_key(context.t), OpenTeam(team_id))
    if call.outcome is Called.NOT_THERE:
        teams.show_not_there(context)
    elif call.call is None:
        text = texts.night(t) if call.outcome is Called.NIGHT else texts.no_time(t)
        context.show(text, keys(to_team))
    else:
        time = t.time(call.call.starts_at)
        text = texts.asked(t, time=time) if call.outcome is Called.DONE else texts.asked_already(t, time=time)
        context.show(text, keys((texts.withdraw_key(t), WalkBack(call.call.id)), to_team))


async def on_yes(_update: Update, context: Ctx, pressed: WalkYes) -> None:
    """*Ik loop mee*: the second yes makes it a round."""
    t = context.t
    title = texts.extra_title(context.scope.translators(None))  # kept, and read by the whole team
    said, occurrence_id = await calls.yes(context.work, pressed.call, context.person, title=title)
    match said:
        case Said.ROUND if occurrence_id is not None:
            occurrence = await context.work.session.get(Occurrence, occurrence_id)
            words = "" if occurrence is None else texts.walks(t, title=title, when=when(context, occurrence))
            await detail.show_meeting(context, occurrence_id, above=words.partition("\n")[0])
        case Said.OWN:
            context.show(texts.own(t), keys((texts.withdraw_key(t), WalkBack(pressed.call))))
        case Said.NOT_THERE:
            detail.show_not_there(context)
        case _:
            context.show(texts.over(t))


async def on_back(_update: Update, context: Ctx, pressed: WalkBack) -> None:
    """Take one's own question back."""
    t = context.t
    call = await context.work.session.get(WalkCall, pressed.call)
    if call is None or call.person_id != context.person.id:
        detail.show_not_there(context)
    elif await calls.withdraw(context.work, pressed.call, context.person.id):
        context.show(texts.withdrawn(t), keys((team_texts.to_team_key(t), OpenTeam(call.team_id))))
    elif call.occurrence_id is not None:
        await detail.show_meeting(context, call.occurrence_id)
    else:
        context.show(texts.over(t))


def asks_who_walks(update: Update) -> bool:
    """Return whether a private message is such a question, of whomever."""
    message = update.message
    return bool(message and message.text and is_private(update) and asks_along(message.text) is not None)


async def on_sentence(update: Update, context: Ctx) -> None:
    """Ask the members of the one team in which this person may walk; else the sentence starts a report."""
    clock = asks_along(context.message.text or "")
    own = sorted(await queries.own_teams(context.work.session, context.person.id))
    seen = [await patrol.seen(context.work, team, context.person) for team in own]
    mine = [team.team.id for team in seen if team is not None and team.standing is Standing.CLEARED]
    if clock is None or not mine:
        await report.start_with(update, context)
        return
    if len(mine) > 1:
        await teams.open_teams(update, context)
        return
    at = next_at(clock, context.now, await town.zone(context.work.session))
    call = await ask_members(context, mine[0], int(at.timestamp()))
    show_asked(context, call, mine[0])
