"""Views of list messages and stray doubles."""

from bot.domain.notices.system import CardList, OpenList, StrayCard
from bot.texts import system as texts
from handlers.buttons import Key, Keyboard
from handlers.desk.lists import ShowListed
from handlers.views.drawing import Drawing, Drawn
from handlers.views.registry import LINES, Reading, view
from storage.queries import listing

_FIRST = "⚠"


@view(CardList)
async def card_list(notice: CardList, reading: Reading) -> Drawn:
    """Draw the new reports of a burst, a button for each."""
    keyboard = await _buttons(notice, reading)
    text = texts.card_list(reading.t, count=len(keyboard)) if keyboard else texts.empty_list(reading.t)
    return Drawing(text=text, keyboard=keyboard)


@view(OpenList)
async def open_list(notice: OpenList, reading: Reading) -> Drawn:
    """Draw the open reports of a group that became a supergroup, a button for each."""
    keyboard = await _buttons(notice, reading)
    text = texts.open_list(reading.t, count=len(keyboard)) if keyboard else texts.empty_list(reading.t)
    return Drawing(text=text, keyboard=keyboard)


@view(StrayCard)
async def stray_card(_notice: StrayCard, reading: Reading) -> Drawn:
    """Draw the double of a card."""
    return Drawing(text=texts.stray_card(reading.t))


async def _buttons(notice: CardList, reading: Reading) -> Keyboard:
    """Return a button per listed card, dangerous ones first, then the oldest."""
    keys: Keyboard = []
    for row in await listing.members(reading.work.session, notice.list):
        shown = row.notice()
        named = LINES.get(type(shown)) if shown is not None else None
        if named is not None and (label := await named(shown, reading)):
            keys.append([Key(label, ShowListed(row.id))])
    return sorted(keys, key=lambda keys_of_row: not keys_of_row[0].label.startswith(_FIRST))
