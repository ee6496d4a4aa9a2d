"""Files that a view makes itself: uploaded, replaced in the message that stands, refused where Telegram would."""

import threading

import pytest

from bot.demo.telegram.people_media import TINY_JPEG
from bot.domain.enums import MediaKind, OutboxState
from bot.runtime.sending.grey import picture
from handlers.views.drawing import Drawing, Media, Upload
from tests.runtime.office import Note, Office, words

AGENDA, OTHER = b"BEGIN:VCALENDAR\r\nX:een\r\n", b"BEGIN:VCALENDAR\r\nX:twee\r\n"


def ics(content: bytes) -> Upload:
    return Upload(MediaKind.DOCUMENT, "afspraak.ics", content)


async def test_a_document_goes_out_with_its_name_sort_and_words(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    words[1] = Drawing(text="<b>Voor je agenda</b>", media=[ics(AGENDA)])
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    (shown,) = fatima.chat.visible
    stored = office.world.files.get(shown.file_ids[0])
    assert (shown.media, shown.text) == ("document", "Voor je agenda")
    assert (stored.name, stored.mime_type, stored.data) == ("afspraak.ics", "text/calendar", AGENDA)


async def test_a_new_version_takes_the_place_of_the_file_in_the_same_message(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    words[1] = Drawing(text="een", media=[ics(AGENDA)])
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    words[1] = Drawing(text="twee", media=[ics(OTHER)])
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    (shown,) = fatima.chat.visible
    assert (shown.text, office.world.files.get(shown.file_ids[0]).data) == ("twee", OTHER)
    assert office.world.files.get(shown.file_ids[0]).mime_type == "text/calendar"


async def test_a_picture_is_made_in_a_thread_when_it_is_sent(office: Office) -> None:
    threads: list[int] = []

    def render() -> bytes:
        threads.append(threading.get_ident())
        return picture()

    group = office.world.add_group("Rommelroute")
    words[1] = Drawing(text="de kaart", media=[Upload(MediaKind.PHOTO, "kaart.png", render)])
    await office.put(Note(1), chat=group.id)
    await office.idle()
    (shown,) = group.visible
    assert (shown.media, shown.content[0]["width"]) == ("photo", 320)
    assert len(threads) == 1
    assert threads[0] != threading.get_ident()


async def test_an_album_mixes_files_that_are_there_with_files_that_are_made(office: Office) -> None:
    group = office.world.add_group("Rommelroute")
    known = Media(MediaKind.PHOTO, office.world.files.add("photo", TINY_JPEG).file_id)
    words[1] = Drawing(text="twee", media=[known, Upload(MediaKind.PHOTO, "kaart.png", picture())])
    await office.put(Note(1), chat=group.id)
    await office.idle()
    first, second = group.visible
    assert (first.text, first.file_ids) == ("twee", [known.file_id])
    assert office.world.files.get(second.file_ids[0]).data == picture()


async def test_a_file_that_cannot_be_made_fails_alone(office: Office) -> None:
    def broken() -> bytes:
        raise RuntimeError("no ink")

    fatima = office.world.add_person("Fatima", started=True)
    words[1] = Drawing(text="kaart", media=[Upload(MediaKind.DOCUMENT, "kaart.pdf", broken)])
    await office.put(Note(1), Note(2), chat=fatima.id)
    await office.idle()
    failed, sent = await office.rows()
    assert (failed.state, failed.reason) == (OutboxState.FAILED, "RuntimeError of our own")
    assert sent.state is OutboxState.SENT


async def test_an_upload_is_tried_again_after_the_line_was_cut(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    office.world.faults.cut("sendDocument")
    words[1] = Drawing(text="een", media=[ics(AGENDA)])
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    assert [message.media for message in fatima.chat.visible] == ["document"]


async def test_a_picture_with_a_shape_that_telegram_refuses_fails(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    wide = picture()[:16] + (9_000).to_bytes(4, "big") + (2_000).to_bytes(4, "big") + picture()[24:]
    words[1] = Drawing(text="kaart", media=[Upload(MediaKind.PHOTO, "kaart.png", wide)])
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    (row,) = await office.rows()
    assert (row.state, row.reason) == (OutboxState.FAILED, "Photo_invalid_dimensions")


@pytest.mark.parametrize("name", ["", "café.ics", "a b.pdf", "../x.png", "kaart", "kaart.exe", f"{'a' * 60}.ics"])
def test_a_name_that_not_everybody_reads_alike_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        Upload(MediaKind.DOCUMENT, name, b"x")


def test_only_photos_and_documents_are_made_and_only_views_show_them() -> None:
    with pytest.raises(ValueError, match="a photo or a document"):
        Upload(MediaKind.VOICE, "stem.csv", b"x")
    with pytest.raises(ValueError, match="never said"):
        Drawing(text="x", media=[ics(AGENDA)]).to_payload()
