"""The methods the stand-in knows and the parameters each of them takes, kept by hand.

``name!`` is required; after a colon stands its sort: ``int``, ``float``, ``bool``, ``chat`` (an id or @username),
``obj`` and ``list`` (JSON), ``file`` (an upload, a file id or an address); none means text. A name that is not here is
refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_SEND: Final = (
    "message_thread_id:int disable_notification:bool protect_content:bool reply_parameters:obj reply_markup:obj"
)
_ALBUM: Final = "message_thread_id:int disable_notification:bool protect_content:bool reply_parameters:obj"
_CAPTION: Final = "caption parse_mode caption_entities:list"
_ABOVE: Final = "show_caption_above_media:bool"
_EDIT: Final = "chat_id:chat message_id:int inline_message_id"
_TOPIC: Final = "chat_id!:chat message_thread_id!:int"
_SCOPE: Final = "scope:obj language_code"

_METHODS: Final = {
    "getMe": "",
    "logOut": "",
    "close": "",
    "getUpdates": "offset:int limit:int timeout:int allowed_updates:list",
    "setWebhook": ("url! ip_address max_connections:int allowed_updates:list drop_pending_updates:bool secret_token"),
    "deleteWebhook": "drop_pending_updates:bool",
    "getWebhookInfo": "",
    "sendMessage": f"chat_id!:chat text! parse_mode entities:list link_preview_options:obj {_SEND}",
    "sendPhoto": f"chat_id!:chat photo!:file {_CAPTION} {_ABOVE} has_spoiler:bool {_SEND}",
    "sendVideo": (
        f"chat_id!:chat video!:file duration:int width:int height:int thumbnail:file {_CAPTION} {_ABOVE}"
        f" has_spoiler:bool supports_streaming:bool {_SEND}"
    ),
    "sendAnimation": (
        f"chat_id!:chat animation!:file duration:int width:int height:int thumbnail:file {_CAPTION} {_ABOVE}"
        f" has_spoiler:bool {_SEND}"
    ),
    "sendAudio": f"chat_id!:chat audio!:file {_CAPTION} duration:int performer title thumbnail:file {_SEND}",
    "sendDocument": (
        f"chat_id!:chat document!:file thumbnail:file {_CAPTION} disable_content_type_detection:bool {_SEND}"
    ),
    "sendVoice": f"chat_id!:chat voice!:file {_CAPTION} duration:int {_SEND}",
    "sendVideoNote": f"chat_id!:chat video_note!:file duration:int length:int thumbnail:file {_SEND}",
    "sendSticker": f"chat_id!:chat sticker!:file emoji {_SEND}",
    "sendMediaGroup": f"chat_id!:chat media!:list {_ALBUM}",
    "sendLocation": (
        f"chat_id!:chat latitude!:float longitude!:float horizontal_accuracy:float live_period:int heading:int"
        f" proximity_alert_radius:int {_SEND}"
    ),
    "sendVenue": f"chat_id!:chat latitude!:float longitude!:float title! address! {_SEND}",
    "sendContact": f"chat_id!:chat phone_number! first_name! last_name vcard {_SEND}",
    "sendChatAction": "chat_id!:chat message_thread_id:int action!",
    "forwardMessage": (
        "chat_id!:chat message_thread_id:int from_chat_id!:chat disable_notification:bool protect_content:bool"
        " message_id!:int"
    ),
    "copyMessage": f"chat_id!:chat from_chat_id!:chat message_id!:int {_CAPTION} {_ABOVE} {_SEND}",
    "setMessageReaction": "chat_id!:chat message_id!:int reaction:list is_big:bool",
    "getFile": "file_id!",
    "editMessageText": f"{_EDIT} text! parse_mode entities:list link_preview_options:obj reply_markup:obj",
    "editMessageCaption": f"{_EDIT} {_CAPTION} {_ABOVE} reply_markup:obj",
    "editMessageMedia": f"{_EDIT} media!:obj reply_markup:obj",
    "editMessageReplyMarkup": f"{_EDIT} reply_markup:obj",
    "deleteMessage": "chat_id!:chat message_id!:int",
    "deleteMessages": "chat_id!:chat message_ids!:list",
    "answerCallbackQuery": "callback_query_id! text show_alert:bool url cache_time:int",
    "pinChatMessage": "chat_id!:chat message_id!:int disable_notification:bool",
    "unpinChatMessage": "chat_id!:chat message_id:int",
    "unpinAllChatMessages": "chat_id!:chat",
    "leaveChat": "chat_id!:chat",
    "getChat": "chat_id!:chat",
    "getChatAdministrators": "chat_id!:chat",
    "getChatMemberCount": "chat_id!:chat",
    "getChatMember": "chat_id!:chat user_id!:int",
    "banChatMember": "chat_id!:chat user_id!:int until_date:int revoke_messages:bool",
    "unbanChatMember": "chat_id!:chat user_id!:int only_if_banned:bool",
    "createForumTopic": "chat_id!:chat name! icon_color:int icon_custom_emoji_id",
    "editForumTopic": f"{_TOPIC} name icon_custom_emoji_id",
    "closeForumTopic": _TOPIC,
    "reopenForumTopic": _TOPIC,
    "deleteForumTopic": _TOPIC,
    "setMyCommands": f"commands!:list {_SCOPE}",
    "getMyCommands": _SCOPE,
    "deleteMyCommands": _SCOPE,
    "setMyName": "name language_code",
    "getMyName": "language_code",
    "setMyDescription": "description language_code",
    "getMyDescription": "language_code",
    "setMyShortDescription": "short_description language_code",
    "getMyShortDescription": "language_code",
    "setChatMenuButton": "chat_id:int menu_button:obj",
    "getChatMenuButton": "chat_id:int",
    "setMyDefaultAdministratorRights": "rights:obj for_channels:bool",
    "getMyDefaultAdministratorRights": "for_channels:bool",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of a method."""

    name: str
    sort: str
    required: bool


def _fields(line: str) -> dict[str, Field]:
    result = {}
    for word in line.split():
        head, _, sort = word.partition(":")
        name = head.rstrip("!")
        result[name] = Field(name, sort or "str", head.endswith("!"))
    return result


TABLE: Final = {method: _fields(line) for method, line in _METHODS.items()}
"""Method → its parameters by name."""

BY_LOWER_NAME: Final = {name.lower(): name for name in TABLE}
"""Method names are not case sensitive on the wire."""
