"""🧰 What a repairer can do, and the first name by which the hosts know them."""

from telegram import Update

from bot.domain.activities.repairing import Skill
from bot.services.repair_cafe import skills
from bot.texts import general
from bot.texts import repair_skills as texts
from bot.texts import signups as signup_texts
from handlers import fallback
from handlers.activities import detail
from handlers.activities.buttons import OpenMeeting
from handlers.activities.repair_buttons import AskName, OpenSkills, SetSkill
from handlers.buttons import Button
from handlers.context import Ctx, keys
from handlers.conversation import Conversation, Stop, conversation
from handlers.routes import command_of

ABOUT = "repairer_name"
NAME = "name"


async def on_open(_update: Update, context: Ctx, pressed: OpenSkills) -> None:
    """Show what this person can repair."""
    await show_skills(context, pressed.occurrence)


async def show_skills(context: Ctx, occurrence_id: int) -> None:
    """Show it to who repairs there; for others there is no such page."""
    if not await skills.may_pick(context.work, occurrence_id, context.person.id):
        detail.show_not_there(context)
        return
    t, can = context.t, await skills.of(context.work, context.person.id)
    rows: list[tuple[str, Button]] = [
        (texts.skill_key(t, skill, can=skill in can), SetSkill(occurrence_id, skill, skill not in can))
        for skill in Skill
    ]
    last = [(texts.name_key(t), AskName(occurrence_id)), (signup_texts.to_meeting_key(t), OpenMeeting(occurrence_id))]
    context.show(texts.skills(t, name=context.person.name), keys(*rows, *last))


async def on_set(_update: Update, context: Ctx, pressed: SetSkill) -> None:
    """Tick a skill, or take its tick away."""
    if await skills.may_pick(context.work, pressed.occurrence, context.person.id):
        await skills.set_to(context.work, context.person.id, pressed.skill, can=pressed.can)
    await show_skills(context, pressed.occurrence)


async def on_ask_name(_update: Update, context: Ctx, pressed: AskName) -> None:
    """Ask the first name."""
    if not await skills.may_pick(context.work, pressed.occurrence, context.person.id):
        detail.show_not_there(context)
        return
    context.open_dialogue(ABOUT, NAME, {"occurrence": pressed.occurrence})
    await show(context)


async def show(context: Ctx) -> None:
    """Show the question."""
    _ask(context)


def _ask(context: Ctx, above: str = "") -> None:
    row, t = context.dialogue, context.t
    if row is not None:
        text = "\n\n".join(filter(None, [above, texts.ask_name(t)]))
        context.show(text, keys((general.stop(t), Stop(row.draft_id))))


async def on_message(update: Update, context: Ctx) -> None:
    """Take the name."""
    if command_of(update) is not None:
        await fallback.unknown_command(update, context)
    elif skills.name(context.person, context.message.text or ""):
        await stop(context)
    else:
        _ask(context, texts.no_name(context.t))


async def stop(context: Ctx) -> None:
    """Go back to the page of skills."""
    row = context.dialogue
    occurrence_id = int(row.draft["occurrence"]) if row is not None else 0
    await context.end_dialogue()
    await show_skills(context, occurrence_id)


conversation(Conversation(ABOUT, on_message, show, stop, stop))
