"""The whole frame through Telegram's stand-in, with routes that only echo."""

from tests.town import Town


async def test_what_somebody_says_is_answered(echo_town: Town) -> None:
    fatima = echo_town.resident("Fatima")
    await fatima.says("hallo")
    assert fatima.sees == "echo hallo"


async def test_a_tap_is_answered_once_and_edits_the_prompt(echo_town: Town) -> None:
    fatima = echo_town.resident("Fatima")
    await fatima.says("prompt")
    await fatima.taps("Twee")
    assert fatima.toast == "toast 2"
    assert [message.text for message in fatima.messages] == ["getikt 2"]
    assert len(echo_town.world.calls.of("answerCallbackQuery")) == 1


async def test_what_fails_is_set_aside_with_one_apology_and_harms_nobody_else(echo_town: Town) -> None:
    echo_town.expects_dead = True
    fatima, john = echo_town.resident("Fatima"), echo_town.resident("John K.", language="en")
    await fatima.says("boom 1")
    await fatima.says("boom 2")
    await john.says("boom 3")
    await fatima.says("hallo")
    assert [text[:9] for text in (message.text for message in fatima.messages)] == ["Sorry, er", "echo hall"]
    assert john.sees.startswith("Sorry, so")


async def test_what_was_said_before_a_restart_is_answered_after_it(echo_town: Town) -> None:
    from tests.runtime.echo import ROUTES

    fatima = echo_town.resident("Fatima")
    await fatima.says("prompt")
    await echo_town.stop()
    await fatima.person.writes("hallo")
    await echo_town.restart(ROUTES)
    await echo_town.settle()
    await fatima.taps("Een")
    assert [message.text for message in fatima.messages] == ["getikt 1", "echo hallo"]
