"""The kinds of handlers that this project uses; each conversation lists its own in `ROUTES`.

Order is decided in `handlers/__init__.py` only. A typed word that stands on a button of the last prompt counts as
a tap on it: `data_of` gives one answer for both.
"""

from collections.abc import Callable, Collection, Coroutine, Sequence
from functools import cache, lru_cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import BaseHandler

from bot.domain.enums import Language
from bot.domain.text_input import normalise
from bot.texts import Translator
from handlers.buttons import Button
from handlers.context import Ctx, scope

ButtonType = TypeVar("ButtonType", bound=Button)
Callback = Callable[[Update, Ctx], Coroutine[Any, Any, None]]
Route = BaseHandler[Any, Ctx, None]
Label = Callable[[Translator], str]

#: What a route may be looked up by: the code of its button, a command with its slash, or words behind "=".
Handle = str


class OnButton(BaseHandler[Update, Ctx, None]):
    """Calls back with the decoded button for a tap on it, or for its label or number typed in private."""

    def __init__(
        self, button: type[ButtonType], callback: Callable[[Update, Ctx, ButtonType], Coroutine[Any, Any, None]]
    ) -> None:
        """Serve every tap that decodes to *button*."""
        super().__init__(callback)  # type: ignore[arg-type]  # called with a third argument below
        self.button = button

    def check_update(self, update: object) -> Button | None:
        """Return the decoded button when it is this one."""
        data = data_of(update)
        return self.button.decode(data) if data else None

    async def handle_update(self, update: Update, application: object, check_result: object, context: Ctx) -> None:
        """Hand over to the callback."""
        await self.callback(update, context, check_result)  # type: ignore[call-arg]


class OnOwnButton(OnButton):
    """The same for what is a person's own: in a group, where only a changed app can send it, it is no button at all."""

    def check_update(self, update: object) -> Button | None:
        """Return the decoded button when it is this one, in private."""
        return super().check_update(update) if isinstance(update, Update) and is_private(update) else None


class OnCommand(BaseHandler[Update, Ctx, None]):
    """Calls back for `/name` (any of *names*), in private chats, groups or both; the argument is in `context.args`."""

    def __init__(
        self, names: str | Sequence[str], callback: Callback, *, private: bool = True, group: bool = False
    ) -> None:
        """Serve the commands *names*, without slash."""
        super().__init__(callback)
        self.names = frozenset([names] if isinstance(names, str) else names)
        self.private, self.group = private, group

    def check_update(self, update: object) -> list[str] | None:
        """Return the words behind the command when it is this one."""
        command = command_of(update)
        if command is None or command[0] not in self.names or not isinstance(update, Update):
            return None
        private = update.effective_chat is not None and update.effective_chat.type == "private"
        return command[1] if (self.private if private else self.group) else None

    def collect_additional_context(self, context: Ctx, update: Update, application: object, check_result: Any) -> None:  # noqa: ANN401 PTB's signature
        """Put the words behind the command in `context.args`."""
        context.args = check_result


class OnMessage(BaseHandler[Update, Ctx, None]):
    """Calls back for a new message that *test* accepts (text, media, location …)."""

    def __init__(self, test: Callable[[Update], bool], callback: Callback) -> None:
        """Serve the messages for which *test* is true."""
        super().__init__(callback)
        self.test = test

    def check_update(self, update: object) -> bool:
        """Return whether this is such a message."""
        return isinstance(update, Update) and update.message is not None and self.test(update)


class OnWords(BaseHandler[Update, Ctx, None]):
    """Calls back for a private message that is one of *words* (normalised) and nothing else, while *when* is true."""

    def __init__(
        self, words: Collection[str], callback: Callback, when: Callable[[Update], bool] | None = None
    ) -> None:
        """Serve these words."""
        super().__init__(callback)
        self.words, self.when = frozenset(words), when

    def check_update(self, update: object) -> bool:
        """Return whether these words were typed, and count."""
        if not isinstance(update, Update) or said(update) not in self.words:
            return False
        return self.when is None or self.when(update)


class OnUpdate(BaseHandler[Update, Ctx, None]):
    """Calls back for any update that *test* accepts (edits, membership …)."""

    def __init__(self, test: Callable[[Update], bool], callback: Callback) -> None:
        """Serve the updates for which *test* is true."""
        super().__init__(callback)
        self.test = test

    def check_update(self, update: object) -> bool:
        """Return whether this is such an update."""
        return isinstance(update, Update) and self.test(update)


