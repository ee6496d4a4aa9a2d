"""Opening the scope of a transaction: people, dialogues and tapped messages of all its updates, with few queries."""

from collections.abc import Sequence
from datetime import timedelta

from telegram import ChatMember, User

from bot.domain.enums import Language, OutboxState, Reachable
from bot.runtime.reading import Facts
from bot.runtime.translators import Translators
from handlers.buttons import numbers_of
from handlers.context import Dialogues, Scope
from storage.models import Outbox, Person
from storage.queries import dialogues, intake, people
from storage.work import Work

#: `last_seen_at` is kept this exactly, so that not every message writes it.
_SEEN_AGAIN = timedelta(hours=12)


async def open_scope(
    work: Work,
    updates: Sequence[Facts],
    translators: Translators,
    bot_username: str,
    *,
    mail: bool = False,
    web: str = "",
) -> Scope:
    """Return a scope with everybody in *updates* (new people get a row), their dialogues, and what they tapped."""
    scope = Scope(work=work, translators=translators, bot_username=bot_username, mail=mail, web=web)
    scope.people = await _people(work, updates)
    places = {facts.place for facts in updates if facts.place}
    scope.dialogues = Dialogues(await dialogues.fetch(work.session, places))
    scope.shown = await intake.shown(work.session, {place for facts in updates for place in facts.messages})
    await _adopt(scope, updates)
    return scope


async def _people(work: Work, updates: Sequence[Facts]) -> dict[int, Person]:
    users = {facts.user.id: facts.user for facts in updates if facts.user is not None}
    known = await people.fetch(work.session, users)
    new = users.keys() - known.keys()
    for user_id in new:
        known[user_id] = people.add(work.session, user_id, now=work.now)
        known[user_id].language = language_of(users[user_id])
    if new:
        await work.session.flush()  # which gives them their defaults
    for facts in updates:
        if facts.user is not None and facts.private:
            _was_here(known[facts.user.id], facts, work)
    return known


def language_of(user: User) -> Language:
    """Return the language to begin with: English for who has Telegram in English, Dutch for all others."""
    return Language.ENGLISH if (user.language_code or "").lower().startswith("en") else Language.DUTCH


def _was_here(person: Person, facts: Facts, work: Work) -> None:
    """Note that somebody can be written to, or has just blocked the bot."""
    change = facts.update.my_chat_member
    left = change is not None and change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
    reachable = Reachable.BLOCKED if left else Reachable.YES
    if person.reachable is not reachable:
        person.reachable = reachable
    if person.last_seen_at is None or work.now - person.last_seen_at > _SEEN_AGAIN:
        person.last_seen_at = work.now


async def _adopt(scope: Scope, updates: Sequence[Facts]) -> None:
    """Find out about tapped messages that no row knows: a tap proves that they arrived.

    When we never learnt whether a prompt or a card arrived, the tapped message is it: its id goes on the row. When
    the card stands elsewhere in its group by now, the tapped one is a stray double.
    """
    known = len(scope.shown)
    unknown = [facts for facts in updates if facts.query is not None and _is_unknown(scope, facts)]
    prompts = {_prompt_of(facts): facts for facts in unknown}
    for key, row in (await intake.unseen(scope.work.session, prompts)).items():
        if _data(prompts[key]) in _buttons(row):
            _is_shown_as(scope, row, prompts[key].messages[0])
    abouts = {(facts.messages[0][0], number): facts for facts in unknown for number in numbers_of(_data(facts) or "")}
    for row in await intake.cards(scope.work.session, abouts):
        place = abouts[(row.chat_id, row.about or 0)].messages[0]
        if row.message_id is None and row.state is OutboxState.WAITING:
            _is_shown_as(scope, row, place)
        elif row.chat_id < 0 and row.message_id is not None and row.message_id != place[1]:
            scope.strays.add(place)
    if len(scope.shown) > known:
        await scope.work.session.flush()  # since what a key is shown as is read past the session


def _is_unknown(scope: Scope, facts: Facts) -> bool:
    return bool(facts.messages) and facts.place is not None and facts.messages[0] not in scope.shown


def _is_shown_as(scope: Scope, row: Outbox, place: tuple[int, int]) -> None:
    row.message_id = place[1]
    scope.shown[place] = row


def _prompt_of(facts: Facts) -> str:
    chat, user = facts.place or (0, 0)
    return f"prompt:{chat}" if facts.private else f"prompt:{chat}:{user}"


def _data(facts: Facts) -> str | None:
    return facts.query.data if facts.query else None


def _buttons(row: Outbox) -> set[str]:
    rows = (row.payload or {}).get("keyboard", [])
    return {key.get("callback_data") for keys in rows for key in keys}
