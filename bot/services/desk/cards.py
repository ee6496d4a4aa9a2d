"""The cards of a report: in its desk's group, and in private for who has it.

Services only say that something must be drawn; what a card shows is decided when it is sent (`handlers.views`), so
that a report which was sealed in the meantime shows nothing.
"""

from datetime import datetime, timedelta

from bot.domain.enums import MediaKind, MessageDirection, OutboxState, Priority, ReportStatus, RoleName
from bot.domain.hours import parse_hours
from bot.domain.notices import REGISTRY, Notice
from bot.domain.notices.chasing import DangerToAdmin, WordsForDesk
from bot.domain.notices.partners import PartnerPhoto
from bot.domain.notices.triage import (
    PRIVATE_CARDS,
    CardMedia,
    CardMenu,
    DangerAlarm,
    DangerPing,
    DangerToSafety,
    PrivateCard,
    PrivateMedia,
    PrivateMenu,
    PrivateText,
    PrivateWords,
    PromptGone,
    ReportCard,
    ResidentWords,
    Unopened,
)
from bot.services.desk import pass_lists, presence
from bot.services.desk.presence import Presence
from bot.services.reporting import following
from bot.services.triage.history import move, step
from bot.services.triage.rights import may_open
from storage.models import Desk, Outbox, Report, ReportMessage
from storage.queries import outbox, staff, town
from storage.queries import triage as queries
from storage.work import Work

#: Media that stand below an open card.
VISUAL = (MediaKind.PHOTO, MediaKind.VIDEO)
#: How long a danger report may stay unopened, in time that the desk is open.
DANGER_WAITS = timedelta(hours=1)
_IN_GROUP = (CardMedia.kind, ResidentWords.kind)
_PRIVATE_WORDS = (PrivateWords.kind, PrivateText.kind, PrivateMedia.kind, PartnerPhoto.kind)
#: What asked a worker for words and showed some of the report's: a ready text, which can't be drawn again.
PROMPT = outbox.SAID
#: All that may stand in a worker's private chat about a report.
IN_PRIVATE = (*PRIVATE_CARDS, *_PRIVATE_WORDS, PROMPT)


async def refresh(work: Work, report: Report) -> None:
    """Have every card of *report* drawn again; call it after each change.

    A danger report that nobody has opened also pings: now or at opening, and again after one working hour.
    """
    desk = await work.session.get(Desk, report.desk_id)
    if desk is None:
        return
    await _show_at(work, report, desk)
    await show_media(work, report, desk)
    await following.tell(work, report)
    for row in await queries.shown_about(work.session, report.id, PRIVATE_CARDS):
        work.put(PrivateCard(report.id, row.chat_id), chat=row.chat_id)


async def begin(work: Work, report: Report) -> None:
    """Show a new report at its desk: there is nothing of it anywhere yet."""
    desk = await town.desk(work.session, report.desk_id)
    if desk is not None:
        await _show_at(work, report, desk)


async def _show_at(work: Work, report: Report, desk: Desk) -> None:
    silent = not await is_open(work, desk)
    priority = Priority.ANSWER if report.danger else None
    work.put(ReportCard(report.id, desk.id), chat=desk.chat_id, thread=desk.thread_id, silent=silent, priority=priority)
    if report.pass_on:
        await pass_lists.redraw(work, desk.id)
    if report.danger and report.opened_at is None and report.status is not ReportStatus.CLOSED:
        await _ping(work, report, desk)


async def open_menu(work: Work, report: Report, menu: str, *, person_id: int, private: bool) -> None:
    """Open a menu under the card that was tapped: the group's, or this person's own."""
    if private:
        work.put(PrivateMenu(report.id, person_id, menu), chat=person_id)
        return
    desk = await work.session.get(Desk, report.desk_id)
    if desk is not None:
        notice = CardMenu(report.id, desk.id, menu)
        work.put(notice, chat=desk.chat_id, thread=desk.thread_id, silent=True, priority=Priority.ANSWER)


async def resident_said(work: Work, report: Report, message: ReportMessage) -> None:
    """Bring what the resident said about *report* to its desk: below the card, or to the holder when it is sealed."""
    desk = await work.session.get(Desk, report.desk_id)
    if desk is None:
        return
    if report.status is ReportStatus.ASKED:
        move(report, ReportStatus.TAKEN)
    await step(work, report, report.resident_id, "resident_said")
    await work.flush()
    if is_hidden(report, desk):
        await _words_in_private(work, report, message, desk)
    else:
        await _words_in_group(work, report, message, desk)
    await refresh(work, report)


async def words_sealed(work: Work, report: Report, message: ReportMessage) -> None:
    """Bring *message* to who has *report*, which was sealed by it: below the card it is taken away."""
    desk = await work.session.get(Desk, report.desk_id)
    if desk is not None:
        await _words_in_private(work, report, message, desk)


