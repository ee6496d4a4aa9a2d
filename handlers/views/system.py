"""Views of list messages and stray doubles."""

import json

from bot.domain.notices.system import CardList, OpenList, StrayCard
from bot.texts import labels
from bot.texts import system as texts
from handlers.buttons import Key, Keyboard
from handlers.desk.lists import ShowListed
from handlers.views.drawing import Drawing, Drawn
from handlers.views.registry import LINES, Reading, view
from storage.queries import listing

_FIRST = "⚠"
#: A keyboard of some 10,000 bytes is refused; of how many exactly, Telegram says nowhere.
_MOST_BYTES = 8_500


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
    keys: list[Key] = []
    cards = await listing.members(reading.work.session, notice.list)
    # Held while the lines are drawn, each of which would ask for its own else: a session forgets what nobody holds.
    _reports = await listing.reports_of(reading.work.session, cards)
    for row in cards:
        shown = row.notice()
        named = LINES.get(type(shown)) if shown is not None else None
        if named is not None and (label := await named(shown, reading)):
            keys.append(Key(label, ShowListed(row.id)))
    room = _MOST_BYTES // max(1, len(keys))
    return [[_fitting(key, room)] for key in sorted(keys, key=lambda key: not key.label.startswith(_FIRST))]


def _fitting(key: Key, room: int) -> Key:
    """Return the key of a line without as many of its last parts as make it fit in *room* bytes of JSON."""
    label = key.label
    while len(json.dumps([key.to_json()], ensure_ascii=False).encode()) > room and labels.PART in label:
        label = label.rpartition(labels.PART)[0]
        key = key._replace(label=label)
    return key
