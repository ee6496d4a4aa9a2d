"""What is answered in words: a first name to join with, the date of a VOG, the time of a walk, news for the team."""

from datetime import date

from telegram import Update

from bot.domain.absence import parse_past_day
from bot.domain.activities.rounds import next_at, parse_time
from bot.domain.time import local_date
from bot.services import patrol
from bot.services.patrol import Ticked, calls, news
from bot.texts import team_members as member_texts
from bot.texts import teams as texts
from bot.texts import walking as walking_texts
from handlers.context import Ctx
from handlers.patrol import asking, members, rounds, teams
from handlers.patrol.asking import CHECK, DATE, NAME, NEWS, TIME, TeamDraft
from handlers.patrol.buttons import VogToday, WalkAt
from handlers.report.asides import first_name
from storage.models import Dialogue
from storage.queries import town


async def show(context: Ctx) -> None:
    """Show the open question, as long as this person may answer it."""
    row = context.dialogue
    if row is not None and await _may_go_on(context, row):
        await asking.ask(context)


async def _may_go_on(context: Ctx, row: Dialogue) -> bool:
    """Return whether a VOG may still be ticked, where that is asked: it names a member. Else answer, and end it."""
    draft = TeamDraft.model_validate(row.draft)
    if row.step != DATE or await members.may_tick(context, draft.team, draft.person or 0):
        return True
    await context.end_dialogue()
    return False


async def on_message(_update: Update, context: Ctx) -> None:
    """Take what was typed at the open question."""
    row = context.dialogue
    if row is None or not await _may_go_on(context, row):
        return
    typed = (context.message.text or "").strip()
    draft = TeamDraft.model_validate(row.draft)
    here = await town.zone(context.work.session)
    if row.step == NAME:
        await _take_name(context, draft, typed)
    elif row.step == DATE:
        day = parse_past_day(typed, local_date(context.now, here))
        await (asking.ask(context, member_texts.no_date(context.t)) if day is None else _tick(context, draft, day))
    elif row.step in (NEWS, CHECK):
        await _take_news(context, draft, typed)
    else:
        clock = parse_time(typed)
        at = None if clock is None else next_at(clock, context.now, here)
        if at is None:
            await asking.ask(context, walking_texts.no_time(context.t))
        else:
            await _call(context, draft, int(at.timestamp()))


async def _take_name(context: Ctx, draft: TeamDraft, typed: str) -> None:
    name = first_name(typed)
    if name is None:
        await asking.ask(context, texts.name_unclear(context.t))
        return
    context.person.name = name
    await context.end_dialogue()
    await teams.ask_to_join(context, draft.team)


async def _take_news(context: Ctx, draft: TeamDraft, typed: str) -> None:
    """Take the words of news, also anew at their preview; who may not write any more gets no further."""
    if not await news.may_write(context.work, draft.team, context.person):
        await context.end_dialogue()
        teams.show_not_there(context)
    elif not 0 < len(typed) <= news.MOST:
        await asking.ask(context, texts.news_too_long(context.t, most=news.MOST))
    else:
        context.step(CHECK, draft.model_copy(update={"text": typed}).model_dump(mode="json"))
        await show(context)


async def on_today(_update: Update, context: Ctx, pressed: VogToday) -> None:
    """Take today as the date of a VOG."""
    row = await asking.open_at(context, pressed.draft, DATE)
    if row is not None:
        today = local_date(context.now, await town.zone(context.work.session))
        await _tick(context, TeamDraft.model_validate(row.draft), today)


async def _tick(context: Ctx, draft: TeamDraft, day: date) -> None:
    """Note a VOG with its date, by the rights of this moment."""
    t, person_id = context.t, draft.person or 0
    name = await asking.name_of(context, draft)
    await context.end_dialogue()
    if not await members.may_tick(context, draft.team, person_id):
        return
    done = await patrol.tick_vog(context.work, draft.team, person_id, by=context.person.id, on=day)
    above = {
        Ticked.DONE: member_texts.ticked(t, name=name, on=day),
        Ticked.ALREADY: member_texts.vog_same(t),
        Ticked.NO_DATE: member_texts.no_date(t),
    }.get(done, texts.not_there(t))
    await members.show_members(context, draft.team, above=above)


async def on_time(_update: Update, context: Ctx, pressed: WalkAt) -> None:
    """Take the time of a walk by a tap."""
    row = await asking.open_at(context, pressed.draft, TIME)
    if row is not None:
        await _call(context, TeamDraft.model_validate(row.draft), pressed.at)


async def _call(context: Ctx, draft: TeamDraft, at: int) -> None:
    """Ask the members who walks along; a time that can't be is asked again."""
    found = await rounds.ask_members(context, draft.team, at)
    if found.outcome is calls.Called.NO_TIME:
        await asking.ask(context, walking_texts.no_time(context.t))
        return
    await context.end_dialogue()
    rounds.show_asked(context, found, draft.team)


async def back(context: Ctx) -> None:
    """Go back to the team, or to its members."""
    row = context.dialogue
    if row is None:
        return
    draft = TeamDraft.model_validate(row.draft)
    if row.step == CHECK:
        context.step(NEWS)
        await show(context)
        return
    await context.end_dialogue()
    if row.step == DATE:
        await members.show_members(context, draft.team)
    else:
        await teams.show_team(context, draft.team)


async def stop(context: Ctx) -> None:
    """Leave without a change."""
    await context.end_dialogue()
    context.show(texts.stopped(context.t))
