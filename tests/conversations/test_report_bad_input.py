"""Bad input at every step: a helpful answer, nothing lost, nothing changed."""

from collections.abc import Awaitable, Callable

import pytest

from bot.domain.drafts import Step
from handlers.conversation import Stop
from handlers.report.flow import Answer
from tests.conversations.report_steps import dialogue, draft_of, reach, reports_of, step_of
from tests.town import Town
from tests.town_people import Someone

STEPS = list(Step)
#: Steps that take words as their answer.
TAKES_WORDS = {Step.TELL, Step.WORDS, Step.DETAILS, Step.CALL_LANGUAGE}


async def sticker(person: Someone) -> object:
    return await person.does(lambda them: them.sends_sticker(them.id))


WRONG: dict[str, Callable[[Someone], Awaitable[object]]] = {
    "only emoji": lambda person: person.says("🤷🏽‍♀️🤷🏽‍♀️"),
    "a number that is no button": lambda person: person.says("99"),
    "a sticker": sticker,
}


@pytest.mark.parametrize("step", STEPS)
async def test_what_can_not_be_an_answer_changes_nothing_and_is_answered(town: Town, step: Step) -> None:
    fatima, other = town.resident("Fatima <b>&</b>"), town.resident("Iemand anders")
    await other.says("Iets anders")
    await reach(fatima, step)
    before = await draft_of(fatima)
    for name, wrong in WRONG.items():
        if step in TAKES_WORDS and name.startswith("a number"):
            continue
        count = len(fatima.messages)
        await wrong(fatima)
        assert await step_of(fatima) is step, name
        assert len(fatima.messages) > count, name
        assert fatima.buttons, name
    for data in await _forged(fatima, other, step):
        await fatima.forges(data)
        assert fatima.toast, data
        assert await step_of(fatima) is step, data
    after = await draft_of(fatima)
    unchanged = {"misses", "heard", "incoming"}
    assert after.model_dump(exclude=unchanged) == before.model_dump(exclude=unchanged)
    assert (await draft_of(other)).kind is None


async def _forged(person: Someone, other: Someone, step: Step) -> list[str]:
    """Return callback data that must change nothing: made up, of another step, of somebody else's draft."""
    mine, theirs = await dialogue(person), await dialogue(other)
    assert mine is not None
    assert theirs is not None
    wrong = next(other for other in (Step.THEME, Step.KIND) if other is not step)
    return [
        Answer(mine.draft_id, step, "nonsense").encode(),
        Answer(mine.draft_id, step, "aWK999999").encode(),
        Answer(mine.draft_id, wrong, "leefbaarheid").encode(),
        Answer(mine.draft_id + 1, step, "yes").encode(),
        Answer(theirs.draft_id, Step.KIND, "place").encode(),
        Stop(theirs.draft_id).encode(),
        f"rq:{mine.draft_id}:{step}:yes",
        "rq:zz",
    ]


@pytest.mark.parametrize("step", STEPS)
async def test_the_longest_message_and_html_are_no_trouble(town: Town, step: Step) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, step)
    for text in ("<b>" + "x " * 2045 + "</b", "😀a" * 1365):
        if await step_of(fatima) is None:
            break
        count = len(fatima.messages)
        await fatima.says(text)
        assert len(fatima.messages) > count
        assert fatima.buttons


@pytest.mark.parametrize("step", STEPS)
async def test_every_step_can_be_stopped_and_taken_up_again(town: Town, step: Step) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, step)
    before = await draft_of(fatima)
    await fatima.taps("Stoppen")
    assert await step_of(fatima) is None
    assert "Gestopt. Er is niets verstuurd." in fatima.sees
    if before.empty and before.call_me is None:
        return
    await fatima.taps("Verder gaan")
    assert await step_of(fatima) is not None
    after = await draft_of(fatima)
    assert (after.text, after.kind, after.media) == (before.text, before.kind, before.media)


@pytest.mark.parametrize("step", STEPS)
async def test_back_leads_from_every_step_to_the_beginning(town: Town, step: Step) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, step)
    assert step is Step.CALL_112 or any("Terug" in label for label in fatima.buttons)
    for _ in range(12):
        if await step_of(fatima) is None:
            break
        await fatima.says("terug")
    assert await step_of(fatima) is None
    assert "Gestopt" in fatima.sees
    assert not await reports_of(town, fatima)
