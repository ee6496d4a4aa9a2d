"""🧹 Wis dit gesprek: at every step of a sealed draft, under its receipt and under a sealed answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import Update

from bot.domain.drafts import ReportDraft
from bot.domain.drafts import heard as remember
from bot.domain.notices.reports import WipeChat
from bot.texts import report as texts
from bot.texts import report_buttons as labels
from handlers.buttons import Button, button
from handlers.context import Ctx, scope
from handlers.routes import OnOwnButton, OnWords, Route, in_every_language
from storage.ids import new_id
from storage.models import Dialogue
from storage.queries import dialogues, town
from storage.queries import reports as queries

#: A bot may delete messages of a private chat for this long, with a little time to do it in.
DELETABLE = timedelta(hours=47, minutes=50)
#: Telegram deletes at most this many in one call.
AT_ONCE = 100
#: The dialogue of the open report, and those of sealed ones that rest while another is made.
ABOUT = "report"
KEPT = ("report_kept", *(f"report_kept{number}" for number in range(2, 6)))
DRAFTS = (ABOUT, *KEPT)
#: No dialogue: which messages of the resident belong to what was sent already.
SENT = "report_sent"


@button("wp")
@dataclass(frozen=True)
class Wipe(Button):
    """*Wis dit gesprek*."""


def remember_sent(context: Ctx, heard: Sequence[tuple[int, int]]) -> None:
    """Keep which messages (id, unix time) somebody wrote for what was sent, so that a wipe can take them too."""
    place = (context.chat_id, context.person.id, SENT)
    row = scope.get().dialogues.get(place)
    if row is None:
        row = Dialogue(chat_id=place[0], user_id=place[1], about=SENT, active=False, step="", draft={})
        scope.get().dialogues[place] = row
        context.work.session.add(row)
    draft = ReportDraft.model_validate(row.draft)
    remember(draft, *heard)
    row.draft, row.changed_at = draft.kept(), context.now


async def on_wipe(_update: Update, context: Ctx, _pressed: Wipe) -> None:
    """Throw unsent drafts away, delete what may be deleted, and say what is left to do."""
    since = context.now - DELETABLE
    ours = await queries.sent_since(context.work.session, context.chat_id, since)
    message_ids = sorted({*ours, *await _drop_drafts(context, since)})
    wipe = new_id()
    for part, start in enumerate(range(0, len(message_ids), AT_ONCE)):
        ids = ",".join(str(message) for message in message_ids[start : start + AT_ONCE])
        context.work.put(WipeChat(wipe, part, ids), chat=context.chat_id)
    sent = await queries.of_resident(context.work.session, context.person.id, limit=1)
    organisation = await town.organisation(context.work.session) if sent else None
    context.show(texts.wiped(context.t, organisation=organisation.name if organisation else None), new=True)


async def _drop_drafts(context: Ctx, since: datetime) -> list[int]:
    """Delete what was not sent and must not be seen; return the person's own messages in it since *since*."""
    heard: list[int] = []
    for row in context.dialogues():
        draft = ReportDraft.model_validate(row.draft) if row.about in (*DRAFTS, SENT) else None
        if draft is None or not (draft.discreet or row.about == SENT):
            continue
        heard += [message for message, at in draft.heard if at >= since.timestamp()]
        del scope.get().dialogues[(row.chat_id, row.user_id, row.about)]
        await dialogues.remove(context.work.session, row)
    return heard


async def on_wipe_word(update: Update, context: Ctx) -> None:
    """Take the words of the button as a tap on it, also when it stands on no prompt: under a receipt."""
    remember_sent(context, [(context.message.message_id, int(context.message.date.timestamp()))])
    await on_wipe(update, context, Wipe())


BUTTONS: list[Route] = [OnOwnButton(Wipe, on_wipe), OnWords(in_every_language(labels.wipe), on_wipe_word)]
