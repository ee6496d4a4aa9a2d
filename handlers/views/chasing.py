"""What staff are told about promises that are not kept yet: numbers and dates, drawn from the state of the moment."""

from collections.abc import Sequence

from bot.domain.enums import ReportStatus
from bot.domain.notices.chasing import (
    ChaseAdmin,
    ChaseContact,
    ChaseDesk,
    ChaseHolder,
    DangerToAdmin,
    StandsStill,
    WordsForDesk,
)
from bot.domain.notices.triage import ReportCard
from bot.domain.reports import ReportNumber, format_number
from bot.services.desk import chasing, presence, stalled
from bot.texts import chasing as texts
from bot.texts import triage_notices as notice_texts
from handlers.buttons import Key, Keyboard
from handlers.staff.buttons import Open, TakeLate
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Desk, Person, Report, ReportMessage
from storage.queries import outbox
from storage.queries.chasing import Waiting

#: So many reports are named in one message, oldest promise first.
_MOST = 20


@view(ChaseHolder)
async def chase_holder(notice: ChaseHolder, reading: Reading) -> Drawn:
    """Tell a worker what is due today."""
    rows = await chasing.of_person(reading.work, notice.desk, notice.person)
    if not rows:
        return NotAnyMore("answered")
    return Drawing(
        text=texts.due_today(reading.t, lines=await _lines(reading, rows)), keyboard=await _opens(reading, rows)
    )


@view(ChaseDesk)
async def chase_desk(notice: ChaseDesk, reading: Reading) -> Drawn:
    """Tell the group what is late, and call the contact by name when that can't be done in private."""
    rows = await chasing.of_desk(reading.work, notice.desk)
    desk = await reading.work.session.get(Desk, notice.desk)
    if desk is None or not rows:
        return NotAnyMore("answered") if reading.message_id is None else Drawing(text=texts.answered(reading.t))
    contact_id = await chasing.contact_to_call(reading.work, desk)
    contact = None if contact_id is None else await reading.work.session.get(Person, contact_id)
    called = None if contact is None else notice_texts.mention(contact.name or "?", contact.id)
    text = texts.at_desk(reading.t, lines=await _lines(reading, rows), called=called)
    return Drawing(text=text, keyboard=await _takes(reading, rows))


@view(ChaseContact)
async def chase_contact(notice: ChaseContact, reading: Reading) -> Drawn:
    """Tell the contact what waits three times too long."""
    rows = await chasing.of_contact(reading.work, notice.desk)
    desk = await reading.work.session.get(Desk, notice.desk)
    if desk is None or not rows:
        return NotAnyMore("answered")
    text = texts.to_contact(reading.t, desk=desk.name, lines=await _lines(reading, rows))
    return Drawing(text=text, keyboard=await _takes(reading, rows))


@view(ChaseAdmin)
async def chase_admin(notice: ChaseAdmin, reading: Reading) -> Drawn:
    """Tell a beheerder what waits at a desk where nobody is."""
    rows = await chasing.of_desk(reading.work, notice.desk)
    desk = await reading.work.session.get(Desk, notice.desk)
    if desk is None or not rows:
        return NotAnyMore("answered") if reading.message_id is None else Drawing(text=texts.answered(reading.t))
    text = texts.nobody_there(reading.t, desk=desk.name, lines=await _lines(reading, rows))
    return Drawing(text=text, keyboard=await _takes(reading, rows))


@view(DangerToAdmin)
async def danger_to_admin(notice: DangerToAdmin, reading: Reading) -> Drawn:
    """Tell a beheerder of danger as long as nobody has opened it, at a desk where nobody is."""
    report = await reading.work.session.get(Report, notice.report)
    desk = await reading.work.session.get(Desk, notice.desk)
    if report is None or desk is None or report.desk_id != desk.id:
        return NotAnyMore("gone elsewhere")
    if report.opened_at is not None or report.status is ReportStatus.CLOSED:
        return NotAnyMore("opened")
    here = await presence.read(reading.work)
    if here.stand_in(desk.contact_id) is not None or await presence.workers_here(reading.work, desk.id, here):
        return NotAnyMore("somebody is there")
    text = texts.danger_to_admin(reading.t, number=format_number(report.year, report.number), desk=desk.name)
    return Drawing(text=text, keyboard=[[_take(reading, report)]])


