"""What a person can do on a phone: each action by name, with its untrusted arguments checked."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.demo.page.pictures import EXAMPLE_PHOTO, EXAMPLE_VOICE
from bot.demo.telegram import NotPossible, Person, World
from bot.demo.telegram.errors import BotBlocked, NotThere, TooLong

Json = dict[str, Any]
Act = Callable[[Person, int, Json], Awaitable[object]]


async def act(world: World, wanted: Json) -> None:
    """Do *wanted* ({"person", "chat", "do", …}); ValueError with a sentence when it can't be done."""
    try:
        person, chat = world.person(int(wanted["person"])), int(wanted["chat"])
        doing = ACTS[str(wanted["do"])]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("Dit kan deze telefoon niet.") from error
    try:
        await doing(person, chat, wanted)
    except NotPossible as error:
        raise ValueError(_sorry(error)) from error
    except (KeyError, TypeError) as error:
        raise ValueError("Dit bericht of deze chat is er niet.") from error


def _sorry(error: NotPossible) -> str:
    """Return what the phone says; the stand-in's own words are for who writes tests."""
    match error:
        case BotBlocked():
            return "De bot is hier geblokkeerd. Kies ⋯ en dan: Blokkade opheffen."
        case NotThere():
            return "Dit bericht of deze knop is er niet meer."
        case TooLong():
            return "Dit is te lang: een bericht heeft hoogstens 4096 tekens, de tekst bij een foto 1024."
        case _:
            return "Dit kan deze telefoon niet."


async def _text(person: Person, chat: int, wanted: Json) -> object:
    text = str(wanted["text"]).strip()
    if not text:
        raise ValueError("Typ eerst iets.")
    reply_to = wanted.get("reply_to")
    return await person.sends(chat, text, reply_to=int(reply_to) if reply_to else None)


async def _tap(person: Person, chat: int, wanted: Json) -> object:
    return await person.taps(chat, int(wanted["message"]), str(wanted["data"]))


async def _press(person: Person, chat: int, wanted: Json) -> object:
    return await person.presses(str(wanted["label"]), chat)


async def _start(person: Person, _chat: int, wanted: Json) -> object:
    return await person.starts(str(wanted.get("payload") or ""))


async def _photo(person: Person, chat: int, wanted: Json) -> object:
    return await person.sends_photo(chat, str(wanted.get("text") or ""), data=EXAMPLE_PHOTO)


async def _voice(person: Person, chat: int, _wanted: Json) -> object:
    return await person.sends_voice(chat, data=EXAMPLE_VOICE)


async def _location(person: Person, chat: int, wanted: Json) -> object:
    try:
        lat, lon = float(wanted["lat"]), float(wanted["lon"])
    except (TypeError, ValueError) as error:
        raise ValueError("Typ twee getallen, zoals 52,3680 en 5,2050.") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError("Dit is geen plek op aarde.")
    return await person.sends_location(chat, lat, lon)


async def _edit(person: Person, chat: int, wanted: Json) -> object:
    return await person.edits(chat, int(wanted["message"]), str(wanted["text"]))


async def _delete(person: Person, chat: int, wanted: Json) -> None:
    await person.deletes(chat, int(wanted["message"]))


async def _block(person: Person, _chat: int, _wanted: Json) -> None:
    await person.blocks()


async def _unblock(person: Person, _chat: int, _wanted: Json) -> None:
    await person.unblocks()


ACTS: dict[str, Act] = {
    "text": _text,
    "tap": _tap,
    "press": _press,
    "start": _start,
    "photo": _photo,
    "voice": _voice,
    "location": _location,
    "edit": _edit,
    "delete": _delete,
    "block": _block,
    "unblock": _unblock,
}
