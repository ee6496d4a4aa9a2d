"""The lines of a report's card, and the facts that they tell."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.enums import Kind, MediaKind, MessageDirection, Reachable, ReportStatus, Source
from bot.domain.reports import ReportNumber, format_number
from bot.services.triage import Later, after
from bot.texts import Translator
from bot.texts import after as after_texts
from bot.texts import conversation as talk_texts
from bot.texts import merging as merging_texts
from bot.texts import partners as partner_texts
from bot.texts import signals as signal_texts
from bot.texts import triage as texts
from bot.texts import triage_notices as notice_texts
from handlers.report.asides import PARTS
from handlers.staff.buttons import Menu
from handlers.views.registry import Reading
from storage.models import Area, Partner, PartnerMail, Person, Report, ReportMessage, ReportNote
from storage.queries import following, me_too, town
from storage.queries import partners as partner_queries
from storage.queries import triage as queries

_NOTES = 3
_TALK = 6
_MAILS = 3


@dataclass(frozen=True)
class Facts:
    """Everything that a card may tell about a report."""

    report: Report
    area: Area | None
    holder: Person | None
    resident: Person | None
    recorder: Person | None
    files: dict[MediaKind, int]
    talk: list[ReportMessage]
    notes: list[tuple[str, ReportNote]]
    mails: list[tuple[PartnerMail, Partner]]
    thumb: str | None = None
    later: Later | None = None
    followers: int = 0
    group: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """`M-2026-0042`."""
        return format_number(self.report.year, self.report.number)

    @property
    def short(self) -> str:
        """`0042`."""
        return ReportNumber(self.report.number).short


async def facts_of(reading: Reading, report: Report) -> Facts:
    """Read what a card tells."""
    session = reading.work.session
    thumb, later = await _afterwards(reading, report)
    return Facts(
        report=report,
        area=await town.area(session, report.area_code),
        holder=await session.get(Person, report.holder_id) if report.holder_id else None,
        resident=await session.get(Person, report.resident_id) if report.resident_id else None,
        recorder=await session.get(Person, report.recorded_by) if report.recorded_by else None,
        files=dict(Counter(file.kind for file in await queries.media_of(session, report.id))),
        talk=list(await queries.messages_of(session, report.id)),
        followers=await following.count_of(session, report.id),
        group=tuple(format_number(each.year, each.number) for each in await me_too.group_of(session, report)),
        notes=[(await _name(reading, note.author_id), note) for note in await queries.notes_of(session, report.id)],
        mails=await partner_queries.of_report(session, report.id),
        thumb=thumb,
        later=later,
    )


async def _afterwards(reading: Reading, report: Report) -> tuple[str | None, Later | None]:
    """Return the thumb and the later answer of the resident of a closed report."""
    closing = await queries.last_event(reading.work.session, report.id, "closed")
    if closing is None or not await after.stands(reading.work, report, closing.id):
        return None, None
    thumb = await after.thumb(reading.work, report.id, closing.id)
    return thumb, await after.said_later(reading.work, report.id, closing.id)


async def _name(reading: Reading, person_id: int | None) -> str:
    person = await reading.work.session.get(Person, person_id) if person_id else None
    return (person.name if person else None) or "?"


def head(t: Translator, facts: Facts, *, sealed: bool, kind: Kind | None = None) -> list[str]:
    """Return number, what and where; *sealed* tells no kind but the one given."""
    report = facts.report
    area, region = (facts.area.name, facts.area.region) if facts.area else (None, None)
    shown = kind if sealed else report.kind
    return [
        texts.headline(t, number=facts.number, danger=report.danger, sealed=sealed),
        texts.subject(t, kind=shown, theme=report.theme, area=area, region=region),
    ]


def words(t: Translator, facts: Facts, *, private: bool = False) -> list[str]:
    """Return what only an open card, or a private one, may tell."""
    report = facts.report
    if report.resident_id is not None or (report.recorded_by is None and report.source is Source.CHAT):
        lines = [texts.who(t, number=facts.short, name=report.resident_name, language=report.language)]
    else:
        by = texts.signal(t, worker=facts.recorder.name if facts.recorder else None)
        lines = [f"{by} {signal_texts.card_source(t, source=report.source)}"]
    if report.text:
        lines.append(texts.quoted(report.text, texts.WORDS_ON_CARD))
    elif not facts.files:
        lines.append(texts.erased(t))
    if facts.files:
        lines.append(texts.files(t, counts=facts.files, below=not private))
    if report.passed_on_at is not None:
        lines.append(talk_texts.passed_on_line(t, day=t.day_of(report.passed_on_at)))
    elif report.pass_on:
        lines.append(texts.pass_on(t))
    if report.call_me:
        lines.append(_call(t, report.call_me) if private else texts.call_hint(t))
    return lines


def _call(t: Translator, asked: dict[str, Any]) -> str:
    number, part, language = (asked.get(name) for name in ("number", "part", "language"))
    named = PARTS.get(str(part))
    return texts.call_me(t, number=str(number), part_of_day=named(t) if named else None, language=language)


def state(t: Translator, facts: Facts, *, hidden: bool = False) -> list[str]:
    """Return dates, status and holder: what every card tells; *hidden*: without any word that was typed."""
    report = facts.report
    lines = ["", texts.reported(t, day=t.day_of(report.created_at))]
    if report.kept_at is not None:
        lines.append(texts.kept(t, day=t.day_of(report.kept_at)))
    elif report.promise_on is not None and report.status is not ReportStatus.CLOSED:
        lines.append(texts.promised(t, day=t.day(report.promise_on)))
    holder = facts.holder.name if facts.holder else None
    if report.status is ReportStatus.CLOSED and report.close_reason is not None:
        why = texts.reason(t, report.close_reason, None if hidden or report.sealed else report.close_detail)
        lines.append(texts.closed(t, reason=why, holder=holder, day=t.day_of(report.closed_at or report.changed_at)))
    else:
        day = t.day_of(report.taken_at or report.changed_at)
        partner = None if hidden else _passed_on_to(facts)
        lines.append(texts.status(t, status=report.status, holder=holder, day=day, partner=partner))
    lines += mails(t, facts.mails[-_MAILS:], hidden=hidden)
    if report.public_line and not (hidden or report.sealed):
        lines.append(partner_texts.public_on_card(t, line=report.public_line))
    said = [message for message in facts.talk if message.direction is MessageDirection.RESIDENT]
    if said:
        lines.append(texts.last_words(t, day=t.day_of(said[-1].created_at)))
    if facts.thumb is not None:
        lines.append(after_texts.card_thumb(t, good=facts.thumb == after.UP))
    if facts.later is not None:
        lines.append(after_texts.card_later(t, good=facts.later is Later.GOOD))
    if facts.group and not hidden:
        lines.append(merging_texts.group_line(t, numbers=facts.group))
    if facts.followers:
        lines.append(merging_texts.followers(t, count=facts.followers))
    if not report.may_write_back:
        lines.append(texts.no_write_back(t))
    if report.blocked_at is not None and not hidden:
        lines.append(talk_texts.blocked_line(t, day=t.day_of(report.blocked_at)))
    if facts.resident is not None and facts.resident.reachable in (Reachable.BLOCKED, Reachable.GONE):
        lines.append(texts.unreachable(t))
    return lines


def _passed_on_to(facts: Facts) -> str | None:
    """Return the name of the partner that has the report."""
    return next((partner.name for _mail, partner in facts.mails if partner.id == facts.report.partner_id), None)


def mails(t: Translator, sent: list[tuple[PartnerMail, Partner]], *, hidden: bool = False) -> list[str]:
    """Return a line for each mail to a partner; *hidden*: without to whom."""
    return [
        partner_texts.card_line(
            t,
            state=mail.state,
            partner=None if hidden else partner.name,
            day=t.day_of(mail.answered_at or mail.sent_at or mail.created_at),
            reason=mail.reason,
            answered=mail.answered_at is not None,
        )
        for mail, partner in sent
    ]


def notes(t: Translator, facts: Facts) -> list[str]:
    """Return the newest notes."""
    return [
        texts.note(t, name=name, day=t.day_of(note.created_at), text=note.text) for name, note in facts.notes[-_NOTES:]
    ]


def likely(t: Translator, reports: Sequence[Report], *, menu: str) -> list[str]:
    """Return what the menu *Samenvoegen* says, with the reports that may be about the same."""
    if menu != Menu.MERGE:
        return []
    lines = ["", merging_texts.question(t, any_likely=bool(reports))]
    for each in reports:
        number, day = format_number(each.year, each.number), t.day_of(each.created_at)
        lines.append(merging_texts.likely_line(t, number=number, day=day, text=each.text))
    return lines


def is_cut(facts: Facts) -> bool:
    """Tell whether a private card leaves out words or files of the resident, which *Hele tekst en bestanden* shows."""
    said = [message for message in facts.talk if message.direction is MessageDirection.RESIDENT]
    return (
        bool(facts.files)
        or texts.shorten(facts.report.text, texts.WORDS_ON_CARD) != facts.report.text
        or any(message.media or texts.shorten(message.text, texts.LINE_ON_CARD) != message.text for message in said)
        or any(message not in facts.talk[-_TALK:] for message in said)
    )


async def talk(reading: Reading, facts: Facts) -> list[str]:
    """Return the last of what resident and worker said to each other."""
    t, lines = reading.t, []
    for message in facts.talk[-_TALK:]:
        if message.direction is MessageDirection.RESIDENT:
            name = texts.resident(t, number=facts.short, name=facts.report.resident_name)
        else:
            name = await _name(reading, message.author_id)
        text = message.text or notice_texts.resident_sent_files(t)
        lines.append(texts.talk_line(t, name=name, day=t.day_of(message.created_at), text=text))
    return ["", *lines] if lines else []
