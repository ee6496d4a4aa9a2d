"""Keyboards: what the server takes of a reply_markup."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from bot.demo.telegram.entities import utf16_length
from bot.demo.telegram.errors import malformed
from bot.demo.telegram.model import Chat, Json, Message, ReplyKeyboard

_KINDS: Final = {
    "inline_keyboard": frozenset({"inline_keyboard"}),
    "keyboard": frozenset(
        {
            "keyboard", "is_persistent", "resize_keyboard", "one_time_keyboard", "input_field_placeholder",
            "selective",
        }
    ),
    "remove_keyboard": frozenset({"remove_keyboard", "selective"}),
    "force_reply": frozenset({"force_reply", "input_field_placeholder", "selective"}),
}  # fmt: skip
_ACTIONS: Final = frozenset(
    {"url", "callback_data", "switch_inline_query", "switch_inline_query_current_chat", "copy_text", "login_url"}
)
_LOOKS: Final = frozenset({"text", "style", "icon_custom_emoji_id"})
_KEY_ACTIONS: Final = frozenset({"request_contact", "request_location"})
_STYLES: Final = frozenset({"danger", "success", "primary"})
_URL: Final = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?|tg://\S+", re.IGNORECASE)
MOST_BUTTONS: Final = 100
MOST_BYTES: Final = 10_000
MOST_DATA: Final = 64


def checked(raw: Json | None, chat: Chat) -> Json | None:
    """Return the markup as it will stand, None for none; raise 400 for what Telegram refuses."""
    if not raw:
        return None
    kind = next((name for name in _KINDS if name in raw), None)
    if kind is None:
        raise malformed("object expected as reply markup")
    if unknown := set(raw) - _KINDS[kind]:
        raise malformed(f"unknown field {min(unknown)} in reply markup")
    placeholder = raw.get("input_field_placeholder", "")
    if not isinstance(placeholder, str) or utf16_length(placeholder) > MOST_DATA:
        raise malformed("input field placeholder must be a text of at most 64 characters")
    for name in raw:
        if name not in {"inline_keyboard", "keyboard", "input_field_placeholder"} and not isinstance(raw[name], bool):
            raise malformed(f'can\'t parse reply markup: Field "{name}" must be of type Boolean')
    if kind == "inline_keyboard":
        rows = _rows(raw[kind], "inline keyboard")
        if len(json.dumps(rows, ensure_ascii=False).encode()) > MOST_BYTES:
            raise malformed("reply markup is too long")
        return {kind: [[_inline_button(button) for button in row] for row in rows if row]}
    if kind == "keyboard":
        rows = [[_key(key, chat) for key in row] for row in _rows(raw[kind], "reply keyboard") if row]
        return {**raw, kind: rows}
    if raw[kind] is not True:
        return None
    return raw


def checked_inline(raw: Json | None, chat: Chat) -> Json | None:
    """Return an inline keyboard or None; raise 400 for any other markup, as editing does."""
    markup = checked(raw, chat)
    if markup is None:
        return None
    if "inline_keyboard" not in markup:
        raise malformed("inline keyboard expected")
    return markup if markup["inline_keyboard"] else None


def _rows(raw: object, name: str) -> list[list[Any]]:
    if not isinstance(raw, list) or not all(isinstance(row, list) for row in raw):
        raise malformed(f"can't parse {name}: expected an Array of Array")
    if sum(len(row) for row in raw) > (MOST_BUTTONS if name.startswith("inline") else 3 * MOST_BUTTONS):
        raise malformed("reply markup is too long")
    return raw


def _text_of(raw: object, name: str) -> str:
    if not isinstance(raw, dict):
        raise malformed(f"can't parse {name}: expected an Object")
    text = raw.get("text")
    if not isinstance(text, str):
        raise malformed(f'can\'t parse {name}: Field "text" must be of type String')
    if not text.strip():
        raise malformed(f"can't parse {name}: Text is empty")
    if raw.get("style", "primary") not in _STYLES:
        raise malformed(f"can't parse {name}: Invalid button style specified")
    return text


def _inline_button(raw: Any) -> Json:  # noqa: ANN401 - JSON from the wire
    _text_of(raw, "inline keyboard button")
    actions = [name for name in raw if name in _ACTIONS]
    if unknown := set(raw) - _ACTIONS - _LOOKS:
        raise malformed(f"unknown field {min(unknown)} in inline keyboard button")
    if not actions:
        raise malformed("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise malformed("can't parse inline keyboard button: exactly one action must be given")
    value = raw[actions[0]]
    if actions[0] == "callback_data" and not (isinstance(value, str) and 1 <= len(value.encode()) <= MOST_DATA):
        raise malformed("BUTTON_DATA_INVALID")
    if actions[0] == "url" and not (isinstance(value, str) and _URL.fullmatch(value)):
        raise malformed(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    return dict(raw)


def _key(raw: Any, chat: Chat) -> Json:  # noqa: ANN401 - JSON from the wire
    if isinstance(raw, str):
        raw = {"text": raw}
    _text_of(raw, "keyboard button")
    if unknown := set(raw) - _KEY_ACTIONS - _LOOKS:
        raise malformed(f"unknown field {min(unknown)} in keyboard button")
    if raw.get("request_location") and not chat.private:
        raise malformed("location can be requested in private chats only")
    if raw.get("request_contact") and not chat.private:
        raise malformed("phone number can be requested in private chats only")
    return dict(raw)


def show(message: Message, markup: Json | None) -> None:
    """Give the people of the chat the keyboard, its removal or the reply prompt that came with *message*."""
    if markup is None or "inline_keyboard" in markup:
        return
    chat = message.chat
    message.asked = markup
    for user_id in _readers(message, selective=bool(markup.get("selective"))):
        if "keyboard" in markup:
            one_time = bool(markup.get("one_time_keyboard"))
            chat.keyboards[user_id] = ReplyKeyboard(markup["keyboard"], one_time, message.message_id)
        elif "remove_keyboard" in markup:
            chat.keyboards.pop(user_id, None)
        else:
            chat.prompts[user_id] = message


def _readers(message: Message, *, selective: bool) -> list[int]:
    people = [m.user.id for m in message.chat.members.values() if m.present and not m.user.is_bot]
    if not selective or message.chat.private:
        return people
    meant = {e["user"]["id"] for e in message.entities if e["type"] == "text_mention"}
    if message.reply_to and message.reply_to.sender:
        meant.add(message.reply_to.sender.id)
    names = {m.user.username: m.user.id for m in message.chat.members.values() if m.user.username}
    meant |= {user_id for name, user_id in names.items() if f"@{name}".lower() in message.text.lower()}
    return [user_id for user_id in people if user_id in meant]