async def moved(work: Work, report: Report, old_desk_id: int) -> None:
    """Have the old desk's card say where *report* went, take its words away there, and show it at the new desk."""
    old = await work.session.get(Desk, old_desk_id)
    if old is not None and old.id != report.desk_id:
        work.put(ReportCard(report.id, old.id), chat=old.chat_id, thread=old.thread_id, silent=True)
        await take_words_back(work, report)
        if report.pass_on:
            await pass_lists.redraw(work, old.id)
    await arrived(work, report)


async def arrived(work: Work, report: Report) -> None:
    """Show *report* at the desk that it came to, and below it what its resident said meanwhile."""
    await refresh(work, report)
    desk = await work.session.get(Desk, report.desk_id)
    if desk is not None:
        await show_words(work, report, desk)


async def take_words_back(work: Work, report: Report) -> None:
    """Have words and photos in groups judged again: what may not stand there any more is deleted."""
    await work.flush()
    for row in await queries.shown_about(work.session, report.id, _IN_GROUP):
        draw_again(work, row)


async def close_private(work: Work, report: Report) -> None:
    """Take all about *report* back from the private chats of workers who may not read it (any more).

    Call it after a change of holder or desk, and when the report was sealed: holder, substitutes and colleagues who
    opened it while it was open may all have its words.
    """
    await work.flush()
    rows = await queries.shown_about(work.session, report.id, IN_PRIVATE)
    closed = [reader for reader in {row.chat_id for row in rows} if not await may_open(work, report, reader)]
    for row in rows:
        if row.chat_id in closed and row.kind in _PRIVATE_WORDS:
            draw_again(work, row)
        elif row.chat_id in closed and row.kind == PROMPT:
            await take_away(work, report.id, row)
        elif row.chat_id in closed:
            work.put(PrivateCard(report.id, row.chat_id), chat=row.chat_id)


async def erased(work: Work, report: Report) -> None:
    """Have everything that stood on screens about *report* judged again, after its text and media were erased."""
    await take_words_back(work, report)
    for row in await queries.shown_about(work.session, report.id, (*_PRIVATE_WORDS, PROMPT)):
        if row.kind == PROMPT:
            await take_away(work, report.id, row)
        else:
            draw_again(work, row)
    await refresh(work, report)


async def photo_gone(work: Work, report: Report) -> None:
    """Take a file that is no longer of *report* off every screen, private chats of workers too."""
    await refresh(work, report)
    await work.flush()
    for row in await queries.shown_about(work.session, report.id, (PrivateMedia.kind, PartnerPhoto.kind)):
        draw_again(work, row)


async def words_changed(work: Work, report: Report, message: ReportMessage, *, by: int) -> None:
    """Draw what a resident said later again wherever it stands, after a file of it was taken away."""
    await step(work, report, by, "photo_removed")
    await work.flush()
    for row in await queries.shown_about(work.session, report.id, (ResidentWords.kind, PrivateWords.kind)):
        if message.id in (int(part) for part in row.key.split(":")[2:3]):
            draw_again(work, row)
    await refresh(work, report)


def is_hidden(report: Report, desk: Desk) -> bool:
    """Tell whether the desk's group may see no word, name or file of *report*."""
    return report.sealed or desk.sealed_cards_only


async def is_open(work: Work, desk: Desk, at: datetime | None = None) -> bool:
    """Tell whether *desk* is open (now); outside its hours messages make no sound and nobody is pinged."""
    return parse_hours(desk.hours).is_open(at or work.now, await town.zone(work.session))


async def show_media(work: Work, report: Report, desk: Desk) -> None:
    """Show photos and videos below the card once it stands there, and again when there are more or fewer of them."""
    if is_hidden(report, desk):
        return
    card = await outbox.by_key(work.session, ReportCard(report.id, desk.id).key)
    if card is None or card.message_id is None:
        return
    notice = CardMedia(report.id, desk.id)
    row = await outbox.by_key(work.session, notice.key)
    shown = 0 if row is None or row.message_id is None else len(row.parts or [row.message_id])
    if len(await queries.media_of(work.session, report.id, VISUAL)) != shown:
        work.put(notice, chat=desk.chat_id, thread=desk.thread_id, silent=True)


async def show_words(work: Work, report: Report, desk: Desk) -> None:
    """Show what the resident said later below the card once it stands there, unless it does already."""
    card = await outbox.by_key(work.session, ReportCard(report.id, desk.id).key)
    if is_hidden(report, desk) or card is None or card.message_id is None:
        return
    for message in await queries.messages_of(work.session, report.id, MessageDirection.RESIDENT):
        row = await outbox.by_key(work.session, ResidentWords(report.id, message.id, desk.id).key)
        if row is None or (row.message_id is None and row.state is not OutboxState.WAITING):
            await _words_in_group(work, report, message, desk)


