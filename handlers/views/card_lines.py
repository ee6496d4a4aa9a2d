"""The lines of a report's card, and the facts that they tell."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from bot.domain.enums import Kind, MediaKind, MessageDirection, Reachable, ReportStatus
from bot.domain.reports import ReportNumber, format_number
from bot.texts import Translator
from bot.texts import triage as texts
from bot.texts import triage_notices as notice_texts
from handlers.views.registry import Reading
from storage.models import Area, Person, Report, ReportMessage, ReportNote
from storage.queries import town
from storage.queries import triage as queries

_NOTES = 3
_TALK = 6


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
    return Facts(
        report=report,
        area=await town.area(session, report.area_code),
        holder=await session.get(Person, report.holder_id) if report.holder_id else None,
        resident=await session.get(Person, report.resident_id) if report.resident_id else None,
        recorder=await session.get(Person, report.recorded_by) if report.recorded_by else None,
        files=dict(Counter(file.kind for file in await queries.media_of(session, report.id))),
        talk=list(await queries.messages_of(session, report.id)),
        notes=[(await _name(reading, note.author_id), note) for note in await queries.notes_of(session, report.id)],
    )


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
    if report.resident_id is not None or report.recorded_by is None:
        lines = [texts.who(t, number=facts.short, name=report.resident_name, language=report.language)]
    else:
        lines = [texts.signal(t, worker=facts.recorder.name if facts.recorder else None)]
    if report.text:
        lines.append(texts.quoted(report.text, texts.WORDS_ON_CARD))
    elif not facts.files:
        lines.append(texts.erased(t))
    if facts.files:
        lines.append(texts.files(t, counts=facts.files, below=not private))
    if report.pass_on:
        lines.append(texts.pass_on(t))
    if report.call_me:
        lines.append(_call(t, report.call_me) if private else texts.call_hint(t))
    return lines


def _call(t: Translator, asked: dict[str, Any]) -> str:
    number, part, language = (asked.get(name) for name in ("number", "part", "language"))
    return texts.call_me(t, number=str(number), part_of_day=part, language=language)


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
        lines.append(texts.status(t, status=report.status, holder=holder, day=day))
    said = [message for message in facts.talk if message.direction is MessageDirection.RESIDENT]
    if said:
        lines.append(texts.last_words(t, day=t.day_of(said[-1].created_at)))
    if not report.may_write_back:
        lines.append(texts.no_write_back(t))
    if facts.resident is not None and facts.resident.reachable in (Reachable.BLOCKED, Reachable.GONE):
        lines.append(texts.unreachable(t))
    return lines


def notes(t: Translator, facts: Facts) -> list[str]:
    """Return the newest notes."""
    return [
        texts.note(t, name=name, day=t.day_of(note.created_at), text=note.text) for name, note in facts.notes[-_NOTES:]
    ]


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
