"""`/start`, the language, help and phone numbers, and how to complain."""

from dataclasses import dataclass

from telegram import Update

from bot import data
from bot.domain.enums import Language, RoleName
from bot.services.desk import signals
from bot.texts import menu as menu_texts
from bot.texts import signals as signal_texts
from bot.texts import staff_menu as staff_texts
from bot.texts import start as texts
from handlers import staff
from handlers.activities import detail
from handlers.buttons import Button, Key, button
from handlers.context import Ctx, keys
from handlers.conversation import open_of
from handlers.desk import absence
from handlers.desk import signals as signal_conversation
from handlers.desk.signal_buttons import OpenSignal
from handlers.routes import OnButton, OnCommand, Route
from handlers.stalls import links
from handlers.views.drawing import Drawing
from storage.queries import staff as staff_queries
from storage.queries import town


@button("lg")
@dataclass(frozen=True)
class PickLanguage(Button):
    """A language; None opens the choice."""

    language: Language | None = None


@button("cp")
@dataclass(frozen=True)
class Complain(Button):
    """How to complain."""


async def start(update: Update, context: Ctx) -> None:
    """Welcome somebody, or follow the deep link that a worker tapped."""
    if context.args == [absence.LINK]:
        await absence.begin(update, context)
        return
    if context.args == [signal_conversation.LINK]:
        await signal_conversation.follow_link(update, context)
        return
    route = links.route_of(context.args[0]) if context.args else None
    if route is not None:
        await _welcome_on_route(context, route)
        return
    if context.args:
        await staff.follow_link(update, context, context.args[0])
        return
    await welcome(context)


async def _welcome_on_route(context: Ctx, occurrence_id: int) -> None:
    """Welcome who scanned a route sheet, and show that route."""
    organisation = await town.organisation(context.work.session)
    text = texts.welcome(context.t, organisation=organisation.name)
    context.say(Drawing(text=text, menu=menu_texts.rows(context.t)))
    await detail.show_meeting(context, occurrence_id)


async def welcome(context: Ctx) -> None:
    """Show the welcome with the menu, and the choice of language below it."""
    organisation = await town.organisation(context.work.session)
    text = texts.welcome(context.t, organisation=organisation.name)
    context.say(Drawing(text=text, menu=menu_texts.rows(context.t)))
    rows: list[tuple[str, Button]] = [(texts.LANGUAGE_LABEL, PickLanguage())]
    if await signals.may_record(context.work, context.person.id):
        rows.append((signal_texts.menu_label(context.t), OpenSignal()))
    context.show(texts.choose_language(context.t), keys(*rows), new=True)


async def open_languages(_update: Update, context: Ctx) -> None:
    """Show the languages of the organisation."""
    organisation = await town.organisation(context.work.session)
    offered = [Language(code) for code in organisation.languages]
    context.show(
        texts.choose_language(context.t),
        keys(*((texts.LANGUAGE_NAMES[language], PickLanguage(language)) for language in offered)),
    )


async def pick_language(update: Update, context: Ctx, pressed: PickLanguage) -> None:
    """Speak another language from now on, and show the menu in it, and what was being asked."""
    if pressed.language is None:
        await open_languages(update, context)
        return
    context.person.language = pressed.language
    context.show(texts.language_is(context.t, name=texts.LANGUAGE_NAMES[pressed.language]))
    organisation = await town.organisation(context.work.session)
    text = texts.welcome(context.t, organisation=organisation.name)
    context.say(Drawing(text=text, menu=menu_texts.rows(context.t)))
    if found := open_of(context):
        await found.show(context)


async def show_help(_update: Update, context: Ctx) -> None:
    """Show how the bot works and whom to call; in a group, what the bot does there."""
    if not context.is_private:
        desks = await town.desk_of_chat(context.work.session, context.chat_id, context.thread_id)
        lines = [texts.group_help(context.t, desk=desks[0].name if desks else None)]
        commands = staff_texts.explained(staff_texts.desk_commands(context.t))
        context.say("\n\n".join([*lines, commands] if desks else lines))
        return
    organisation = await town.organisation(context.work.session)
    lines = [
        texts.help_line(
            context.t,
            number=line.number,
            name=line.name[context.person.language],
            hours=line.hours[context.person.language] if line.hours else "",
            cost=line.cost[context.person.language] if line.cost else "",
        )
        for line in data.help_lines().values()
    ]
    helped = texts.help_text(context.t, organisation=organisation.name, lines=lines)
    context.show(
        "\n\n".join(filter(None, (helped, await _staff_commands(context)))),
        [
            [Key(texts.complaint_label(context.t, organisation=organisation.name), Complain())],
            [Key(texts.LANGUAGE_LABEL, PickLanguage())],
        ],
    )


async def _staff_commands(context: Ctx) -> str:
    """Return the commands that only this member of staff has; nothing for everybody else."""
    roles = await staff_queries.roles(context.work.session, context.person.id)
    if RoleName.ADMIN in roles:
        return staff_texts.explained(staff_texts.admin_commands(context.t))
    return staff_texts.explained(staff_texts.worker_commands(context.t)) if RoleName.WORKER in roles else ""


async def show_chat_id(_update: Update, context: Ctx) -> None:
    """Tell the number of this chat, which the set-up file asks for (in private it is the person's own)."""
    context.say(texts.chat_id(context.t, number=context.chat_id))


async def complain(_update: Update, context: Ctx, _pressed: Complain) -> None:
    """Show the complaints procedure; nothing of it enters a desk."""
    organisation = await town.organisation(context.work.session)
    context.show(
        texts.complaint(context.t, organisation=organisation.name, contact=str(organisation.privacy["contact"])),
        new=True,
    )


COMMANDS: list[Route] = [
    OnCommand("start", start),
    OnCommand(menu_texts.COMMAND_NAMES["help"], show_help, group=True),
    OnCommand(menu_texts.COMMAND_NAMES["language"], open_languages),
    OnCommand("chatid", show_chat_id, group=True),
]
BUTTONS: list[Route] = [OnButton(PickLanguage, pick_language), OnButton(Complain, complain)]
