"""Many new cards at once: they become list messages."""

from collections.abc import Sequence

from bot.domain.notices.system import CardList
from storage.queries import listing
from storage.work import Work


async def bundle(work: Work, chat_id: int, row_ids: Sequence[int]) -> list[int]:
    """Show those of *row_ids* that still wait as new cards of *chat_id* on lists, one or more per topic.

    Returns the rows of these lists. Cards without a message may also stand on a list since long, and have changed: then
    that list is drawn again.
    """
    await listing.show_listed(work, chat_id, row_ids)
    lists: list[int] = []
    for thread_id, cards in (await listing.new_cards(work.session, chat_id, row_ids)).items():
        lists += await listing.list_cards(work, CardList, chat_id, thread_id, cards)
    return lists
