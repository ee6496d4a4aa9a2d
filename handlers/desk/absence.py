"""`/afwezig`: until when, and who replaces me; for oneself, or by the contact or a beheerder for a colleague."""

from datetime import date, timedelta

from telegram import Update

from bot.domain.absence import is_possible, parse_day
from bot.domain.enums import RoleName
from bot.services.desk import absence
from bot.services.desk.absence import Verdict
from bot.texts import absence as texts
from bot.texts import general
from bot.texts import menu as menu_texts
from handlers.buttons import Button, Key, Keyboard
from handlers.context import Ctx, keys
from handlers.conversation import Back, Conversation, Stop, conversation, current
from handlers.desk.absence_buttons import Away, AwayIs, AwayUntil, IsBack, ReplacedBy, SetAnew, TurnNames
from handlers.desk.leading import to_private
from handlers.routes import OnButton, OnCommand, Route
from handlers.turning import part, understand
from storage.models import Absence, Dialogue, Person
from storage.queries import staff

ABOUT = "absence"
WHO, UNTIL, SUBSTITUTE = "who", "until", "substitute"
#: What the deep link to this conversation carries, behind `/start `.
LINK = "afwezig"
#: Days ahead that are offered besides today and the end of the week.
_OFFERED = (7, 14, 21)
_FRIDAY = 4
_MAY_SET = frozenset({RoleName.WORKER, RoleName.ADMIN})


async def begin(_update: Update, context: Ctx) -> None:
    """Show one's absence, or ask for it; in a desk's group point to the private chat."""
    t, work = context.t, context.work
    if not context.is_private:
        await to_private(context, texts.in_private(t), texts.open_private(t), LINK)
        return
    roles = await staff.roles(work.session, context.person.id)
    if RoleName.WORKER in roles and (lasting := await absence.current(work, context.person.id)):
        await _show_lasting(context, lasting)
    elif roles & _MAY_SET:
        await _choose_who(context)
    else:
        context.refused()
        context.show(texts.not_staff(t), new=True)


async def set_anew(_update: Update, context: Ctx, pressed: SetAnew) -> None:
    """Ask until when a worker is away, or who is."""
    roles = await staff.roles(context.work.session, context.person.id)
    if pressed.person is None and roles & _MAY_SET:
        await _choose_who(context)
    elif pressed.person is None:
        context.refused()
        context.show(texts.not_staff(context.t))
    elif await absence.may_set(context.work, context.person.id, pressed.person):
        await _ask(context, UNTIL, Away(person=pressed.person))
    else:
        context.refused()
        context.show(texts.not_yours(context.t))


async def away_is(_update: Update, context: Ctx, pressed: AwayIs) -> None:
    """Take who is away; of somebody who is away already, show until when."""
    if await _open(context, pressed.draft, WHO) is None:
        return
    if not await absence.may_set(context.work, context.person.id, pressed.person):
        await context.end_dialogue()
        context.refused()
        context.show(texts.not_yours(context.t))
    elif lasting := await absence.current(context.work, pressed.person):
        await context.end_dialogue()
        await _show_lasting(context, lasting)
    else:
        context.step(UNTIL, Away(person=pressed.person).model_dump(mode="json"))
        await show_step(context)


async def away_until(_update: Update, context: Ctx, pressed: AwayUntil) -> None:
    """Take the last day by a tap."""
    row = await _open(context, pressed.draft, UNTIL)
    if row is not None:
        today = await absence.today_of(context.work)
        ahead = pressed.day - today.toordinal()
        await _take_day(context, row, today + timedelta(days=ahead) if abs(ahead) < 10_000 else None, today)


async def replaced_by(_update: Update, context: Ctx, pressed: ReplacedBy) -> None:
    """Take who replaces, and note the absence."""
    row = await _open(context, pressed.draft, SUBSTITUTE)
    if row is None:
        return
    draft = Away.model_validate(row.draft)
    until = draft.until or await absence.today_of(context.work)
    verdict = await absence.set_away(context.work, context.person, draft.person, until, pressed.person)
    match verdict:
        case Verdict.DONE:
            await context.end_dialogue()
            if lasting := await absence.current(context.work, draft.person):
                await _show_lasting(context, lasting)
        case Verdict.NO_DAY:
            context.step(UNTIL)
            await _show(context, texts.no_day(context.t))
        case Verdict.NO_SUBSTITUTE:
            await _show(context, texts.no_choice(context.t))
        case _:
            await context.end_dialogue()
            context.refused()
            context.show(texts.not_yours(context.t))


async def turn_names(_update: Update, context: Ctx, pressed: TurnNames) -> None:
    """Show another page of names."""
    at_end = context.dialogue is not None and context.dialogue.step == SUBSTITUTE
    row = await _open(context, pressed.draft, SUBSTITUTE if at_end else WHO)
    if row is not None:
        draft = Away.model_validate(row.draft).model_copy(update={"start": pressed.start})
        context.step(row.step, draft.model_dump(mode="json"))
        await show_step(context)


async def is_back(_update: Update, context: Ctx, pressed: IsBack) -> None:
    """End an absence."""
    found = await context.work.session.get(Absence, pressed.absence)
    person_id = found.person_id if found else 0
    verdict = await absence.come_back(context.work, context.person, pressed.absence)
    match verdict:
        case Verdict.DONE:
            context.show(texts.is_back(context.t, name=await _name_of(context, person_id)))
        case Verdict.NOT_AWAY:
            context.refused()
            context.show(texts.over_already(context.t))
        case _:
            context.refused()
            context.show(texts.not_yours(context.t))


