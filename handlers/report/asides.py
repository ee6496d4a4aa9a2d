"""Steps beside the way: a first name, a photo, and *Bel mij liever*. Each returns to what is asked next."""

import re

from bot.domain.drafts import MAX_NAME, CallMe, ReportDraft, Step, next_step
from bot.domain.text_input import Word, is_empty
from bot.domain.traces import has_phone_number
from bot.texts import report as texts
from bot.texts import report_buttons as labels
from bot.texts import report_sent as sent_texts
from bot.texts.start import LANGUAGE_NAMES
from handlers.context import Ctx
from handlers.report.about import NO, ON
from handlers.report.flow import PAGES, Page, StepPage, Turn

MAX_PHONE = 40
PARTS = {"morning": labels.morning, "afternoon": labels.afternoon, "any": labels.any_time}


def _on(draft: ReportDraft) -> Turn:
    return Turn(to=next_step(draft))


def first_name(text: str) -> str | None:
    """Return what was typed as a first name on one line, None when it holds no letter or is too long for one."""
    name = " ".join(text.split())
    return (
        name
        if 0 < len(name) <= MAX_NAME and any(char.isalpha() for char in name) and not name.startswith("/")
        else None
    )


async def _name(context: Ctx, _draft: ReportDraft) -> Page:
    return Page(sent_texts.name_question(context.t), [[(labels.no_name(context.t), NO)]])


async def _chose_name(_context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    if value != NO:
        return None
    draft.name = None
    return _on(draft)


async def _heard_name(context: Ctx, draft: ReportDraft, text: str) -> Turn | None:
    name = first_name(text)
    if name is None:
        return Turn(above=sent_texts.name_unclear(context.t), missed=True)
    draft.name = name
    return _on(draft)


async def _photo(context: Ctx, draft: ReportDraft) -> Page:
    return Page(texts.photo_prompt(context.t, count=len(draft.media)), [[(labels.go_on(context.t), ON)]])


async def _chose_photo(_context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    return _on(draft) if value == ON else None


async def _phone(context: Ctx, _draft: ReportDraft) -> Page:
    return Page(sent_texts.phone_question(context.t))


async def _chose_nothing(_context: Ctx, _draft: ReportDraft, _value: str) -> Turn | None:
    return None


async def _heard_phone(context: Ctx, draft: ReportDraft, text: str) -> Turn | None:
    return take_phone(context, draft, text)


def take_phone(context: Ctx, draft: ReportDraft, text: str) -> Turn:
    """Take a telephone number that was typed or shared as a contact."""
    number = " ".join(text.split())
    if len(number) > MAX_PHONE or not has_phone_number(re.sub(r"^\+", "00", number)):
        return Turn(above=sent_texts.phone_unclear(context.t), missed=True)
    draft.call_me = CallMe(number=number)
    return Turn(to=Step.DAY_PART)


async def _part(context: Ctx, _draft: ReportDraft) -> Page:
    rows = [[(label(context.t), value)] for value, label in PARTS.items()]
    return Page(sent_texts.day_part_question(context.t), rows)


async def _chose_part(_context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    if value not in PARTS or draft.call_me is None:
        return None
    draft.call_me.part = value
    return Turn(to=Step.CALL_LANGUAGE)


async def _language(context: Ctx, _draft: ReportDraft) -> Page:
    rows = [[(name, language.value)] for language, name in LANGUAGE_NAMES.items()]
    return Page(sent_texts.call_language_question(context.t), rows)


async def _chose_language(context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    known = {language.value: name for language, name in LANGUAGE_NAMES.items()}
    return _speaks(context, draft, known[value]) if value in known else None


async def _heard_language(context: Ctx, draft: ReportDraft, text: str) -> Turn | None:
    return None if is_empty(text) else _speaks(context, draft, " ".join(text.split())[:MAX_NAME])


def _speaks(context: Ctx, draft: ReportDraft, language: str) -> Turn | None:
    if draft.call_me is None:
        return None
    draft.call_me.language = language
    step = next_step(draft)
    return Turn(to=step, above="" if step is Step.SUMMARY else sent_texts.will_call(context.t))


PAGES |= {
    Step.NAME: StepPage(_name, _chose_name, _heard_name, {Word.SKIP: NO, Word.NO: NO}),
    Step.PHOTO: StepPage(_photo, _chose_photo, words={Word.SKIP: ON, Word.NO: ON, Word.YES: ON}),
    Step.PHONE: StepPage(_phone, _chose_nothing, _heard_phone),
    Step.DAY_PART: StepPage(_part, _chose_part),
    Step.CALL_LANGUAGE: StepPage(_language, _chose_language, _heard_language),
}
