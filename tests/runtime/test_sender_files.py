"""Files of our own: made in a thread, uploaded once, repeated by their file id, exchanged in place."""

import threading

import pytest

from bot.domain.enums import MediaKind, OutboxState
from bot.runtime.sending.grey import picture
from handlers.buttons import Key
from handlers.desk.lists import ShowListed
from handlers.views.drawing import Drawing, Upload
from tests.runtime.office import Note, Office, words


class Maker:
    """Makes a file and counts how often, and on which threads."""

    def __init__(self, data: bytes) -> None:
        self.data, self.threads = data, list[int]()

    def __call__(self) -> bytes:
        self.threads.append(threading.get_ident())
        return self.data


def stored(office: Office, chat_id: int) -> bytes:
    (message,) = office.world.chats[chat_id].visible
    content = message.content[-1] if isinstance(message.content, list) else message.content
    return office.world.files.get(content["file_id"]).data


@pytest.mark.parametrize(
    ("kind", "name", "data"),
    [(MediaKind.PHOTO, "kaart.png", picture()), (MediaKind.DOCUMENT, "blad.pdf", b"%PDF-1.4 blad")],
)
async def test_a_file_is_uploaded_once_and_then_repeated_by_its_id(
    office: Office, kind: MediaKind, name: str, data: bytes
) -> None:
    maker = Maker(data)
    people = [office.world.add_person(f"P{at}", started=True) for at in range(3)]
    words[1] = Drawing(
        text="<b>kaart</b>", media=[Upload(kind, name, maker, key="map:1")], keyboard=[[Key("x", ShowListed(1))]]
    )
    for person in people:
        await office.put(Note(1), chat=person.id)
        await office.idle()
        (message,) = person.chat.visible
        assert (message.media, message.text, message.labels) == (kind.value, "kaart", ["x"])
        assert stored(office, person.id) == data
    assert len(maker.threads) == 1
    assert maker.threads[0] != threading.get_ident()


async def test_another_state_is_put_in_the_same_message(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    first, second = Maker(picture()), Maker(picture() + b" ")
    words[1] = Drawing(text="open", media=[Upload(MediaKind.PHOTO, "kaart.png", first, key="map:open")])
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    words[1] = Drawing(text="dicht", media=[Upload(MediaKind.PHOTO, "kaart.png", second, key="map:dicht")])
    for _again in range(2):
        await office.put(Note(1), chat=fatima.id)
        await office.idle()
    assert [message.text for message in fatima.chat.visible] == ["dicht"]
    assert stored(office, fatima.id) == second.data
    assert len(second.threads) == 1


async def test_a_file_that_can_t_be_made_fails_its_row_and_no_other(office: Office) -> None:
    def broken() -> bytes:
        raise ValueError("no ink")

    fatima, bob = (office.world.add_person(name, started=True) for name in ("Fatima", "Bob"))
    words[1] = Drawing(text="kaart", media=[Upload(MediaKind.PHOTO, "kaart.png", broken, key="map:1")])
    await office.put(Note(1), chat=fatima.id)
    await office.put(Note(2), chat=bob.id)
    await office.idle()
    states = {row.chat_id: row.state for row in await office.rows()}
    assert states == {fatima.id: OutboxState.FAILED, bob.id: OutboxState.SENT}
