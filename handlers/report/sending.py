"""The last steps: two questions for what is sealed, the summary, and sending."""

from bot.domain.drafts import ReportDraft, Step
from bot.domain.enums import Kind, Priority, Theme
from bot.domain.promises import Promises, promise
from bot.domain.reports import format_number
from bot.domain.text_input import Word
from bot.services import rounds
from bot.services.reporting import me_too, reports
from bot.texts import merging as merging_texts
from bot.texts import report as texts
from bot.texts import report_buttons as labels
from bot.texts import report_later as later_texts
from bot.texts import report_sent as sent_texts
from handlers.context import Ctx, keys
from handlers.following.buttons import Leave
from handlers.report import numbers
from handlers.report.about import NO, YES
from handlers.report.flow import PAGES, Page, StepPage, Turn
from handlers.report.wiping import remember_sent
from handlers.views.drawing import Drawing
from storage.models import Organisation, Report
from storage.queries import outbox, town

SEND, PHOTO, NAME, MORE, NO_CALL, NO_DANGER, CHANGE = "send", "photo", "name", "more", "nocall", "nodanger", "change"
JOIN = "join"


async def _consent(context: Ctx, _draft: ReportDraft) -> Page:
    t = context.t
    return Page(texts.consent_question(t), [[(labels.consent_yes(t), YES)], [(labels.consent_none(t), NO)]])


async def _chose_consent(_context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    if value not in (YES, NO):
        return None
    draft.consent = value == YES
    return Turn()


async def _write_back(context: Ctx, _draft: ReportDraft) -> Page:
    t = context.t
    return Page(texts.write_back_question(t), [[(labels.yes(t), YES)], [(labels.write_back_no(t), NO)]])


async def _chose_write_back(_context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    if value not in (YES, NO):
        return None
    draft.may_write_back = value == YES
    return Turn()


async def _summary(context: Ctx, draft: ReportDraft) -> Page:
    t = context.t
    rows = [[(labels.send(t), SEND)], [(labels.add_photo(t), PHOTO), (labels.more_words(t), MORE)]]
    rows.append([(later_texts.change(t), CHANGE)])
    rows.append([(labels.first_name(t), NAME)])
    if draft.call_me is not None:
        rows[-1].append((labels.do_not_call(t), NO_CALL))
    if draft.danger:
        rows.append([(labels.was_no_danger(t), NO_DANGER)])
    organisation = await town.organisation(context.work.session)
    first = (
        sent_texts.privacy_first(t, organisation=organisation.name) if context.person.privacy_shown_at is None else ""
    )
    note = texts.under_16(t) if draft.under_16 else ""
    more = ""
    if await _shared(context, draft) is not None:
        more = merging_texts.more_people(t)
        rows.append([(merging_texts.join_label(t), JOIN)])
    parts = (await _content(context, draft), note, more, _afterwards(context, draft, organisation), first)
    return Page("\n\n".join(filter(None, parts)), rows)


async def _content(context: Ctx, draft: ReportDraft) -> str:
    """Return what will be sent; the summary is only reached once kind and theme are there."""
    if draft.kind is None or draft.theme is None:
        raise LookupError("a summary of an unfinished draft")
    area = await town.area(context.work.session, draft.area)
    return sent_texts.summary(
        context.t,
        kind=draft.kind,
        theme=draft.theme,
        place=area.name if area else None,
        text=draft.text,
        files=len(draft.media),
        name=draft.name,
        phone=draft.call_me.number if draft.call_me else None,
        danger=bool(draft.danger),
        pass_on=bool(draft.pass_on),
    )


def _afterwards(context: Ctx, draft: ReportDraft, organisation: Organisation) -> str:
    """Return who reads it, and what they may expect."""
    t = context.t
    reader = sent_texts.who_reads(t, organisation=organisation.name, sealed=draft.sealed)
    zone = organisation.zone
    theme = draft.theme or Theme.OTHER
    made = promise(theme, context.now, Promises.of(organisation.promises), zone, danger=bool(draft.danger))
    if made is None:
        return (
            f"{reader}\n{sent_texts.danger_hours(t, lines=numbers.listed(t, numbers.for_danger(draft.signs.danger)))}"
        )
    say = sent_texts.promised if draft.may_write_back is not False else sent_texts.comes_back
    return f"{reader}\n{say(t, before=made.before)}"


async def _chose_summary(context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    match value:
        case "send":
            return await _send(context, draft)
        case "join":
            return await _join(context, draft)
        case "photo":
            return Turn(to=Step.PHOTO)
        case "name":
            return Turn(to=Step.NAME)
        case "more":
            return Turn(to=Step.TELL)
        case "change":
            return Turn(to=Step.CHANGE)
        case "nocall":
            draft.call_me = None
        case "nodanger":
            draft.danger = False
        case _:
            return None
    return Turn()


async def _send(context: Ctx, draft: ReportDraft) -> Turn:
    """Make the report; what was shown stays in the chat without its buttons, of a sealed one only that it was sent."""
    row = context.dialogue
    if row is None:
        raise LookupError("no open report")
    outcome = await reports.send(context.work, context.person, draft, row.draft_id)
    if outcome is reports.Unsendable.INCOMPLETE:
        return Turn()
    await _leave_shown(context, draft)
    remember_sent(context, draft.heard)
    context.person.prompt = None
    await context.end_dialogue()
    if draft.walk is not None:
        await rounds.found(context.work, draft.walk.round, outcome.report, context.person.id)
    return Turn(ended=True)


async def _shared(context: Ctx, draft: ReportDraft) -> Report | None:
    """Return the report that this draft may follow instead, as enough others told of the same thing here."""
    if draft.kind is not Kind.PLACE or draft.theme is None or draft.sealed or draft.lat is None or draft.lon is None:
        return None
    return await me_too.nearby(context.work, context.person.id, theme=draft.theme, lat=draft.lat, lon=draft.lon)


async def _join(context: Ctx, draft: ReportDraft) -> Turn:
    """Follow what others told of; the draft goes unsent. Shows the summary again when it is too late."""
    report = await _shared(context, draft)
    if report is None or not await me_too.join(context.work, report.id, context.person):
        return Turn()
    remember_sent(context, draft.heard)
    await context.end_dialogue()
    joined = merging_texts.joined(context.t, number=format_number(report.year, report.number))
    context.show(joined, keys((merging_texts.leave_label(context.t), Leave(report.id))))
    return Turn(ended=True)


async def _leave_shown(context: Ctx, draft: ReportDraft) -> None:
    """Turn the summary into what may stay in the chat, also when *versturen* was typed below it."""
    message_id = context.tapped_prompt()
    if message_id is None:
        message_id = await outbox.shown_as(context.work.session, context.prompt_key)
    if message_id is None:
        return
    shown = sent_texts.summary_sealed(context.t) if draft.sealed else await _content(context, draft)
    context.work.say(
        Drawing(text=shown).to_payload(),
        chat=context.chat_id,
        key=context.prompt_key,
        message_id=message_id,
        # What nobody else may read goes first; otherwise the receipt does, and other people's answers.
        priority=Priority.ANSWER if draft.sealed else Priority.CARD,
    )


PAGES |= {
    Step.CONSENT: StepPage(_consent, _chose_consent, words={Word.YES: YES, Word.NO: NO}),
    Step.WRITE_BACK: StepPage(_write_back, _chose_write_back, words={Word.YES: YES, Word.NO: NO}),
    Step.SUMMARY: StepPage(_summary, _chose_summary, words={Word.SEND: SEND, Word.YES: SEND}),
}
