"""The look into the log at the end of every town sees what it should, and nothing else."""

import logging

import pytest

from bot.demo.telegram import World
from tests import quiet_logs
from tests.town import Town

log = logging.getLogger("handlers.planted")


@pytest.fixture
async def world() -> World:
    """Fatima, who wrote and changed a sentence."""
    world = World()
    group = world.add_group("Triage", id=-1001)
    fatima = world.add_person("Fatima", last_name="O'Neil", username="fatima_x", started=True)
    message = await fatima.writes('De lamp bij "nummer 12" is\nkapot, bel 0612345678')
    await fatima.edits(message.chat, message, "Toch niet kapot gelukkig")
    await fatima.writes("Kapot!")
    await fatima.writes("2026")
    await fatima.writes(str(group.id))
    return world


def looked(world: World, *lines: str) -> list[str]:
    with quiet_logs.written_down() as written:
        for line in lines:
            log.debug("event", extra={"field": line})
    return [leak.partition(": {")[0] for leak in quiet_logs.leaks(written.getvalue(), world)]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("for Fatima.", "'Fatima'"),
        ("O'Neil", '"O\'Neil"'),
        ("@fatima_x", "'fatima_x'"),
        ("Kapot!", "'Kapot!'"),
        ('text=bij "nummer 12" of niet', "'bij \"nummer 12\"'"),
        ("kapot, bel 0612345678", "'kapot, bel 0612345678'"),
        ("is kapot, bel", "'is kapot, bel'"),
        ("Toch niet kapot", "'Toch niet kapot'"),
    ],
)
async def test_a_name_or_a_few_words_in_a_row_are_seen(world: World, line: str, what: str) -> None:
    assert looked(world, line) == [f"the log holds {what}"]


@pytest.mark.parametrize("line", ["Fatimah", "2026", "-1001", "niet kapot", "de lamp", "Buurtbode"])
async def test_what_only_looks_like_it_is_not(world: World, line: str) -> None:
    assert looked(world, line) == []


async def test_an_exception_tells_no_words(world: World) -> None:
    with quiet_logs.written_down() as written:
        try:
            raise ValueError("Fatima: Toch niet kapot gelukkig")
        except ValueError:
            log.exception("failed")
        logging.getLogger("fontTools.subset").warning("Fatima")
    assert "failed" in written.getvalue()
    assert "fontTools complained" in written.getvalue()
    assert quiet_logs.leaks(written.getvalue(), world) == []


async def test_a_town_in_which_a_name_was_logged_fails(town: Town) -> None:
    await town.resident("Fatima").starts()
    assert '"kind": "message"' in town.log.getvalue(), "the log is there to be looked into"
    before = town.log.getvalue()
    log.info("said hello to Fatima")
    with pytest.raises(AssertionError, match="the log holds 'Fatima'"):
        await town.check()
    town.log.seek(0)
    town.log.truncate()
    town.log.write(before)
