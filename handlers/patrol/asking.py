"""The questions about a team that are answered in words, and how each looks; `typing` takes the answers."""

from pydantic import BaseModel, ConfigDict

from bot.domain.activities.rounds import times_ahead
from bot.texts import general
from bot.texts import team_members as member_texts
from bot.texts import teams as texts
from bot.texts import walking as walking_texts
from handlers.buttons import Button
from handlers.context import Ctx, keys
from handlers.conversation import Back, Stop, current
from handlers.patrol.buttons import SendNews, VogToday, WalkAt
from storage.models import Dialogue, Person
from storage.queries import town

ABOUT = "team"
NAME, DATE, TIME, NEWS, CHECK = "name", "date", "time", "news", "check"
_OFFERED = 4
_ASKS = {NAME: texts.ask_name, TIME: walking_texts.ask_time, NEWS: texts.ask_news}


class TeamDraft(BaseModel):
    """Which team; at the date of a VOG whose it is; of news its words."""

    model_config = ConfigDict(extra="forbid")

    team: int
    person: int | None = None
    text: str = ""


async def begin(context: Ctx, step: str, draft: TeamDraft) -> None:
    """Ask one question."""
    context.open_dialogue(ABOUT, step, draft.model_dump(mode="json"))
    await context.work.session.flush()
    await ask(context)


async def ask(context: Ctx, above: str = "") -> None:
    """Ask the open question, under a line about what was typed."""
    row, t = context.dialogue, context.t
    if row is None:
        return
    draft = TeamDraft.model_validate(row.draft)
    rows: list[tuple[str, Button] | list[tuple[str, Button]]] = []
    if row.step == DATE:
        question = member_texts.ask_date(t, name=await name_of(context, draft))
        rows.append((member_texts.today_key(t), VogToday(row.draft_id)))
    elif row.step == CHECK:
        question = texts.news_check(t, text=draft.text)
        rows.append((texts.send_key(t), SendNews(row.draft_id)))
    else:
        question = _ASKS[row.step](t)
    if row.step == TIME:
        here = await town.zone(context.work.session)
        offered = times_ahead(context.now, here, count=_OFFERED)
        buttons: list[tuple[str, Button]] = [(t.time(at), WalkAt(row.draft_id, int(at.timestamp()))) for at in offered]
        rows += [buttons[:2], buttons[2:]]
    rows.append([(general.back(t), Back(row.draft_id)), (general.stop(t), Stop(row.draft_id))])
    context.show("\n\n".join(filter(None, (above, question))), keys(*rows))


async def name_of(context: Ctx, draft: TeamDraft) -> str:
    """Return what the member is called whom the open question is about."""
    person = await context.work.session.get(Person, draft.person) if draft.person else None
    return (person.name if person else None) or texts.a_member(context.t)


async def open_at(context: Ctx, draft_id: int, step: str) -> Dialogue | None:
    """Return the open dialogue when it is this one, at this step; else the tap is answered as stale."""
    row = await current(context, draft_id, step)
    return row if row is not None and row.about == ABOUT else None
