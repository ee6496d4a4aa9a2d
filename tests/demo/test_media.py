"""Files: uploads, ids, downloads, albums."""

from __future__ import annotations

import io
import json
from typing import Any

import aiohttp
import pytest

from bot.demo.telegram import NotPossible, Server, World
from bot.demo.telegram.files import BIGGEST_DOWNLOAD, image_size
from bot.demo.telegram.people_media import TINY_JPEG, TINY_SOUND, TINY_VIDEO
from tests.demo.client import Client, RefusedError

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000080000000508020000004b6d29dc")
DATA = {"photo": TINY_JPEG, "voice": TINY_SOUND, "audio": TINY_SOUND, "document": b"%PDF", "sticker": TINY_JPEG}


async def upload(bot: Client, method: str, files: dict[str, bytes], **fields: object) -> Any:  # noqa: ANN401 - JSON
    form = aiohttp.FormData()
    for name, value in fields.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for name, data in files.items():
        form.add_field(name, io.BytesIO(data), filename=f"{name}.bin", content_type="application/octet-stream")
    return await bot.post(method, data=form)


@pytest.mark.parametrize("kind", ["photo", "voice", "audio", "document", "sticker", "video", "animation", "video_note"])
async def test_what_is_uploaded_can_be_downloaded_and_sent_again(
    world: World, server: Server, bot: Client, kind: str
) -> None:
    person = world.add_person("Fatima", started=True)
    data = DATA.get(kind, TINY_VIDEO)
    method = "send" + kind.title().replace("_", "")
    sent = await upload(bot, method, {kind: data}, chat_id=person.id)
    shown = sent[kind][-1] if kind == "photo" else sent[kind]
    assert shown["file_size"] == len(data)
    file = await bot.call("getFile", file_id=shown["file_id"])
    async with bot.session.get(f"{server.url}/file/bot{bot.token}/{file['file_path']}") as response:
        assert await response.read() == data
    again = await bot.call(method, chat_id=person.id, **{kind: shown["file_id"]})
    assert again[kind] == sent[kind]
    assert person.chat.last.file_ids == [shown["file_id"]]
    assert world.calls.of(method)[0].params[kind].data == data


async def test_what_people_send_can_be_downloaded(world: World, server: Server, bot: Client) -> None:
    person = world.add_person("Fatima")
    await person.sends_photo(person.id, "Kapot", data=PNG)
    await person.sends_voice(person.id, seconds=3)
    await person.sends_video(person.id, "Kijk")
    await person.sends_video_note(person.id)
    await person.sends_document(person.id, name="brief.pdf")
    await person.sends_audio(person.id)
    await person.sends_animation(person.id)
    await person.sends_sticker(person.id)
    photo, voice, video, _, document, *_ = [update["message"] for update in await bot.drain()]
    assert (photo["caption"], photo["photo"][-1]["width"], photo["photo"][-1]["height"]) == ("Kapot", 8, 5)
    assert (voice["voice"]["duration"], video["caption"]) == (3, "Kijk")
    assert document["document"]["file_name"] == "brief.pdf"
    file = await bot.call("getFile", file_id=photo["photo"][-1]["file_id"])
    async with bot.session.get(f"{server.url}/file/bot1:x/{file['file_path']}") as response:
        assert await response.read() == PNG


async def test_a_file_that_is_not_there(world: World, server: Server, bot: Client) -> None:
    assert await bot.refused("getFile", file_id="x") == "400 Bad Request: invalid file_id"
    for path in (f"/file/bot{bot.token}/photos/file_9.jpg", "/file/bot"):
        async with bot.session.get(server.url + path) as response:
            assert response.status == 404
    world.tokens = ["1:other"]
    async with bot.session.get(f"{server.url}/file/bot{bot.token}/photos/file_9.jpg") as response:
        assert response.status == 401
    big = world.files.add("document", b"x" * (BIGGEST_DOWNLOAD + 1))
    world.tokens = None
    assert await bot.refused("getFile", file_id=big.file_id) == "400 Bad Request: file is too big"


