"""Cards that a list message shows: giving one a message of its own, and marking a stray double."""

from enum import Enum, auto

from bot.domain.enums import RoleName
from bot.domain.notices.system import StrayCard
from storage.models import Outbox
from storage.queries import listing, outbox, staff, town
from storage.queries.outbox import OutboxItem
from storage.work import Work


class Showing(Enum):
    """What became of a tap on a list button."""

    SHOWN = auto()
    SHOWN_ALREADY = auto()
    NOT_YOURS = auto()


async def show(work: Work, row_id: int, *, person_id: int, chat_id: int) -> Showing:
    """Show a listed card of *chat_id* as a message of its own, for a worker of a desk that lives there or an admin."""
    desks = await town.desk_of_chat(work.session, chat_id)
    here = any([await staff.works_at(work.session, person_id, desk.id) for desk in desks])
    if not here and RoleName.ADMIN not in await staff.roles(work.session, person_id):
        return Showing.NOT_YOURS
    row = await work.session.get(Outbox, row_id)
    if row is None or row.chat_id != chat_id or row.listed_in is None:
        return Showing.SHOWN_ALREADY
    return Showing.SHOWN if await listing.unlist(work, row) else Showing.SHOWN_ALREADY


async def unlist(work: Work, key: str) -> bool:
    """Show the card of this outbox key as a message of its own; False when no list shows it."""
    await work.flush()
    row = await outbox.by_key(work.session, key)
    return row is not None and row.listed_in is not None and await listing.unlist(work, row)


async def mark_stray(work: Work, chat_id: int, message_id: int) -> None:
    """Have a message of ours that no row knows (a double after a crash) say that the card stands above."""
    notice = StrayCard(chat_id, message_id)
    item = OutboxItem(
        kind=notice.kind,
        chat_id=chat_id,
        key=notice.key,
        payload=notice.to_payload(),
        due_at=work.now,
        created_at=work.now,
        priority=notice.priority,
        once=True,
        message_id=message_id,
    )
    work.written += await outbox.write(work.session, [item])
