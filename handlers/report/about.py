"""The first steps: what there is to tell, what it is about, danger, people, theme, and the municipality's counter."""

from bot.domain.drafts import ReportDraft, Step
from bot.domain.enums import Kind, Theme
from bot.domain.reports import asks_for_no_names
from bot.domain.text_input import Word
from bot.domain.themes import offered
from bot.services.reporting import signs
from bot.texts import labels as names
from bot.texts import report as texts
from bot.texts import report_buttons as labels
from bot.texts import start as start_texts
from handlers.context import Ctx
from handlers.report import numbers
from handlers.report.flow import DANGER_NOW, PAGES, Page, StepPage, Turn
from storage.queries import town

KINDS = (Kind.PLACE, Kind.NUISANCE, Kind.PERSON, Kind.SELF, Kind.IDEA)
PEOPLE_KINDS = (Kind.NUISANCE, Kind.PERSON)
YES, NO, ON = "yes", "no", "on"
_YES_NO = {Word.YES: YES, Word.NO: NO}


def _lines(*lines: str) -> str:
    return "\n\n".join(filter(None, lines))


async def _tell(context: Ctx, draft: ReportDraft) -> Page:
    t = context.t
    note = texts.no_names(t) if asks_for_no_names(draft.kind) else ""
    sos = [(labels.now_danger(t), DANGER_NOW)]
    if draft.empty:
        return Page(_lines(texts.tell(t), note, texts.danger_line(t)), [sos])
    told = texts.told_so_far(t, text=draft.text, files=len(draft.media))
    go_on = [(labels.go_on(t), ON)]
    return Page(_lines(told, note), [go_on]) if draft.trail else Page(_lines(told, texts.danger_line(t)), [go_on, sos])


