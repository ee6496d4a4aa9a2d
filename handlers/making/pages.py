"""What each question about an activity shows, and what a tap or typed words mean there."""

from datetime import datetime

from bot.domain.activities.plans import DEFAULT_ROLES, MAX_PLACE, MAX_TITLE, Plan, Repeats, Step, one_line, repeats_for
from bot.domain.areas import Sure, regions
from bot.domain.enums import ActivityKind
from bot.domain.text_input import Word, word
from bot.domain.when import When, Wrong, length, parse_times, parse_when
from bot.services.activities import plans, rights
from bot.services.town import places
from bot.texts import making as texts
from handlers.context import Ctx
from handlers.making.answers import NONE, Answer, Options, StepPage, no_options, no_words
from handlers.making.people import PEOPLE_PAGES
from storage.models import Team
from storage.queries import town

# -- kind, title, place ---------------------------------------------------------------------------------------------


async def _kind(context: Ctx, _plan: Plan) -> tuple[str, Options]:
    held = await rights.held_by(context.work, context.person.id)
    public = [kind for kind in ActivityKind if kind is not ActivityKind.PATROL] if held.public else []
    rows: Options = [[(texts.kind(context.t, kind), kind.value)] for kind in public]
    rows += [[(texts.team_kind(context.t, team=team.name), f"t{team.id}")] for team in held.teams]
    return texts.ask_kind(context.t), rows


async def _chose_kind(context: Ctx, plan: Plan, value: str) -> Answer | None:
    held = await rights.held_by(context.work, context.person.id)
    if value.startswith("t"):
        team = next((team for team in held.teams if value == f"t{team.id}"), None)
        return None if team is None else Answer(_of_kind(plan, ActivityKind.PATROL, team))
    kind = next((kind for kind in ActivityKind if kind.value == value and kind is not ActivityKind.PATROL), None)
    return None if kind is None or not held.public else Answer(_of_kind(plan, kind, None))


def _of_kind(plan: Plan, kind: ActivityKind, team: Team | None) -> Plan:
    """Return the plan of another kind: what was told stays, its roles begin anew."""
    same = plan.kind is kind and bool(plan.roles)
    roles = plan.roles if same else dict(DEFAULT_ROLES[kind])
    area = team.area_code if team else plan.area
    return plan.model_copy(update={"kind": kind, "team": team.id if team else None, "roles": roles, "area": area})


async def _title(context: Ctx, _plan: Plan) -> tuple[str, Options]:
    return texts.ask_title(context.t), []


async def _heard_title(context: Ctx, plan: Plan, text: str) -> Answer:
    title = one_line(text, most=MAX_TITLE)
    if title is None:
        return Answer(plan, problem=texts.title_too_long(context.t))
    return Answer(plan.model_copy(update={"title": title}))


async def _place(context: Ctx, _plan: Plan) -> tuple[str, Options]:
    return texts.ask_place(context.t), [[(texts.no_place_key(context.t), NONE)]]


async def _chose_place(_context: Ctx, plan: Plan, value: str) -> Answer | None:
    return Answer(plan.model_copy(update={"place": None})) if value == NONE else None


async def _heard_place(context: Ctx, plan: Plan, text: str) -> Answer:
    if word(text) in (Word.SKIP, Word.NO):
        return Answer(plan.model_copy(update={"place": None}))
    place = one_line(text, most=MAX_PLACE)
    if place is None:
        return Answer(plan, problem=texts.place_too_long(context.t))
    return Answer(plan.model_copy(update={"place": place}))


async def _area(context: Ctx, plan: Plan) -> tuple[str, Options]:
    return texts.ask_area(context.t), await area_options(context, plan.region)


async def area_options(context: Ctx, region: str | None) -> Options:
    """Return the parts of town, or the wijken of one, as options."""
    found = [area for area in await town.areas(context.work.session) if area.region == region]
    if found:
        options = [(area.name, f"a{area.code}") for area in found]
    else:
        known = regions(await places.names(context.work))
        options = [(name, f"r{at}") for at, name in enumerate(known)]
    return [options[at : at + 2] for at in range(0, len(options), 2)]


async def area_chosen(context: Ctx, value: str) -> tuple[str | None, str | None]:
    """Return the (wijk, region) that an option of `area_options` names; both None for anything else."""
    if value.startswith("a") and await town.area(context.work.session, value[1:]) is not None:
        return value[1:], None
    known = regions(await places.names(context.work))
    if value.startswith("r") and value[1:].isdecimal() and int(value[1:]) < len(known):
        return None, known[int(value[1:])]
    return None, None


async def area_heard(context: Ctx, text: str) -> tuple[str | None, str | None]:
    """Return the (wijk, region) that typed words mean; both None when they are no one place."""
    found = await places.typed(context.work, text)
    if isinstance(found, str):
        return None, found
    return (found.area.code if found.sure is Sure.ONE and found.area is not None else None), None


