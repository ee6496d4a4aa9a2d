"""What an update looks like, as far as anything here reads it: the types and ranges that Telegram promises.

PTB takes whatever stands in a field. What is judged here first surprises no handler, no database and not Telegram:
an id that is no whole number, a point that is nowhere on Earth, a private chat that is somebody else's.
"""

import re
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

#: Telegram promises that no id has more bits.
_MOST_ID = 2**52
#: 31 December 9999, which is as late as a date can be.
_LAST_MOMENT = 253_402_300_799
#: What no database keeps in a text: the end of a string in C, and half of a surrogate pair.
_UNKEPT = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
_DEEPEST = 100

_Id = Annotated[int, Field(ge=-_MOST_ID, le=_MOST_ID)]
_UserId = Annotated[int, Field(gt=0, le=_MOST_ID)]
_GroupId = Annotated[int, Field(lt=0, ge=-_MOST_ID)]
_MessageId = Annotated[int, Field(ge=0, lt=2**31)]
_Moment = Annotated[int, Field(ge=0, le=_LAST_MOMENT)]
_Count = Annotated[int, Field(ge=0, lt=2**63)]
_Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True)


class _User(_Shape):
    id: _UserId
    is_bot: bool
    first_name: _Text
    username: _Text | None = None
    language_code: _Text | None = None


class _Chat(_Shape):
    id: _Id
    type: _Text


class _Entity(_Shape):
    type: _Text
    offset: _Count
    length: _Count


class _File(_Shape):
    file_id: _Text
    file_unique_id: _Text


class _Location(_Shape):
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class _Contact(_Shape):
    phone_number: _Text
    first_name: _Text
    user_id: _Id | None = None


class _Known(_Shape):
    """A message as another one, or a tap, refers to it."""

    message_id: _MessageId
    date: _Moment
    chat: _Chat
    sender: _User | None = Field(default=None, alias="from")
    text: _Text | None = None
    caption: _Text | None = None
    message_thread_id: _MessageId | None = None
    is_topic_message: bool | None = None


class _Message(_Known):
    edit_date: _Moment | None = None
    entities: list[_Entity] | None = None
    caption_entities: list[_Entity] | None = None
    reply_to_message: _Known | None = None
    sender_chat: _Chat | None = None
    media_group_id: _Text | None = None
    photo: list[_File] | None = None
    video: _File | None = None
    voice: _File | None = None
    video_note: _File | None = None
    audio: _File | None = None
    document: _File | None = None
    location: _Location | None = None
    contact: _Contact | None = None
    new_chat_members: list[_User] | None = None
    left_chat_member: _User | None = None
    migrate_to_chat_id: _GroupId | None = None
    migrate_from_chat_id: _GroupId | None = None


class _Query(_Shape):
    id: _Text
    sender: _User = Field(alias="from")
    message: _Known | None = None
    data: _Text | None = None


class _Member(_Shape):
    user: _User
    status: _Text
    is_member: bool | None = None


class _Change(_Shape):
    chat: _Chat
    sender: _User = Field(alias="from")
    date: _Moment
    old_chat_member: _Member
    new_chat_member: _Member


class _Update(_Shape):
    update_id: _Count
    message: _Message | None = None
    edited_message: _Message | None = None
    callback_query: _Query | None = None
    my_chat_member: _Change | None = None
    chat_member: _Change | None = None

    @model_validator(mode="after")
    def _is_of_one_place(self) -> Self:
        """Refuse what tells of two things, or happens in somebody else's chat."""
        found = [self.message, self.edited_message, self.callback_query, self.my_chat_member, self.chat_member]
        bodies = [body for body in found if body is not None]
        if len(bodies) > 1:
            raise ValueError("two things at once")
        for body in bodies:
            place = body.message if isinstance(body, _Query) else body
            if place is not None:
                _is_in_its_place(body.sender, place.chat)
        return self


def _is_in_its_place(sender: _User | None, chat: _Chat) -> None:
    """Refuse a private chat that is not of *sender*, and a group with the id of a person.

    Only a channel's posts are from nobody, and those come as another kind of update.
    """
    if sender is None:
        raise ValueError("from nobody")
    if chat.type == "private" and sender.id != chat.id:
        raise ValueError("somebody else's chat")
    if chat.type != "private" and chat.id >= 0:
        raise ValueError("no group")


def sound(raw: dict[str, Any]) -> dict[str, Any]:
    """Return *raw* when it is an update as Telegram describes them, else raise ValueError.

    Signs that no database keeps are replaced in it: whoever sent them is heard like anybody else.
    """
    try:
        _Update.model_validate(raw)
    except ValidationError:
        raw = _kept(raw, _DEEPEST)
        _Update.model_validate(raw)
    return raw


def _kept(value: Any, deep: int) -> Any:  # noqa: ANN401 any JSON
    if isinstance(value, str):
        return _UNKEPT.sub(_REPLACEMENT, value)
    if not deep and isinstance(value, list | dict):
        raise ValueError("too deep")
    if isinstance(value, list):
        return [_kept(one, deep - 1) for one in value]
    if isinstance(value, dict):
        return {key: _kept(one, deep - 1) for key, one in value.items()}
    return value