async def _chose_tell(_context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    return Turn() if value == ON and not draft.empty else None


async def _kind(context: Ctx, draft: ReportDraft) -> Page:
    t = context.t
    rows = [[(names.kind(t, kind), kind.value)] for kind in KINDS]
    unread = signs.shows_help_line(t.language, spoken=draft.spoken)
    text = _lines(
        numbers.help_now(t) if unread else "",
        texts.kind_question(t),
        texts.danger_line(t),
    )
    return Page(text, [*rows, [(labels.now_danger(t), DANGER_NOW)]])


async def _chose_kind(context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    if value not in KINDS:
        return None
    draft.kind = Kind(value)
    return Turn(above=texts.no_names(context.t) if asks_for_no_names(draft.kind) else "")


async def _danger(context: Ctx, draft: ReportDraft) -> Page:
    t = context.t
    first = texts.danger_line(t) if draft.kind is None else ""
    rows = [[(labels.yes(t), YES), (labels.no(t), NO)]]
    if first:
        rows.append([(labels.now_danger(t), DANGER_NOW)])
    return Page(_lines(texts.danger_question(t), first), rows)


async def _chose_danger(_context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    if value not in (YES, NO):
        return None
    draft.danger = value == YES
    return Turn(to=Step.CALL_112) if draft.danger else Turn()


async def _call_112(context: Ctx, _draft: ReportDraft) -> Page:
    t = context.t
    return Page(texts.call_112(t), [[(labels.have_called(t), YES)], [(labels.was_no_danger(t), NO)]])


async def _chose_112(_context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    if value not in (YES, NO):
        return None
    draft.danger = value == YES
    return Turn()


async def _people(context: Ctx, _draft: ReportDraft) -> Page:
    t = context.t
    return Page(texts.people_question(t), [[(labels.yes(t), YES), (labels.no(t), NO)]])


async def _chose_people(_context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    if value not in (YES, NO):
        return None
    draft.about_people = value == YES
    return Turn()


async def _people_kind(context: Ctx, _draft: ReportDraft) -> Page:
    t = context.t
    text = _lines(texts.people_kind_question(t), texts.no_names(t))
    return Page(text, [[(names.kind(t, kind), kind.value)] for kind in PEOPLE_KINDS])


async def _chose_people_kind(_context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    if value not in PEOPLE_KINDS:
        return None
    draft.kind = Kind(value)
    return Turn()


async def _complaint(context: Ctx, _draft: ReportDraft) -> Page:
    t = context.t
    rows = [[(labels.is_complaint(t), YES)], [(labels.is_report(t), NO)]]
    return Page(await _how_to_complain(context), rows)


async def _chose_complaint(context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    if value == YES:
        await context.end_dialogue()
        context.show(_lines(texts.complaint_not_sent(context.t), await _how_to_complain(context)))
        return Turn(ended=True)
    if value != NO:
        return None
    draft.complaint = False
    return Turn()


async def _how_to_complain(context: Ctx) -> str:
    organisation = await town.organisation(context.work.session)
    contact = str(organisation.privacy["contact"])
    return start_texts.complaint(context.t, organisation=organisation.name, contact=contact)


async def _words(context: Ctx, draft: ReportDraft) -> Page:
    t = context.t
    note = texts.no_names(t) if asks_for_no_names(draft.kind) else ""
    return Page(_lines(texts.words_question(t), note), [[(labels.no_words(t), ON)]])


async def _chose_words(_context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    if value != ON:
        return None
    draft.words_done = True
    return Turn()


async def _theme(context: Ctx, draft: ReportDraft) -> Page:
    t = context.t
    guess = draft.signs.theme
    options = [(names.theme(t, theme), theme.value) for theme in offered(draft.signs.likely) if theme is not guess]
    rows = [options[at : at + 2] for at in range(0, len(options), 2)]
    first = [[(names.theme(t, guess), guess.value)]] if guess else []
    return Page(texts.theme_question(t, guessed=guess is not None), [*first, *rows])


async def _chose_theme(_context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    if value not in [theme.value for theme in Theme]:
        return None
    draft.theme = Theme(value)
    return Turn()


async def _details(context: Ctx, draft: ReportDraft) -> Page:
    t = context.t
    told = not draft.empty
    return Page(texts.details_question(t), [[(labels.details_are_there(t), ON)]] if told else [])


async def _chose_details(_context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    if value != ON or draft.empty:
        return None
    draft.details_done = True
    return Turn()


async def _counter(context: Ctx, _draft: ReportDraft) -> Page:
    t = context.t
    rows = [[(labels.report_myself(t), NO)], [(labels.pass_on(t), YES)]]
    return Page(texts.counter(t, link=numbers.municipality_link()), rows)


async def _chose_counter(context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    if value == NO:
        await context.end_dialogue()
        context.show(f"{texts.self_reported(context.t)}\n{texts.counter(context.t, link=numbers.municipality_link())}")
        return Turn(ended=True)
    if value != YES:
        return None
    draft.pass_on = True
    return Turn()


PAGES |= {
    Step.TELL: StepPage(_tell, _chose_tell, words={Word.NO: ON, Word.SKIP: ON, Word.SEND: ON}),
    Step.KIND: StepPage(_kind, _chose_kind),
    Step.DANGER: StepPage(_danger, _chose_danger, words=_YES_NO),
    Step.CALL_112: StepPage(_call_112, _chose_112),
    Step.COMPLAINT: StepPage(_complaint, _chose_complaint, words=_YES_NO),
    Step.PEOPLE: StepPage(_people, _chose_people, words=_YES_NO),
    Step.PEOPLE_KIND: StepPage(_people_kind, _chose_people_kind),
    Step.WORDS: StepPage(_words, _chose_words, words={Word.SKIP: ON}),
    Step.THEME: StepPage(_theme, _chose_theme),
    Step.DETAILS: StepPage(_details, _chose_details, words={Word.YES: ON, Word.SKIP: ON}),
    Step.COUNTER: StepPage(_counter, _chose_counter),
}
