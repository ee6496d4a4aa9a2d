"""Who looks on in a desk's group: somebody unknown turns its cards sealed, until the beheerder confirms or they leave.

Source: "Eyes". Groups of people are known by ids only; nobody's profile is kept or passed on.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from bot.domain.enums import Priority, Reachable, ReportStatus, RoleName
from bot.domain.notices.eyes import GroupIsHidden, PutOutOfGroup, StrangerInGroup, StrangerSettled
from bot.domain.notices.triage import CardMedia, CardMenu, ReportCard, ResidentWords
from bot.services.delivery import Undeliverable, undeliverable
from bot.services.desk import cards
from storage.models import Desk, GroupGuest, Report
from storage.queries import eyes as queries
from storage.queries import staff, town
from storage.queries.locking import locked_all
from storage.work import Work

#: `GroupGuest.person_id` of those whom the daily count found.
UNSEEN = 0
#: Reports of which everything is judged anew in one transaction when a group changes eyes: so many as a group is
#: shown in a minute.
PAGE = 20
_WORDS = (ReportCard.kind, CardMenu.kind, CardMedia.kind, ResidentWords.kind)


class Confirmed(StrEnum):
    """What became of a beheerder's tap."""

    DONE = "done"
    GONE = "gone"
    STRANGER = "stranger"


async def joined(work: Work, chat_id: int, person_id: int) -> None:
    """Take in that somebody is in a group now; who is no worker of its desk is asked about."""
    desks = await town.desk_of_chat(work.session, chat_id)
    if not desks or await queries.is_colleague(work.session, chat_id, person_id):
        return
    await _notice_guest(work, chat_id, person_id, extra=1)
    await _judge(work, chat_id)


async def left(work: Work, chat_id: int, person_id: int) -> None:
    """Take in that somebody is no longer in a group."""
    guest = await work.session.get(GroupGuest, (chat_id, person_id))
    if guest is not None:
        await _forget(work, guest)
        await _judge(work, chat_id)


async def counted(
    work: Work, chat_id: int, *, total: int, looked_for: Collection[int], inside: Collection[int]
) -> None:
    """Take in the daily look: *total* people but for the bot; who of those *looked_for* (ids) are *inside*.

    Whoever came in since the look began was not looked for, and stays as they are.
    """
    for guest in await queries.guests(work.session, chat_id):
        if guest.person_id in looked_for and guest.person_id not in inside:
            await _forget(work, guest)
    unseen, known = total - len(inside), await work.session.get(GroupGuest, (chat_id, UNSEEN))
    if unseen > (known.extra if known is not None else 0):
        await _notice_guest(work, chat_id, UNSEEN, extra=unseen)
    elif known is not None and unseen <= 0:
        await _forget(work, known)
    elif known is not None:
        known.extra = unseen
    await _judge(work, chat_id)


async def people_to_look_for(work: Work) -> dict[int, list[int]]:
    """Return, for each desk's group, whom the daily look must look for there."""
    found = {}
    for chat_id in await queries.desk_chats(work.session):
        guests = {guest.person_id for guest in await queries.guests(work.session, chat_id)} - {UNSEEN}
        found[chat_id] = sorted(guests | await queries.colleagues_of(work.session, chat_id))
    return found


async def confirm(work: Work, desk_id: int, person_id: int, admin_id: int) -> Confirmed:
    """Let somebody stay and read along, because a beheerder says so."""
    if RoleName.ADMIN not in await staff.roles(work.session, admin_id):
        return Confirmed.STRANGER
    desk = await work.session.get(Desk, desk_id)
    guest = await work.session.get(GroupGuest, (desk.chat_id, person_id)) if desk is not None else None
    if desk is None or guest is None:
        return Confirmed.GONE
    if guest.confirmed_at is None:
        guest.confirmed_at, guest.confirmed_by = work.now, admin_id
        await work.session.flush()
        await _tell(work, desk.chat_id, person_id, StrangerSettled)
        await _judge(work, desk.chat_id)
    return Confirmed.DONE


async def look_again(work: Work) -> None:
    """Judge every group anew after roles or desks have changed."""
    for chat_id in await queries.desk_chats(work.session):
        for guest in await queries.guests(work.session, chat_id):
            if guest.person_id != UNSEEN and await queries.is_colleague(work.session, chat_id, guest.person_id):
                await _forget(work, guest)
        await _judge(work, chat_id)


