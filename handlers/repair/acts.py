"""One tap on the list: come, called, done, and taking each of them back."""

from telegram import Update

from bot.domain.activities.repairing import RepairOutcome, Stage
from bot.services.repair_cafe import repair_day
from bot.services.repair_cafe.repair_day import Answer, Done
from bot.texts import repair as texts
from bot.texts import repair_visit as visit_texts
from handlers.activities.repair_buttons import Act, DayList, DoAct, Finish, ShowPhoto, StopDay, Why
from handlers.context import Ctx, keys
from handlers.repair.pages import allowed, entry_key, refuse, show_answer, show_list, show_reasons

_ACTS = {
    Act.ARRIVE: repair_day.arrive,
    Act.NOT_HERE: repair_day.undo_arrival,
    Act.CALL: repair_day.call,
    Act.WAIT: repair_day.undo_call,
    Act.LEAVE: repair_day.leave,
    Act.NO_SHOW: repair_day.no_show,
}


#: What takes a tap back.
_BACK = {
    Act.ARRIVE: Act.NOT_HERE,
    Act.CALL: Act.WAIT,
    Act.LEAVE: Act.ARRIVE,
    Act.NO_SHOW: Act.NOT_HERE,
}


async def on_act(_update: Update, context: Ctx, pressed: DoAct) -> None:
    """Do it, and show the list; what somebody else did first shows the visitor as they are now."""
    act = _ACTS[pressed.act]
    answer = await act(context.work, pressed.signup, context.person.id, version=pressed.version)
    await _go_on(context, answer, _said(context, pressed.act, answer), back=_BACK.get(pressed.act))


def _said(context: Ctx, act: Act, answer: Answer) -> str:
    number = answer.visit.number if answer.visit else None
    if number is None:
        return ""
    if act is Act.ARRIVE:
        return texts.given_number(context.t, number=number)
    return texts.called_now(context.t, number=number) if act is Act.CALL else ""


async def _go_on(context: Ctx, answer: Answer, said: str, *, back: Act | None) -> None:
    """Show the list, with one tap to take back (*back*) what was done by a wrong one."""
    if answer.done is Done.DONE and answer.occurrence is not None:
        undo = None if back is None or answer.visit is None else (answer.visit, back)
        await show_list(context, answer.occurrence.id, said, undo=undo)
    else:
        await show_answer(context, answer)


async def on_finish(_update: Update, context: Ctx, pressed: Finish) -> None:
    """Write down how it went; what did not go all the way is asked after."""
    answer = await repair_day.finish(
        context.work, pressed.signup, context.person.id, pressed.outcome, version=pressed.version
    )
    if answer.done is not Done.DONE or answer.visit is None:
        await show_answer(context, answer)
        return
    said = f"{entry_key(context.t, answer.visit)}: {visit_texts.outcome_name(context.t, pressed.outcome)}"
    if pressed.outcome is RepairOutcome.FIXED:
        await _go_on(context, answer, visit_texts.noted(said), back=Act.WAIT)
    else:
        show_reasons(context, answer.visit, visit_texts.noted(said))


async def on_why(_update: Update, context: Ctx, pressed: Why) -> None:
    """Write down why."""
    answer = await repair_day.give_reason(
        context.work, pressed.signup, context.person.id, pressed.reason, version=pressed.version
    )
    await _go_on(context, answer, "", back=None)


async def on_stop(_update: Update, context: Ctx, pressed: StopDay) -> None:
    """Ask whether nobody is helped any more; then say so to who still waits."""
    t, occurrence = context.t, await allowed(context, pressed.occurrence)
    if occurrence is None:
        return
    visits = await repair_day.visits(context.work, occurrence.id)
    waiting = sum(visit.stage is Stage.WAITING for visit in visits)
    if waiting and not pressed.sure and repair_day.may_stop(context.work, occurrence):
        yes, no = (
            (texts.stop_yes_key(t), StopDay(occurrence.id, sure=True)),
            (texts.back_key(t), DayList(occurrence.id)),
        )
        context.show(texts.stop_sure(t, count=waiting), keys(yes, no))
        return
    done, count = await repair_day.stop(context.work, occurrence.id, context.person.id)
    said = texts.stopped_day(t, count=count) if done is Done.DONE else texts.not_now(t)
    await show_list(context, occurrence.id, said)


async def on_photo(_update: Update, context: Ctx, pressed: ShowPhoto) -> None:
    """Show the photo in this chat, for a day."""
    if await repair_day.show_photo(context.work, pressed.signup, context.person.id):
        context.toast(visit_texts.photo_is_here(context.t))
    else:
        refuse(context)