async def _words_in_group(work: Work, report: Report, message: ReportMessage, desk: Desk) -> None:
    silent = not await is_open(work, desk)
    work.put(ResidentWords(report.id, message.id, desk.id), chat=desk.chat_id, thread=desk.thread_id, silent=silent)


async def _words_in_private(work: Work, report: Report, message: ReportMessage, desk: Desk) -> None:
    """Tell who has it or replaces that person, else the desk's contact; whom the bot can't write to is called."""
    if report.holder_id is None:
        return
    here = await presence.read(work)
    reader_id = await reader(work, report, desk, here)
    if reader_id is None:
        await _call_desk(work, report, message, desk, here)
        return
    if await presence.reachable(work, reader_id) is not None:
        silent = not await is_open(work, desk)
        work.put(PrivateWords(report.id, message.id, reader_id, 0), chat=reader_id, silent=silent)
    else:
        await call_in_group(work, report, message.id, reader_id)


async def reader(work: Work, report: Report, desk: Desk, here: Presence) -> int | None:
    """Return who is there and may read *report*: for its holder, else for the desk's contact; None for nobody."""
    for person_id in (report.holder_id, desk.contact_id):
        there = None if person_id is None else here.stand_in(person_id)
        if there is not None and await may_open(work, report, there):
            return there
    return None


async def _call_desk(work: Work, report: Report, message: ReportMessage, desk: Desk, here: Presence) -> None:
    """Have somebody take over what nobody there may read: a worker of the desk, else a beheerder."""
    admins = [] if await presence.workers_here(work, desk.id, here) else await presence.admins_here(work, here)
    if not admins:
        await call(work, desk, WordsForDesk(report.id, message.id, desk.id, 0))
    for admin in admins:
        opening = parse_hours(desk.hours).next_opening(work.now, await town.zone(work.session))
        work.put(WordsForDesk(report.id, message.id, desk.id, admin.id), chat=admin.id, due_at=opening)


async def call_in_group(work: Work, report: Report, message_id: int, reader_id: int) -> None:
    """Call a worker whom the bot can't write to in the desk's group, without content.

    *message_id* is what the resident said, or a step in the report's history.
    """
    desk = await work.session.get(Desk, report.desk_id)
    if desk is not None:
        await call(work, desk, Unopened(report.id, desk.id, reader_id, message_id))


async def call(work: Work, desk: Desk, notice: Notice) -> None:
    """Put what calls somebody by name in the group of *desk*: now, or when it opens."""
    opening = parse_hours(desk.hours).next_opening(work.now, await town.zone(work.session))
    work.put(notice, chat=desk.chat_id, thread=desk.thread_id, due_at=opening)


async def _ping(work: Work, report: Report, desk: Desk) -> None:
    """Plan the calls about danger; who is there, and whether it was opened, is judged when each goes out."""
    hours, zone = parse_hours(desk.hours), await town.zone(work.session)
    opening = hours.next_opening(work.now, zone)
    late = hours.after_open_time(work.now, DANGER_WAITS, zone)
    released = await queries.last_event(work.session, report.id, "released")
    again = released.id if released else 0
    work.put(DangerPing(report.id, desk.id, again), chat=desk.chat_id, thread=desk.thread_id, due_at=opening)
    work.put(DangerAlarm(report.id, desk.id, again), chat=desk.chat_id, thread=desk.thread_id, due_at=late)
    for admin in await staff.with_role(work.session, RoleName.ADMIN):
        work.put(DangerToAdmin(report.id, desk.id, admin.id, again), chat=admin.id, due_at=opening)
    officer = (await town.organisation(work.session)).safety.get("officer")
    if isinstance(officer, int):
        there = (await presence.read(work)).stand_in(officer) or officer
        work.put(DangerToSafety(report.id, desk.id, there, again), chat=there, due_at=late)


async def take_away(work: Work, report_id: int, row: Outbox, *, priority: Priority | None = None) -> None:
    """Take a prompt about a report off the screen, or out of the way to it."""
    if row.state is OutboxState.WAITING:
        await outbox.drop(work.session, [row.key], reason="may not be shown")
    if row.message_id is not None:
        work.put(PromptGone(report_id, row.chat_id, row.message_id), chat=row.chat_id, priority=priority)
    row.about = row.kept_until = None


def draw_again(work: Work, row: Outbox) -> None:
    """Put the notice of *row* again: the ids in its key are its fields."""
    notice = REGISTRY[row.kind].from_key(row.key)
    work.put(notice, chat=row.chat_id, thread=row.thread_id, silent=True)