async def _notice_guest(work: Work, chat_id: int, person_id: int, *, extra: int) -> None:
    """Keep that somebody unknown is there, and ask the beheerder; nothing for who is known as a guest already."""
    guest = await work.session.get(GroupGuest, (chat_id, person_id))
    if guest is None:
        work.session.add(GroupGuest(chat_id=chat_id, person_id=person_id, extra=extra, seen_at=work.now))
    elif guest.extra < extra:
        guest.extra, guest.confirmed_at, guest.confirmed_by = extra, None, None
    else:
        return
    await work.session.flush()
    await _tell(work, chat_id, person_id, StrangerInGroup)


async def _forget(work: Work, guest: GroupGuest) -> None:
    chat_id, person_id = guest.chat_id, guest.person_id
    await work.session.delete(guest)
    await work.session.flush()
    await _tell(work, chat_id, person_id, StrangerSettled)


async def _tell(work: Work, chat_id: int, person_id: int, notice: type[StrangerInGroup]) -> None:
    """Ask every beheerder whom the bot can write to about somebody, or tell how it ended.

    Of a group that no desk lives in any more nothing is told.
    """
    desks = await town.desk_of_chat(work.session, chat_id)
    for admin in await staff.with_role(work.session, RoleName.ADMIN):
        if desks and admin.reachable is Reachable.YES:
            work.put(notice(desks[0].id, person_id, admin.id), chat=admin.id)


async def _judge(work: Work, chat_id: int) -> None:
    """Turn the desks of a group to sealed-style cards while somebody unknown is there, and back."""
    guests = await queries.guests(work.session, chat_id)
    unknown = [guest for guest in guests if guest.confirmed_at is None]
    for desk in await town.desk_of_chat(work.session, chat_id):
        if desk.sealed_cards_only is bool(unknown):
            continue
        desk.sealed_cards_only = bool(unknown)
        await work.flush()
        if unknown:
            since = int(min(guest.seen_at for guest in unknown).timestamp())
            work.put(GroupIsHidden(desk.id, since), chat=chat_id, thread=desk.thread_id)
        elif told := await queries.told_hidden(work.session, desk.id, GroupIsHidden.kind):
            work.put(GroupIsHidden.from_key(told.key), chat=told.chat_id, thread=told.thread_id, silent=True)
        await _draw_page(work, desk, None)


async def go_on(work: Work) -> None:
    """Judge one more page at each desk whose group changed eyes (a job)."""
    for desk in await queries.judging(work.session):
        await _draw_page(work, desk, desk.judged_id)


async def next_page(work: Work) -> datetime | None:
    """Return now while something is left to be judged."""
    return work.now if await queries.judging(work.session) else None


async def _draw_page(work: Work, desk: Desk, below: int | None) -> None:
    """Have what stands in the group about reports judged anew: the newest ones (older than *below*), open ones first.

    The others follow by the schedule (`go_on`), as fast as a group may be told.
    """
    shown = await queries.told_in(work.session, desk.chat_id, _WORDS, limit=PAGE, below=below)
    desk.judged_id = shown[-1] if len(shown) == PAGE else None
    reports = await locked_all(work.session, Report, sorted(shown))
    for report in sorted(reports.values(), key=lambda each: each.status is ReportStatus.CLOSED):
        if report.desk_id != desk.id:
            continue
        if report.status is ReportStatus.CLOSED:
            notice = ReportCard(report.id, desk.id)
            work.put(notice, chat=desk.chat_id, thread=desk.thread_id, silent=True, priority=Priority.ANNOUNCEMENT)
        else:
            await cards.refresh(work, report)
        if desk.sealed_cards_only:
            await cards.take_words_back(work, report)
        else:
            await cards.show_words(work, report, desk)


@undeliverable
async def could_not_put_out(work: Work, failed: Undeliverable) -> None:
    """Take somebody whom the bot could not put out of a group for a stranger there: the beheerder does it."""
    if isinstance(failed.notice, PutOutOfGroup):
        await joined(work, failed.chat_id, failed.notice.person)