@view(WordsForDesk)
async def words_for_desk(notice: WordsForDesk, reading: Reading) -> Drawn:
    """Ask who takes over a sealed report about which its resident wrote, as long as its holder is away."""
    report = await reading.work.session.get(Report, notice.report)
    message = await reading.work.session.get(ReportMessage, notice.message)
    if report is None or message is None or report.desk_id != notice.desk or report.holder_id is None:
        return NotAnyMore("report gone")
    here = await presence.read(reading.work)
    if report.status is ReportStatus.CLOSED or here.stand_in(report.holder_id) is not None:
        return NotAnyMore("somebody is there")
    holder = await reading.work.session.get(Person, report.holder_id)
    number = format_number(report.year, report.number)
    text = texts.words_for_desk(reading.t, number=number, holder=(holder.name if holder else None) or "?")
    card = None if notice.person else await outbox.by_key(reading.work.session, ReportCard(report.id, notice.desk).key)
    return Drawing(text=text, keyboard=[[_take(reading, report)]], reply_to=card.message_id if card else None)


@view(StandsStill)
async def stands_still(notice: StandsStill, reading: Reading) -> Drawn:
    """Ask what becomes of reports in which nothing has happened for half a year."""
    found = await stalled.still(reading.work, notice.desk, notice.person)
    if not found:
        return NotAnyMore("moved")
    t, numbers = reading.t, [format_number(report.year, report.number) for report in found]
    lines = [
        texts.still_line(t, number=number, day=t.day_of(report.changed_at))
        for number, report in zip(numbers[:_MOST], found, strict=False)
    ]
    if len(found) > _MOST:
        lines.append(texts.more(t, count=len(found) - _MOST))
    keyboard = [
        [Key(texts.open_one(t, number=ReportNumber(report.number).short), Open(report.id))]
        if notice.person
        else [_take(reading, report)]
        for report in found[:_MOST]
    ]
    return Drawing(text=texts.stands_still(t, lines=lines), keyboard=keyboard)


async def _lines(reading: Reading, rows: Sequence[Waiting]) -> list[str]:
    """Return a line per report, and how many are left out."""
    session, found = reading.work.session, []
    for row in rows[:_MOST]:
        report = await session.get(Report, row.id)
        holder = await session.get(Person, row.holder_id) if row.holder_id else None
        if report is not None:
            number, day = format_number(report.year, report.number), reading.t.day(row.promise_on)
            found.append(texts.line(reading.t, number=number, day=day, holder=holder.name if holder else None))
    return [*found, *([texts.more(reading.t, count=len(rows) - _MOST)] if len(rows) > _MOST else [])]


async def _reports(reading: Reading, rows: Sequence[Waiting]) -> list[Report]:
    found = [await reading.work.session.get(Report, row.id) for row in rows[:_MOST]]
    return [report for report in found if report is not None]


async def _opens(reading: Reading, rows: Sequence[Waiting]) -> Keyboard:
    return [
        [Key(texts.open_one(reading.t, number=ReportNumber(report.number).short), Open(report.id))]
        for report in await _reports(reading, rows)
    ]


async def _takes(reading: Reading, rows: Sequence[Waiting]) -> Keyboard:
    return [[_take(reading, report)] for report in await _reports(reading, rows)]


def _take(reading: Reading, report: Report) -> Key:
    number = ReportNumber(report.number).short
    label = texts.take if report.holder_id is None else texts.take_over
    return Key(label(reading.t, number=number), TakeLate(report.id, report.holder_id))