async def test_wrong_files_are_refused(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    at = {"chat_id": person.id}
    photo = await person.sends_photo(person.id)
    assert await bot.refused("sendDocument", **at, document=photo.file_ids[0]) == (
        "400 Bad Request: can't use file of type Photo as Document"
    )
    assert await bot.refused("sendPhoto", **at, photo="nonsense") == (
        "400 Bad Request: wrong file identifier/HTTP URL specified"
    )
    assert await bot.refused("sendPhoto", **at, photo="https://example.nl/x.jpg") == (
        "400 Bad Request: failed to get HTTP URL content"
    )
    assert await bot.refused("sendPhoto", **at, photo="attach://x") == (
        "400 Bad Request: there is no file in the request that the parameter attaches"
    )
    with pytest.raises(RefusedError, match="IMAGE_PROCESS_FAILED"):
        await upload(bot, "sendPhoto", {"photo": b"text"}, **at)
    with pytest.raises(RefusedError, match="file must be non-empty"):
        await upload(bot, "sendDocument", {"document": b""}, **at)
    with pytest.raises(RefusedError, match="file is too big"):
        await upload(bot, "sendPhoto", {"photo": PNG + bytes(10 * 1024 * 1024)}, **at)
    with pytest.raises(RefusedError, match="caption is too long"):
        await upload(bot, "sendPhoto", {"photo": PNG}, **at, caption="x" * 1025)


async def test_an_album_is_two_to_ten_messages_of_one_group(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    photo = await person.sends_photo(person.id)
    old = {"type": "photo", "media": photo.file_ids[0], "caption": "<b>een</b>", "parse_mode": "HTML"}
    fresh = {"type": "photo", "media": "attach://new"}
    sent = await upload(bot, "sendMediaGroup", {"new": PNG}, chat_id=person.id, media=[old, fresh])
    assert len({message["media_group_id"] for message in sent}) == 1
    assert sent[0]["caption"] == "een"
    assert sent[1]["photo"][-1]["width"] == 8
    for media, refusal in (
        ([old], "there must be from 2 to 10 messages"),
        ([old] * 11, "there must be from 2 to 10 messages"),
        ([], "MEDIA_EMPTY"),
        ([old, {"type": "document", "media": "attach://x"}], "media not found"),
        ([old, {"type": "hologram", "media": "x"}], "unknown media type"),
        ([old, {"type": "photo"}], "media not found"),
        ([old, {"type": "photo", "media": old["media"], "colour": 1}], "unknown field colour"),
        ([old, "x"], "expected an Object"),
    ):
        assert refusal in await bot.refused("sendMediaGroup", chat_id=person.id, media=media)
    document = (await person.sends_document(person.id)).file_ids[0]
    mixed = [old, {"type": "document", "media": document}]
    assert await bot.refused("sendMediaGroup", chat_id=person.id, media=mixed) == (
        "400 Bad Request: can't use the media of the specified type in the album"
    )


async def test_an_album_of_people_comes_in_parts(world: World, bot: Client) -> None:
    person = world.add_person("Fatima")
    await person.sends_album(person.id, 3, "Kijk")
    parts = [update["message"] for update in await bot.drain()]
    assert len({part["media_group_id"] for part in parts}) == 1
    assert [part.get("caption") for part in parts] == ["Kijk", None, None]
    assert len({part["message_id"] for part in parts}) == 3
    with pytest.raises(NotPossible):
        await person.sends_album(person.id, 11)
    with pytest.raises(NotPossible):
        await person.sends_photo(person.id, "x" * 1025)


async def test_media_can_be_replaced(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    photo = await person.sends_photo(person.id)
    sent = await bot.call("sendPhoto", chat_id=person.id, photo=photo.file_ids[0], caption="een")
    at = {"chat_id": person.id, "message_id": sent["message_id"]}
    media = {"type": "photo", "media": "attach://grey", "caption": "gewist"}
    edited = await upload(bot, "editMessageMedia", {"grey": PNG}, **at, media=media)
    assert edited["photo"][-1]["file_id"] != photo.file_ids[0]
    message = person.chat.last
    assert (message.texts, message.file_ids) == (["een", "gewist"], [edited["photo"][-1]["file_id"]])
    album = await upload(
        bot, "sendMediaGroup", {"a": PNG, "b": PNG}, chat_id=person.id,
        media=[{"type": "photo", "media": "attach://a"}, {"type": "photo", "media": "attach://b"}],
    )  # fmt: skip
    document = (await person.sends_document(person.id)).file_ids[0]
    in_album = {"chat_id": person.id, "message_id": album[0]["message_id"]}
    refusal = await bot.refused("editMessageMedia", **in_album, media={"type": "document", "media": document})
    assert refusal == "400 Bad Request: can't use the media of the specified type in the album"
    place = await bot.call("sendLocation", chat_id=person.id, latitude=52, longitude=5)
    refusal = await bot.refused(
        "editMessageMedia",
        chat_id=person.id,
        message_id=place["message_id"],
        media={"type": "document", "media": document},
    )
    assert refusal == "400 Bad Request: message can't be edited"


def test_sizes_are_read_from_pictures() -> None:
    assert image_size(TINY_JPEG) == (1, 1)
    assert image_size(PNG) == (8, 5)
    assert image_size(b"GIF89a\x02\x00\x03\x00") == (2, 3)
    assert image_size(b"RIFF....WEBP") == (512, 512)
    assert image_size(b"\xff\xd8\xff") == (320, 240)
    assert image_size(b"text") is None
