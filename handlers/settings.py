"""⚙️ Instellingen: language, reminders, first name, privacy."""

from dataclasses import dataclass

from telegram import Update

from bot.domain.enums import ReminderChoice
from bot.services.activities import reminders
from bot.services.town import people
from bot.texts import after as after_texts
from bot.texts import menu as menu_texts
from bot.texts import news as news_texts
from bot.texts import start as texts
from handlers.activities.news_buttons import OpenNews
from handlers.buttons import Button, button
from handlers.context import Ctx, keys
from handlers.privacy import OpenPrivacy
from handlers.routes import OnCommand, OnOwnButton, Route
from handlers.start import PickLanguage
from storage.queries import town


@button("se")
@dataclass(frozen=True)
class OpenSettings(Button):
    """Back to the settings."""


@button("rm")
@dataclass(frozen=True)
class PickReminders(Button):
    """A choice of reminders; None opens the choice."""

    choice: ReminderChoice | None = None


@button("lq")
@dataclass(frozen=True)
class AskLater(Button):
    """Turn the question four weeks after a closing on or off."""

    wanted: bool


@button("fn")
@dataclass(frozen=True)
class ForgetName(Button):
    """Erase the first name."""


async def open_settings(_update: Update, context: Ctx) -> None:
    """Show the settings as they are."""
    person = context.person
    area = await town.area(context.work.session, person.area_code)
    rows = [
        (texts.LANGUAGE_LABEL, PickLanguage()),
        (texts.reminders_label(context.t), PickReminders()),
        (news_texts.settings_key(context.t), OpenNews()),
        (texts.privacy_label(context.t), OpenPrivacy()),
    ]
    asked = person.later_questions
    rows.append((after_texts.setting_label(context.t, asked=asked), AskLater(not asked)))
    if await people.may_forget_name(context.work, person):
        rows.append((texts.forget_name_label(context.t), ForgetName()))
    context.show(
        texts.settings(
            context.t,
            language=texts.LANGUAGE_NAMES[person.language],
            area=area.name if area else None,
            name=person.name,
            reminders=person.reminders,
        ),
        keys(*rows),
    )


async def tapped_settings(update: Update, context: Ctx, _pressed: OpenSettings) -> None:
    """Go back to the settings."""
    await open_settings(update, context)


async def pick_reminders(update: Update, context: Ctx, pressed: PickReminders) -> None:
    """Remember which reminders somebody wants; the planned ones follow at once."""
    if pressed.choice is None:
        choices = [(texts.reminder_choice(context.t, choice), PickReminders(choice)) for choice in ReminderChoice]
        context.show(
            texts.choose_reminders(context.t), keys(*choices, (texts.back_to_settings(context.t), OpenSettings()))
        )
        return
    context.person.reminders = pressed.choice
    await reminders.replan_person(context.work, context.person)
    await open_settings(update, context)


async def ask_later(update: Update, context: Ctx, pressed: AskLater) -> None:
    """Remember whether somebody wants the question four weeks after a closing."""
    context.person.later_questions = pressed.wanted
    await open_settings(update, context)


async def forget_name(update: Update, context: Ctx, _pressed: ForgetName) -> None:
    """Erase the first name that a resident gave; staff are named by the organisation."""
    await people.forget_name(context.work, context.person)
    await open_settings(update, context)


COMMANDS: list[Route] = [OnCommand(menu_texts.COMMAND_NAMES["settings"], open_settings)]
BUTTONS: list[Route] = [
    OnOwnButton(OpenSettings, tapped_settings),
    OnOwnButton(PickReminders, pick_reminders),
    OnOwnButton(AskLater, ask_later),
    OnOwnButton(ForgetName, forget_name),
]
