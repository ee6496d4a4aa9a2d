"""What a question about an activity is made of: its words and options, and what answers make of the plan."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.domain.activities.plans import Plan, Step
from bot.texts import making as texts
from handlers.context import Ctx

Options = list[list[tuple[str, str]]]
DONE, NONE, REGIONS, ADD, DROP = "done", "none", "regions", "add", "drop"


@dataclass(frozen=True)
class Answer:
    """What an answer makes of the plan: the next question, or *to*; with *problem* the same question again."""

    plan: Plan
    to: Step | None = None
    problem: str = ""


@dataclass(frozen=True)
class StepPage:
    """One question: its words and options, what a chosen option means (None: nothing), and what typed words mean."""

    page: Callable[[Ctx, Plan], Awaitable[tuple[str, Options]]]
    chose: Callable[[Ctx, Plan, str], Awaitable[Answer | None]]
    heard: Callable[[Ctx, Plan, str], Awaitable[Answer]]


async def no_words(context: Ctx, plan: Plan, _text: str) -> Answer:
    """Answer typed words where only a button counts."""
    return Answer(plan, problem=texts.choose(context.t))


async def no_options(_context: Ctx, _plan: Plan, _value: str) -> Answer | None:
    """Take no button where words are asked for."""
    return None