async def on_message(_update: Update, context: Ctx) -> None:
    """Take a typed date; at the other steps only names and numbers of the buttons count."""
    row = context.dialogue
    if row is None:
        return
    if row.step != UNTIL:
        await _show(context, texts.no_choice(context.t))
        return
    today = await absence.today_of(context.work)
    await _take_day(context, row, parse_day(context.message.text or "", today), today)


async def show_step(context: Ctx) -> None:
    """Show the open step."""
    await _show(context)


async def back(context: Ctx) -> None:
    """Go one step back; from the first out."""
    row = context.dialogue
    if row is not None and row.step == SUBSTITUTE:
        context.step(UNTIL)
        await show_step(context)
    elif row is not None and row.step == UNTIL and await absence.colleagues(context.work, context.person.id):
        context.step(WHO)
        await show_step(context)
    else:
        await stop(context)


async def stop(context: Ctx) -> None:
    """Leave; nothing has changed."""
    await context.end_dialogue()
    context.show(texts.stopped(context.t))


async def _choose_who(context: Ctx) -> None:
    """Ask who is away, when there is a choice."""
    choice = await absence.colleagues(context.work, context.person.id)
    await _ask(context, WHO if choice else UNTIL, Away(person=context.person.id))


async def _ask(context: Ctx, step: str, draft: Away) -> None:
    context.open_dialogue(ABOUT, step, draft.model_dump(mode="json"))
    await context.work.session.flush()
    await show_step(context)


async def _open(context: Ctx, draft_id: int, step: str) -> Dialogue | None:
    row = await current(context, draft_id, step)
    return row if row is not None and row.about == ABOUT else None


async def _take_day(context: Ctx, row: Dialogue, day: date | None, today: date) -> None:
    if day is None or not is_possible(day, today):
        await _show(context, texts.no_day(context.t))
        return
    draft = Away.model_validate(row.draft).model_copy(update={"until": day, "start": 0})
    context.step(SUBSTITUTE, draft.model_dump(mode="json"))
    await show_step(context)


async def _show(context: Ctx, above: str | None = None) -> None:
    """Show the open step, with a line above it when what was typed was not understood."""
    row = context.dialogue
    if row is None:
        return
    draft, t = Away.model_validate(row.draft), context.t
    pages = {WHO: _who, UNTIL: _until, SUBSTITUTE: _substitute}
    text, names, choices = await pages[row.step](context, row.draft_id, draft)
    page = part(t, names, draft.start, lambda start: TurnNames(row.draft_id, start))
    last = [(general.back(t), Back(row.draft_id)), (general.stop(t), Stop(row.draft_id))]
    context.show(f"{above}\n\n{text}" if above else text, [*page.rows, *choices, *keys(last)])
    understand(context, page.hidden)


#: What an open step asks, the names to choose from, and what else there is to choose.
_Page = tuple[str, list[Key], Keyboard]


async def _who(context: Ctx, draft_id: int, _draft: Away) -> _Page:
    choices: list[Key] = []
    if RoleName.WORKER in await staff.roles(context.work.session, context.person.id):
        choices.append(Key(texts.myself(context.t), AwayIs(draft_id, context.person.id)))
    for person in await absence.colleagues(context.work, context.person.id):
        choices.append(Key(person.name or "?", AwayIs(draft_id, person.id)))
    return texts.ask_who(context.t), choices, []


async def _until(context: Ctx, draft_id: int, draft: Away) -> _Page:
    t, today = context.t, await absence.today_of(context.work)
    friday = today + timedelta(days=(_FRIDAY - today.weekday()) % 7)
    days = sorted({friday, *(today + timedelta(days=ahead) for ahead in _OFFERED)} - {today})
    choices: list[tuple[str, Button]] = [(texts.only_today(t), AwayUntil(draft_id, today.toordinal()))]
    choices += [(texts.until_label(t, day=t.day(day)), AwayUntil(draft_id, day.toordinal())) for day in days]
    return texts.ask_until(t, name=await _name_of(context, draft.person)), [], keys(*choices)


async def _substitute(context: Ctx, draft_id: int, draft: Away) -> _Page:
    found = await absence.substitutes(context.work, draft.person)
    names = [Key(person.name or "?", ReplacedBy(draft_id, person.id)) for person in found]
    nobody = keys((texts.nobody(context.t), ReplacedBy(draft_id, None)))
    return texts.ask_substitute(context.t, name=await _name_of(context, draft.person)), names, nobody


async def _show_lasting(context: Ctx, lasting: Absence) -> None:
    """Show until when somebody is away, with what can be changed."""
    t, name = context.t, await _name_of(context, lasting.person_id)
    replacing = await context.work.session.get(Person, lasting.substitute_id) if lasting.substitute_id else None
    text = texts.away(t, name=name, day=t.day(lasting.until), substitute=replacing.name if replacing else None)
    rows: list[tuple[str, Button]] = [
        (texts.back_label(t, name=name), IsBack(lasting.id)),
        (texts.change_label(t), SetAnew(lasting.person_id)),
    ]
    if await absence.colleagues(context.work, context.person.id):
        rows.append((texts.colleague_label(t), SetAnew(None)))
    context.show(text, keys(*rows))


async def _name_of(context: Ctx, person_id: int) -> str | None:
    """Return a colleague's name; None for who taps."""
    person = await context.work.session.get(Person, person_id)
    return None if person_id == context.person.id else (person.name if person else None) or "?"


conversation(Conversation(ABOUT, on_message, show_step, back, stop))

COMMANDS: list[Route] = [OnCommand(menu_texts.COMMAND_NAMES["absence"], begin, group=True)]
BUTTONS: list[Route] = [
    OnButton(SetAnew, set_anew),
    OnButton(AwayIs, away_is),
    OnButton(AwayUntil, away_until),
    OnButton(ReplacedBy, replaced_by),
    OnButton(TurnNames, turn_names),
    OnButton(IsBack, is_back),
]
