"""What a worker sees in private while writing: the request, and the preview."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.enums import CloseReason
from bot.domain.reports import format_number, parse_number
from bot.domain.time import local_date
from bot.services import triage
from bot.services.desk import standard_answers
from bot.services.triage import Outcome, Reached
from bot.texts import merging as merging_texts
from bot.texts import partners as partner_texts
from bot.texts import resident as resident_texts
from bot.texts import standard_answers as ready_texts
from bot.texts import triage_answers as texts
from handlers.buttons import Button, Key, Keyboard, button
from handlers.context import Ctx
from handlers.conversation import Stop
from handlers.staff.drafts import Purpose, Writing
from handlers.staff.private import private_t, refusal
from storage.models import Person, Report
from storage.queries import town
from storage.queries import triage as queries


@button("ts")
@dataclass(frozen=True)
class Send(Button):
    """*Versturen*; `now` also at night. `words` tells this preview from an earlier one of the same draft."""

    draft: int
    now: bool
    words: int


@button("tw")
@dataclass(frozen=True)
class Rewrite(Button):
    """*Anders schrijven*."""

    draft: int


@button("trd")
@dataclass(frozen=True)
class PickReady(Button):
    """A standard answer, which becomes the draft."""

    draft: int
    answer: int


@button("tzg")
@dataclass(frozen=True)
class GoOnWith(Button):
    """*Verder* with the standard answer as it is; `words` tells which."""

    draft: int
    words: int


@dataclass(frozen=True)
class Page:
    """A text with its keyboard; `protect` when it holds words of the resident, `new` when it can't stay protected.

    `hidden`: keys that are not shown but can be typed.
    """

    text: str
    keyboard: Keyboard
    protect: bool = False
    new: bool = False
    hidden: Sequence[Key] = ()


def number_of(report: Report | None) -> str:
    """Return the number as it is shown."""
    return "?" if report is None else format_number(report.year, report.number)


def fingerprint(draft: Writing) -> int:
    """Return a number that says which words a preview showed."""
    return zlib.crc32(draft.text.encode("utf-8", "surrogatepass"))


def refused(context: Ctx, outcome: Outcome) -> str:
    """Return why nothing was kept or sent."""
    return refusal(context, outcome)


async def report_named(context: Ctx, text: str) -> Report | None:
    """Return the report that somebody names by its number; without a year it is this year's."""
    number = parse_number(text)
    if number is None:
        return None
    zone = private_t(context).zone
    year = number.year or local_date(context.now, zone).year
    return await queries.by_number(context.work.session, year, number.serial)


async def ask(context: Ctx, report: Report, draft: Writing, draft_id: int) -> Page:
    """Return the request for words."""
    t = private_t(context)
    about, protect = await about_report(context, report)
    stop: Keyboard = [[Key(texts.labels_of(t)["stop"], Stop(draft_id))]]
    if draft.purpose is Purpose.NOTE:
        return Page(texts.write_note(t, about=about), stop, protect)
    if draft.purpose is Purpose.PUBLIC:
        return Page(partner_texts.write_public(t, about=about, now=report.public_line), stop, protect)
    if draft.purpose is Purpose.MERGE:
        return Page(merging_texts.write_number(t, about=about), stop, protect)
    if draft.purpose is Purpose.CLOSING and draft.reason is not None:
        return Page(texts.write_detail(t, about=about, reason=draft.reason), stop, protect)
    if draft.text:
        return await _chosen(context, report, draft, draft_id)
    language = texts.language_name(t, report.language)
    question = draft.purpose is Purpose.QUESTION
    text = texts.write_answer(t, about=about, language=language, question=question)
    ready = [] if question else await _ready(context, report, draft_id)
    return Page(f"{text}\n\n{ready_texts.pick(t)}" if ready else text, [*ready, *stop], protect)


async def _chosen(context: Ctx, report: Report, draft: Writing, draft_id: int) -> Page:
    """Return the standard answer that was picked. It stands without words of the resident, so that it can be copied."""
    t = private_t(context)
    text = ready_texts.chosen(t, about=texts.about(t, number=number_of(report), first_words=None), text=draft.text)
    go_on = [Key(ready_texts.go_on_label(t), GoOnWith(draft_id, fingerprint(draft)))]
    stop = [Key(texts.labels_of(t)["stop"], Stop(draft_id))]
    return Page(text, [go_on, *await _ready(context, report, draft_id), stop], new=True)


async def _ready(context: Ctx, report: Report, draft_id: int) -> Keyboard:
    """Return one key for each standard answer of the report's theme, in the language of its resident."""
    found = await standard_answers.offered(context.work, report)
    return [[Key(each.title, PickReady(draft_id, each.id))] for each in found]


async def preview(context: Ctx, report: Report, draft: Writing, draft_id: int) -> Page:
    """Return what the resident gets, with the number and the first words of the report."""
    t = private_t(context)
    names, words = texts.labels_of(t), fingerprint(draft)
    about, protect = await about_report(context, report)
    rest = [Key(names["rewrite"], Rewrite(draft_id)), Key(names["stop"], Stop(draft_id))]
    if draft.purpose is Purpose.MERGE:
        told = await _closing(context, report, draft.model_copy(update={"reason": CloseReason.ALREADY_REPORTED}))
        text = merging_texts.preview(t, about=about, into=draft.text, text=told)
        return Page(
            text, [[Key(merging_texts.do_merge_label(t), Send(draft_id, now=False, words=words))], rest], protect
        )
    if draft.purpose is Purpose.CLOSING:
        text = texts.finish_preview(t, about=about, text=await _closing(context, report, draft))
        return Page(text, [[Key(names["finish"], Send(draft_id, now=False, words=words))], rest], protect)
    text = texts.preview(t, about=about, text=draft.text, question=draft.purpose is Purpose.QUESTION)
    way = await triage.when(context.work, report)
    send = [Key(names["send"], Send(draft_id, now=False, words=words))]
    if way.reached is Reached.LATER and way.at is not None:
        text += "\n" + texts.waits_for_morning(t, moment=t.moment(way.at))
        morning, at_once = Send(draft_id, now=False, words=words), Send(draft_id, now=True, words=words)
        send = [Key(names["send_morning"], morning), Key(names["send_now"], at_once)]
    elif way.reached is Reached.WAITS:
        text += "\n" + texts.waits_for_resident(t)
    return Page(text, [send, rest], protect)


async def about_report(context: Ctx, report: Report) -> tuple[str, bool]:
    """Return number and first words where this worker may see them, and whether the message must be protected."""
    may = await triage.may_open(context.work, report, context.person.id)
    words = report.text if may else None
    return texts.about(private_t(context), number=number_of(report), first_words=words), bool(words)


async def _closing(context: Ctx, report: Report, draft: Writing) -> str:
    """Return what a closing will say, in the resident's language."""
    if draft.reason is None:
        return ""
    reader = await context.work.session.get(Person, report.resident_id) if report.resident_id else None
    t = context.scope.translators(reader)
    organisation = await town.organisation(context.work.session)
    sender = resident_texts.signed(t, name=context.person.name or "?", organisation=organisation.name)
    told = resident_texts.closing(t, number=number_of(report), reason=draft.reason, detail=draft.text, sender=sender)
    follows = draft.purpose is Purpose.MERGE and not report.sealed
    return f"{told}\n{merging_texts.you_follow(t, number=draft.text)}" if follows else told
