"""The list "doorgeven" of a desk as a message: made, and drawn again whenever something on it changes."""

from bot.domain.notices.conversation import PassOnList
from storage.ids import new_id
from storage.models import Desk
from storage.queries import pass_on as queries
from storage.work import Work


async def redraw(work: Work, desk_id: int) -> None:
    """Have the newest list of a desk drawn again, where there is one."""
    row = await queries.newest_list(work.session, desk_id, PassOnList.kind)
    if row is not None:
        work.put(PassOnList.from_key(row.key), chat=row.chat_id, thread=row.thread_id, silent=True)


async def make(work: Work, desk: Desk, *, silent: bool) -> None:
    """Show a new list below; the one before it says that it was replaced."""
    await redraw(work, desk.id)
    work.put(PassOnList(desk.id, new_id()), chat=desk.chat_id, thread=desk.thread_id, silent=silent)
    await work.flush()
