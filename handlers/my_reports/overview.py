"""The list of one's own reports, and one of them."""

from telegram import Update

from bot.domain.enums import CloseReason, MessageDirection, ReportStatus
from bot.services.reporting import reports
from bot.texts import conversation as talk_texts
from bot.texts import labels, partner_yes, report_buttons
from bot.texts import my_reports as texts
from bot.texts import resident as resident_texts
from handlers import following
from handlers.buttons import Key, Keyboard
from handlers.context import Ctx
from handlers.my_reports.buttons import NotSolved, OpenMine, OpenOne, Rename, ReplyTo, Withdraw
from handlers.my_reports.naming import first_name_of, number_of, signed
from handlers.partners.buttons import ReadPass
from handlers.report import unsent
from handlers.report.leaving import GoOn
from handlers.report.wiping import Wipe
from handlers.routes import OnOwnButton, Route
from storage.models import Partner, Report
from storage.queries import partners as partner_queries
from storage.queries import reports as queries
from storage.queries import town


async def open_list(_update: Update, context: Ctx) -> None:
    """Show one's own reports, newest first, and what was not sent."""
    await _list(context, None)


async def on_list(_update: Update, context: Ctx, pressed: OpenMine) -> None:
    """Show a page of the list."""
    await _list(context, pressed.before)


async def _list(context: Ctx, before: int | None) -> None:
    t = context.t
    page = await reports.mine(context.work, context.person, before=before)
    drafts = unsent(context) if before is None else []
    followed = await following.page(context) if before is None else []
    if not page.reports and not drafts and not followed:
        context.show(texts.nothing_yet(t))
        return
    rows: Keyboard = [[Key(texts.unsent(t), GoOn(row.draft_id))] for row in drafts]
    for report in page.reports:
        text = "" if report.sealed else report.text
        label = texts.item(t, number=number_of(report), text=text, unread=report.id in page.unread)
        rows.append([Key(label, OpenOne(report.id, words=False))])
    if page.more:
        rows.append([Key(texts.older(t), OpenMine(page.reports[-1].id))])
    context.show(texts.overview(t), [*rows, *followed])


async def on_one(_update: Update, context: Ctx, pressed: OpenOne) -> None:
    """Show one report; what a sealed one says only when asked for."""
    report = await reports.own(context.work, context.person, pressed.report)
    if report is None:
        context.show(texts.not_yours(context.t))
    else:
        await show_one(context, report, words=pressed.words or not report.sealed)


async def show_one(context: Ctx, report: Report, *, words: bool) -> None:
    """Show a report, with its words or without."""
    t = context.t
    status, promise = await _status(context, report, words=words), _promise(context, report)
    number = number_of(report)
    if words:
        area = await town.area(context.work.session, report.area_code)
        place, talk = area.name if area else None, await _talk(context, report)
        text = texts.one(
            t,
            number=number,
            kind=report.kind,
            theme=report.theme,
            place=place,
            text=report.text,
            status=status,
            promise=promise,
            talk=talk,
        )
    else:
        text = texts.one_sealed(t, number=number, status=status, promise=promise)
    asked = await partner_queries.asking(context.work.session, [report.id])
    waits = [[Key(partner_yes.question_waits(t), ReadPass(mail.id))] for mail in asked]
    context.show(text, [*waits, *_one_keys(context, report, words=words)])


def _one_keys(context: Ctx, report: Report, *, words: bool) -> Keyboard:
    t = context.t
    rows: Keyboard = []
    if report.sealed:
        label = texts.hide_words(t) if words else texts.show_words(t)
        rows.append([Key(label, OpenOne(report.id, words=not words))])
    rows.append([Key(texts.add(t), ReplyTo(report.id))])
    if report.status is not ReportStatus.CLOSED:
        name = Key(report_buttons.first_name(t), Rename(report.id))
        rows.append([name, Key(texts.withdraw(t), Withdraw(report.id, sure=False))])
    elif report.close_reason is not CloseReason.WITHDRAWN:
        rows.append([Key(resident_texts.not_solved_label(t), NotSolved(report.id))])
    if report.sealed:
        rows.append([Key(report_buttons.wipe(t), Wipe())])
    return [*rows, [Key(texts.mine(t), OpenMine(None))]]


async def _status(context: Ctx, report: Report, *, words: bool) -> str:
    reason = labels.close_reason(context.t, report.close_reason) if report.close_reason else None
    partner = await context.work.session.get(Partner, report.partner_id) if report.partner_id and words else None
    line = texts.status(
        context.t,
        of=report.status,
        worker=await signed(context, report.holder_id),
        reason=reason,
        partner=partner.name if partner else None,
    )
    if report.passed_on_at is None or report.sealed:
        return line
    return f"{line}\n{talk_texts.passed_on_line(context.t, day=context.t.day_of(report.passed_on_at))}"


def _promise(context: Ctx, report: Report) -> str:
    kept = report.kept_at is not None or report.status is ReportStatus.CLOSED
    if report.promise_on is None or kept or not report.may_write_back:
        return ""
    return texts.promise(context.t, before=reports.told_before(report.promise_on))


async def _talk(context: Ctx, report: Report) -> list[str]:
    lines = []
    for message in await queries.talk(context.work.session, report.id, limit=reports.TALK):
        if message.direction is MessageDirection.RESIDENT:
            lines.append(texts.said_by_me(context.t, text=message.text, files=len(message.media or ())))
            continue
        message.read_at = message.read_at or context.now
        name = await first_name_of(context, message.author_id)
        lines.append(texts.said_by_worker(context.t, name=name, text=message.text))
    return lines


BUTTONS: list[Route] = [OnOwnButton(OpenMine, on_list), OnOwnButton(OpenOne, on_one)]
