"""News for a team, by its coordinator or its worker: written, previewed, sent."""

from telegram import Update

from bot.services.patrol import news as service
from bot.texts import teams as texts
from handlers.context import Ctx
from handlers.patrol import asking, teams
from handlers.patrol.buttons import SendNews, WriteNews


async def on_write(_update: Update, context: Ctx, pressed: WriteNews) -> None:
    """Ask for the words."""
    if await service.may_write(context.work, pressed.team, context.person):
        await asking.begin(context, asking.NEWS, asking.TeamDraft(team=pressed.team))
    else:
        teams.show_not_there(context)


async def on_send(_update: Update, context: Ctx, pressed: SendNews) -> None:
    """Send what was previewed, by the rights of this moment."""
    row = await asking.open_at(context, pressed.draft, asking.CHECK)
    if row is None:
        return
    draft = asking.TeamDraft.model_validate(row.draft)
    count = await service.tell(context.work, draft.team, context.person, draft.text)
    await context.end_dialogue()
    if count is None:
        teams.show_not_there(context)
    else:
        await teams.show_team(context, draft.team, texts.news_sent(context.t, count=count))
