"""The benchmarks themselves, very small, so that they still work when somebody wants figures. Nothing here is timed."""

import os
from pathlib import Path

from tests.benchmarks import reminders
from tests.benchmarks.figures import Figure, Table, Target
from tests.benchmarks.intake import bot_run, peer_run
from tests.benchmarks.running import AIOGRAM, PTB, stage


async def test_reports_typed_in_advance_come_in_and_peers_store_the_same_updates(noon_town: Path, folder: Path) -> None:
    runs = []
    async with stage(noon_town, folder) as set_up:
        runs.append(await bot_run(set_up, 3))
    for module in (PTB, AIOGRAM):
        async with stage(noon_town, folder) as set_up:
            runs.append(await peer_run(set_up, module, 3))
    assert {run.updates for run in runs} == {20}
    assert all(run.per_second > 0 and run.most_resident_mb > 0 for run in runs)
    assert not os.listdir(folder)


async def test_everybody_is_reminded_once_and_who_talks_meanwhile_is_answered(noon_town: Path, folder: Path) -> None:
    async with stage(noon_town, folder) as set_up:
        await reminders.plan(set_up, 20)
        sent = await reminders.send(set_up)
    assert (sent.reminders, sent.refused, sent.heard.unanswered) == (20, 0, 0)
    assert sent.calls >= 20


def test_a_target_that_is_missed_is_said_beside_the_figures_that_are_met() -> None:
    table = Table(remarks=["a machine"])
    missed = table.add(
        [
            Figure("taken in", "updates/s", 1000, ptb=500, aiogram=800, target=Target("≥", 2.5, "ratio")),
            Figure("memory", "MB", 120.4, target=Target("≤", 150)),
            Figure("without a target", "ms", 1.234),
        ],
        "a remark",
    )
    assert missed == ["missed: taken in (updates/s) | 1,000 | 500 | 800 | 2.00 × | ≥ 2.5 ×"]
    lines = str(table).splitlines()
    assert len({len(line) for line in lines[:5]}) == 1
    assert "**MISSED**" in lines[2]
    assert "met" in lines[3]
    assert lines[-2:] == ["- a machine", "- a remark"]
