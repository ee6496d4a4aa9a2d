"""Photos, voices and albums: sent, edited, and replaced when they were erased."""

from datetime import timedelta

import pytest

from bot.demo.telegram.people_media import TINY_JPEG
from bot.domain.enums import MediaKind, OutboxState
from handlers.buttons import Key
from handlers.desk.lists import ShowListed
from handlers.views.drawing import Drawing, Media, Remove
from tests.runtime.office import Note, Office, texts, words


def file(office: Office, name: str, kind: MediaKind = MediaKind.PHOTO) -> Media:
    return Media(kind, office.world.files.add(kind.value, TINY_JPEG + name.encode()).file_id)


@pytest.mark.parametrize("kind", list(MediaKind))
async def test_each_kind_is_sent_with_its_words_and_can_be_edited(office: Office, kind: MediaKind) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    one = file(office, "een", kind)
    words[1] = Drawing(text="kijk", media=[one], protect=True)
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    words[1] = Drawing(text="kijk nog eens", media=[one], keyboard=[[Key("Weg", ShowListed(1))]])
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    (shown,) = fatima.chat.visible
    assert shown.media == kind.value
    assert shown.text == ("" if kind is MediaKind.VIDEO_NOTE else "kijk nog eens")
    assert shown.labels == ["Weg"]
    assert shown.protect_content


async def test_an_album_is_one_row_with_its_parts(office: Office) -> None:
    group = office.world.add_group("Desk")
    words[1] = Drawing(text="drie foto's", media=[file(office, name) for name in "abc"])
    await office.put(Note(1), chat=group.id)
    await office.idle()
    row = (await office.rows())[0]
    assert row.parts == [message.message_id for message in group.visible]
    assert row.message_id == row.parts[0]
    assert texts(group) == ["drie foto's", "", ""]


async def test_an_erased_album_is_edited_part_by_part_and_loses_the_surplus(office: Office) -> None:
    group = office.world.add_group("Desk")
    words[1] = Drawing(text="drie", media=[file(office, name) for name in "abc"])
    await office.put(Note(1), chat=group.id)
    await office.idle()
    grey = file(office, "gewist")
    words[1] = Drawing(text="gewist", media=[grey, grey])
    await office.put(Note(1), chat=group.id)
    await office.idle()
    assert [message.file_ids for message in group.visible] == [[grey.file_id], [grey.file_id]]
    assert len(office.world.calls.of("sendMediaGroup")) == 1
    assert (await office.rows())[0].parts == [message.message_id for message in group.visible]


async def test_an_album_without_files_any_more_becomes_a_text(office: Office) -> None:
    group = office.world.add_group("Desk")
    words[1] = Drawing(text="twee", media=[file(office, "a"), file(office, "b")])
    await office.put(Note(1), chat=group.id)
    await office.idle()
    words[1] = "gewist"
    await office.put(Note(1), chat=group.id)
    await office.idle()
    assert texts(group) == ["gewist"]
    row = (await office.rows())[0]
    assert (row.parts, row.message_id) == (None, group.last.message_id)


async def test_a_photo_that_becomes_a_text_is_taken_away(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    words[1] = Drawing(text="foto", media=[file(office, "a")])
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    words[1] = "gewist"
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    assert texts(fatima.chat) == ["gewist"]
    assert not [message for message in fatima.chat.visible if message.media]
    assert (await office.rows())[0].message_id == fatima.chat.last.message_id


async def test_a_photo_to_which_others_join_is_shown_anew_as_an_album(office: Office) -> None:
    group = office.world.add_group("Desk")
    words[1] = Drawing(text="een", media=[file(office, "a")])
    await office.put(Note(1), chat=group.id)
    await office.idle()
    words[1] = Drawing(text="twee", media=[file(office, "a"), file(office, "b")])
    await office.put(Note(1), chat=group.id)
    await office.idle()
    assert texts(group) == ["twee", ""]
    assert {row.state for row in await office.rows()} == {OutboxState.SENT}


async def test_what_is_too_old_to_delete_turns_grey_and_does_not_hold_up_its_successor(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    photo = file(office, "a")
    words[1] = Drawing(text="foto", media=[photo])
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    words[1] = "gewist"
    await office.advance(office.clock.now() + timedelta(days=3))
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    assert texts(fatima.chat) == ["", "gewist"]
    assert photo.file_id not in fatima.chat.visible[0].file_ids


async def test_words_and_pictures_that_are_too_old_to_delete_say_and_show_nothing(office: Office) -> None:
    group = office.world.add_group("Desk")
    photos = [file(office, "a"), file(office, "b")]
    words[1], words[2] = Drawing(text="twee", media=photos), "Fatima woont op nummer 5"
    await office.put(Note(1), Note(2), chat=group.id)
    await office.idle()
    await office.advance(office.clock.now() + timedelta(days=3))
    ids = [message.message_id for message in group.visible]
    words[1], words[2] = Remove(ids[:2], "gewist"), Remove(ids[2:], "gewist")
    await office.put(Note(1), Note(2), chat=group.id)
    await office.idle()
    assert texts(group) == ["gewist", "gewist", "gewist"]
    assert not {photo.file_id for photo in photos} & {file_id for m in group.visible for file_id in m.file_ids}
    rows = await office.rows()
    assert {(row.state, row.message_id) for row in rows} == {(OutboxState.SENT, None)}


async def test_a_photo_taken_out_of_an_old_album_turns_grey(office: Office) -> None:
    group = office.world.add_group("Desk")
    kept, gone = file(office, "a"), file(office, "b")
    words[1] = Drawing(text="twee", media=[kept, gone])
    await office.put(Note(1), chat=group.id)
    await office.idle()
    await office.advance(office.clock.now() + timedelta(days=3))
    words[1] = Drawing(text="een", media=[kept])
    await office.put(Note(1), chat=group.id)
    await office.idle()
    assert group.visible[0].file_ids == [kept.file_id]
    assert gone.file_id not in group.visible[1].file_ids