def is_private(update: Update) -> bool:
    """Return whether *update* happens in a private chat."""
    chat = update.effective_chat
    return chat is not None and chat.type == "private"


@cache
def labellers() -> Sequence[Translator]:
    """Return a translator per language for labels, which hold no times."""
    return [Translator(language, ZoneInfo("UTC")) for language in Language]


def in_every_language(*labels: Label) -> frozenset[str]:
    """Return these labels as people type them, in every language."""
    return frozenset(normalise(label(t)) for label in labels for t in labellers())


def said(update: object) -> str | None:
    """Return the words of a new private message, normalised; None when it is none or has no text."""
    message = update.message if isinstance(update, Update) else None
    if message is None or not message.text or not isinstance(update, Update) or not is_private(update):
        return None
    plain = scope.get().plain
    if update.update_id not in plain:  # asked by many routes, worked out once
        plain[update.update_id] = normalise(message.text)
    return plain[update.update_id]


def command_of(update: object) -> tuple[str, list[str]] | None:
    """Return the command of a new message (lower case, without slash and bot name) and the words behind it.

    A command for another bot ("/help@otherbot") is none.
    """
    message = update.message if isinstance(update, Update) else None
    if message is None or not message.text or not message.text.startswith("/") or len(message.text) < 2:
        return None
    first, *rest = message.text.split()
    name, _, bot = first[1:].partition("@")
    ours = scope.get().bot_username
    return None if bot and bot.casefold() != ours.casefold() else (name.casefold(), rest)


def data_of(update: object) -> str | None:
    """Return the callback data of a tap, or of the button of the last prompt that was typed in private.

    A tap on a message that Telegram does not name (of inline mode, which this bot has not) is one on no button of ours.
    """
    if not isinstance(update, Update):
        return None
    if update.callback_query is not None:
        return update.callback_query.data if update.callback_query.message is not None else None
    words, user = said(update), update.effective_user
    if words is None or user is None:
        return None
    current = scope.get()
    if update.update_id not in current.typed:  # asked by every route, looked up once
        person = current.people.get(user.id)
        current.typed[update.update_id] = typed_button(words, person.prompt or []) if person else None
    return current.typed[update.update_id]


def typed_button(typed: str, options: Sequence[Sequence[str]]) -> str | None:
    """Return the data of the option (label, data) that *typed* (normalised) names by its words or number (from 1).

    Options with a third part are not counted: there a typed number is an answer (`Ctx.show_numbers`).
    """
    counted = [option for option in options if len(option) == 2]
    if typed.isdecimal() and 1 <= int(typed) <= len(counted) and len(typed) <= 2:
        return counted[int(typed) - 1][1]
    return next((option[1] for option in options if typed and _label(option[0]) == typed), None)


@lru_cache(maxsize=1_000)
def _label(label: str) -> str:
    """Return the words of a button's label; most stand on very many people's screens."""
    return normalise(label)


class RouteBook:
    """Routes in their order, looked up by what an update has: most are of one button, one command or a few words."""

    def __init__(self, routes: Sequence[Route]) -> None:
        """Look up in *routes*."""
        self._routes = [(route, _asks(route)) for route in routes]
        self._known = frozenset[Handle]().union(*(asked for _route, asked in self._routes))
        self._found: dict[frozenset[Handle], list[Route]] = {}

    def candidates(self, update: object) -> list[Route]:
        """Return, in their order, the routes that may accept *update*; no other one would."""
        handles = self._known & _handles(update)
        if handles not in self._found:
            self._found[handles] = [route for route, asked in self._routes if not asked or asked & handles]
        return self._found[handles]


def _asks(route: Route) -> frozenset[Handle]:
    """Return of which handles an update must have one for this route; none: any update may be its own."""
    if isinstance(route, OnButton):
        return frozenset({route.button.code})
    if isinstance(route, OnWords):
        return frozenset(f"={words}" for words in route.words)
    return frozenset(f"/{name}" for name in route.names) if isinstance(route, OnCommand) else frozenset()


def _handles(update: object) -> frozenset[Handle]:
    """Return what routes can be looked up by for this update."""
    data, command, words = data_of(update), command_of(update), said(update)
    found = [data.partition(":")[0]] if data else []
    if command is not None:
        found.append(f"/{command[0]}")
    if words is not None:
        found.append(f"={words}")
    return frozenset(found)
