"""The questions how many people there may be in each role, and until when they sign up."""

from datetime import time

from bot.domain.activities.plans import Plan, Step, parse_places, roles_of, rule_of
from bot.domain.activities.rounds import MIN_WALKERS
from bot.domain.enums import ActivityKind, RoleKey
from bot.domain.text_input import Word, word
from bot.domain.when import Wrong, parse_when
from bot.services.activities import plans
from bot.texts import making as texts
from handlers.context import Ctx
from handlers.making.answers import ADD, DONE, DROP, NONE, Answer, Options, StepPage, no_words

#: Deadlines that are offered: so many days before, at this hour.
_DEADLINES = (1, 3, 7)
_EVENING = time(20)
PLUS_ONE = "plus"


# -- roles ----------------------------------------------------------------------------------------------------------


async def _roles(context: Ctx, plan: Plan) -> tuple[str, Options]:
    t = context.t
    rows: Options = [[(texts.role_label(t, role, one), role.value)] for role, one in plan.roles.items()]
    rows += [[(texts.add_role_key(t, role), ADD + role.value)] for role in _missing(plan)]
    return texts.ask_roles(t), [*rows, [(texts.roles_done_key(t), DONE)]]


def _missing(plan: Plan) -> list[RoleKey]:
    return [role for role in roles_of(plan.kind or ActivityKind.OTHER) if role not in plan.roles]


async def _chose_roles(_context: Ctx, plan: Plan, value: str) -> Answer | None:
    if value == DONE:
        return Answer(plan)
    added = next((role for role in _missing(plan) if value == ADD + role.value), None)
    if added is not None:
        roles = {**plan.roles, added: roles_of(plan.kind or ActivityKind.OTHER)[added]}
        return Answer(plan.model_copy(update={"roles": roles}), to=Step.ROLES)
    role = next((role for role in plan.roles if role.value == value), None)
    return None if role is None else Answer(plan.model_copy(update={"role": role}), to=Step.ROLE)


async def _role(context: Ctx, plan: Plan) -> tuple[str, Options]:
    t = context.t
    role = plan.role or RoleKey.VISITOR
    rows: Options = [[(texts.no_maximum_key(t), NONE)]]
    now = plan.roles.get(role)
    if now is not None and (now.plus_one or now.may_bring(role)):
        rows.append([(texts.plus_one_key(t, on=now.plus_one), PLUS_ONE)])
    if len(plan.roles) > 1:
        rows.append([(texts.drop_role_key(t), DROP)])
    return texts.ask_role(t, role), rows


async def _chose_role(_context: Ctx, plan: Plan, value: str) -> Answer | None:
    now = plan.roles.get(plan.role) if plan.role else None
    if plan.role is None or now is None:
        return Answer(plan, to=Step.ROLES)
    if value == DROP and len(plan.roles) > 1:
        roles = {role: one for role, one in plan.roles.items() if role is not plan.role}
    elif value == NONE:
        roles = {**plan.roles, plan.role: now.model_copy(update={"maximum": None})}
    elif value == PLUS_ONE and (now.plus_one or now.may_bring(plan.role)):
        roles = {**plan.roles, plan.role: now.model_copy(update={"plus_one": not now.plus_one})}
    else:
        return None
    return Answer(plan.model_copy(update={"roles": roles}), to=Step.ROLES)


async def _heard_role(context: Ctx, plan: Plan, text: str) -> Answer:
    t, typed = context.t, parse_places(text)
    now = plan.roles.get(plan.role) if plan.role else None
    if plan.role is None or now is None:
        return Answer(plan, to=Step.ROLES)
    if typed is None:
        return Answer(plan, problem=texts.wrong_places(t))
    if plan.kind is ActivityKind.PATROL and typed.maximum is not None:
        least = max(typed.minimum, MIN_WALKERS) if typed.minimum == 0 else typed.minimum
        if least < MIN_WALKERS or typed.maximum < least:
            return Answer(plan, problem=texts.never_alone(t, least=MIN_WALKERS))
        typed = typed.model_copy(update={"minimum": least})
    numbers = now.model_copy(update={"minimum": typed.minimum, "maximum": typed.maximum})
    numbers = numbers.model_copy(update={"plus_one": now.plus_one and numbers.may_bring(plan.role)})
    return Answer(plan.model_copy(update={"roles": {**plan.roles, plan.role: numbers}}), to=Step.ROLES)


# -- deadline -------------------------------------------------------------------------------------------------------


async def _deadline(context: Ctx, _plan: Plan) -> tuple[str, Options]:
    t = context.t
    rows: Options = [[(texts.deadline(t, days=None, at=None), NONE)]]
    rows += [[(texts.deadline(t, days=days, at=_EVENING), f"d{days}")] for days in _DEADLINES]
    return texts.ask_deadline(t), rows


async def _chose_deadline(context: Ctx, plan: Plan, value: str) -> Answer | None:
    if value == NONE:
        return Answer(plan.model_copy(update={"deadline_days": None, "deadline_at": None}))
    days = next((days for days in _DEADLINES if value == f"d{days}"), None)
    if days is None:
        return None
    return await _until(context, plan, plan.model_copy(update={"deadline_days": days, "deadline_at": _EVENING}))


async def _heard_deadline(context: Ctx, plan: Plan, text: str) -> Answer:
    if word(text) in (Word.SKIP, Word.NO):
        return Answer(plan.model_copy(update={"deadline_days": None, "deadline_at": None}))
    when = parse_when(text, await plans.wall_now(context.work))
    if isinstance(when, Wrong):
        return Answer(plan, problem=texts.wrong(context.t, when))
    if when.day is None or plan.day is None:
        return Answer(plan, problem=texts.wrong(context.t, Wrong.UNKNOWN))
    days = (plan.day - when.day).days
    return await _until(
        context, plan, plan.model_copy(update={"deadline_days": days, "deadline_at": when.begins or _EVENING})
    )


async def _until(context: Ctx, before: Plan, plan: Plan) -> Answer:
    """Take a deadline before the start; of what does not repeat it is still to come."""
    deadline, now = plan.deadline, await plans.wall_now(context.work)
    over = deadline is not None and deadline <= now and rule_of(plan) is None
    if deadline is None or plan.starts is None or over or deadline > plan.starts:
        return Answer(before, problem=texts.wrong_deadline(context.t))
    return Answer(plan)


PEOPLE_PAGES: dict[Step, StepPage] = {
    Step.ROLES: StepPage(_roles, _chose_roles, no_words),
    Step.ROLE: StepPage(_role, _chose_role, _heard_role),
    Step.DEADLINE: StepPage(_deadline, _chose_deadline, _heard_deadline),
}
