"""What a list looks like, who may see one, and where it is shown: one message per list, turned in place."""

from collections.abc import Callable

from bot.domain.reports import ReportNumber, format_number
from bot.services.desk import finding
from bot.services.desk.finding import At, Line, Page, Reader, Refused
from bot.texts import Translator, system
from bot.texts import finding as texts
from bot.texts import triage_answers as answer_texts
from handlers.buttons import Button, Key, Keyboard
from handlers.context import Ctx
from handlers.finding.buttons import ShowReport
from handlers.staff.private import ANONYMOUS
from handlers.views.drawing import Drawing
from storage.ids import new_id

_PER_ROW = 2
#: Begins the keys of lists in groups; like all that is said there, their rows go after a week.
_LIST = "said:list:"


async def who_looks(context: Ctx) -> Reader | None:
    """Return who looks and where, read now; else None after saying why not (in groups of no desk: nothing)."""
    if context.person.id == ANONYMOUS:
        await _anonymous(context)
        return None
    chat = None if context.is_private else context.chat_id
    who = await finding.reader(context.work, context.person.id, chat=chat, thread=context.thread_id)
    if isinstance(who, Reader):
        return who
    match who:
        case Refused.NO_WORKER:
            context.refused()
            answer(context, texts.for_workers(context.t))
        case Refused.NOT_YOURS:
            context.refused()
            answer(context, system.not_your_desk(context.t))
        case Refused.NO_DESK:
            pass
    return None


async def _anonymous(context: Ctx) -> None:
    here = await finding.reader(context.work, context.person.id, chat=context.chat_id, thread=context.thread_id)
    if here is not Refused.NO_DESK:
        context.refused()
        answer(context, answer_texts.anonymous(context.t))


def answer(context: Ctx, text: str) -> None:
    """Answer a tap with a toast, a command with a message."""
    if context.incoming is not None and context.incoming.callback_query is not None:
        context.toast(text, alert=len(text) > 60)
    else:
        context.say(text)


def draw(
    t: Translator, page: Page, *, heading: str, empty: str, turn: Callable[[At | None], Button], here: Button
) -> Drawing:
    """Return a page as a message: a line and a button per report, and the buttons to turn (*here*: this page anew)."""
    lines = [line(t, each) for each in page.lines] or [texts.nothing_here(t) if page.later else empty]
    keys = [Key(_label(t, each), ShowReport(each.report.id)) for each in page.lines]
    keyboard: Keyboard = [keys[start : start + _PER_ROW] for start in range(0, len(keys), _PER_ROW)]
    turning = [Key(texts.earlier(t), turn(page.earlier))] if page.earlier else []
    turning.append(Key(texts.again(t), here))
    turning += [Key(texts.later(t), turn(page.later))] if page.later else []
    return Drawing(text="\n\n".join([heading, "\n".join(lines)]), keyboard=[*keyboard, turning])


def line(t: Translator, each: Line) -> str:
    """Return a report as a line, with its promise as a date while it is open and not kept."""
    report = each.report
    said = texts.line(
        t,
        number=format_number(report.year, report.number),
        danger=report.danger,
        sealed=report.sealed,
        theme=report.theme,
        area=each.area,
        status=report.status,
        holder=each.holder,
    )
    waits = report.closed_at is None and report.kept_at is None and report.promise_on is not None
    return f"{said}\n{texts.promised(t, on=report.promise_on, late=each.late)}" if waits and report.promise_on else said


def _label(t: Translator, each: Line) -> str:
    return texts.key(t, number=ReportNumber(each.report.number).short, danger=each.report.danger, area=each.area)


def show(context: Ctx, drawing: Drawing) -> None:
    """Show a list: in private as the prompt (its buttons can be typed); in a group it turns where it stands."""
    if context.is_private:
        context.show(drawing.text, drawing.keyboard)
        return
    key, message_id = _turned(context)
    context.work.say(
        drawing.to_payload(), chat=context.chat_id, thread=context.thread_id, key=key, message_id=message_id
    )


def _turned(context: Ctx) -> tuple[str, int | None]:
    """Return key and message of the list that was tapped in a group, whoever asked for it; else those of a new one."""
    query = context.incoming.callback_query if context.incoming else None
    if query is not None and query.message is not None:
        row = context.scope.shown.get((context.chat_id, query.message.message_id))
        if row is not None and row.key.startswith(_LIST):
            return row.key, query.message.message_id
    return f"{_LIST}{new_id()}", None