async def _chose_area(context: Ctx, plan: Plan, value: str) -> Answer | None:
    return _placed(plan, *await area_chosen(context, value))


async def _heard_area(context: Ctx, plan: Plan, text: str) -> Answer:
    answer = _placed(plan, *await area_heard(context, text))
    return answer or Answer(plan.model_copy(update={"region": None}), problem=texts.area_unknown(context.t))


def _placed(plan: Plan, code: str | None, region: str | None) -> Answer | None:
    if code is not None:
        return Answer(plan.model_copy(update={"area": code, "region": None}))
    return None if region is None else Answer(plan.model_copy(update={"region": region}), to=Step.AREA)


# -- when -----------------------------------------------------------------------------------------------------------


async def _when(context: Ctx, _plan: Plan) -> tuple[str, Options]:
    return texts.ask_when(context.t), []


async def _times(context: Ctx, plan: Plan) -> tuple[str, Options]:
    if plan.day is None:
        return texts.ask_when(context.t), []
    if plan.begins is not None and plan.ends is None:
        return texts.ask_end(context.t, day=plan.day, begins=plan.begins), []
    return texts.ask_times(context.t, day=plan.day), []


async def _heard_when(context: Ctx, plan: Plan, text: str) -> Answer:
    now = await plans.wall_now(context.work)
    return _take_when(context, plan, parse_when(text, now), now)


async def _heard_times(context: Ctx, plan: Plan, text: str) -> Answer:
    now = await plans.wall_now(context.work)
    return _take_when(context, plan, parse_times(text, now), now)


def _take_when(context: Ctx, plan: Plan, when: When | Wrong, now: datetime) -> Answer:
    if isinstance(when, Wrong):
        return Answer(plan, problem=texts.wrong(context.t, when))
    planned = _timed(plan, when)
    if planned.day is None:
        return Answer(plan, problem=texts.wrong(context.t, Wrong.UNKNOWN))
    if when.begins and planned.begins and planned.ends and length(planned.begins, planned.ends) is None:
        return Answer(plan, problem=texts.wrong(context.t, Wrong.BACKWARDS))
    if planned.starts is not None and planned.starts <= now:
        return Answer(plan, problem=texts.wrong(context.t, Wrong.PAST))
    return Answer(planned, to=Step.TIMES if planned.begins is None or planned.ends is None else None)


def _timed(plan: Plan, when: When) -> Plan:
    """Return the plan with what was typed; a beginning alone waits for its end."""
    changes: dict[str, object] = {} if when.day is None else {"day": when.day}
    if when.begins is not None:
        if when.ends is None and plan.begins is not None and plan.ends is None:
            changes["ends"] = when.begins  # the beginning was told before
        else:
            changes |= {"begins": when.begins, "ends": when.ends}
    return plan.model_copy(update=changes)


async def _repeats(context: Ctx, plan: Plan) -> tuple[str, Options]:
    rows: Options = []
    if plan.day is not None:
        rows = [[(texts.repeats(context.t, one, day=plan.day), one.value)] for one in repeats_for(plan)]
    return texts.ask_repeats(context.t, when=when_line(context, plan)), rows


async def _chose_repeats(_context: Ctx, plan: Plan, value: str) -> Answer | None:
    chosen = next((one for one in repeats_for(plan) if one.value == value), None)
    return None if chosen is None else Answer(plan.model_copy(update={"repeats": chosen}))


def when_line(context: Ctx, plan: Plan) -> str:
    """Return day and times of a plan as people read them."""
    day = context.t.day(plan.day) if plan.day else ""
    if plan.day and plan.day.year != context.now.astimezone(context.t.zone).year:
        day = f"{day} {plan.day.year}"
    return f"{day}, {texts.hours(context.t, begins=plan.begins, ends=plan.ends)}" if plan.begins and plan.ends else day


def repeats_line(context: Ctx, plan: Plan) -> str:
    """Return how a plan repeats."""
    return texts.repeats(context.t, plan.repeats or Repeats.NO, day=plan.day) if plan.day else ""


PAGES: dict[Step, StepPage] = {
    Step.KIND: StepPage(_kind, _chose_kind, no_words),
    Step.TITLE: StepPage(_title, no_options, _heard_title),
    Step.PLACE: StepPage(_place, _chose_place, _heard_place),
    Step.AREA: StepPage(_area, _chose_area, _heard_area),
    Step.WHEN: StepPage(_when, no_options, _heard_when),
    Step.TIMES: StepPage(_times, no_options, _heard_times),
    Step.REPEATS: StepPage(_repeats, _chose_repeats, no_words),
    **PEOPLE_PAGES,
}
#: Questions that a number answers.
NUMBERS = frozenset({Step.WHEN, Step.TIMES, Step.ROLE, Step.DEADLINE, Step.TITLE, Step.PLACE})
