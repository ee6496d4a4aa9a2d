"""Intake: how fast what residents say is taken in for good, beside two peers that store one row per update."""

from pathlib import Path

import pytest

from tests.benchmarks.figures import Figure, Table, Target
from tests.benchmarks.intake import SILENT, Run, bot_run, peer_run
from tests.benchmarks.running import AIOGRAM, PTB, stage
from tests.benchmarks.sizes import Sizes


async def test_intake(noon_town: Path, folder: Path, table: Table, sizes: Sizes) -> None:
    runs: dict[str, list[Run]] = {"bot": [], "silent": [], "ptb": [], "aiogram": []}
    for _ in range(sizes.rounds):
        async with stage(noon_town, folder) as set_up:
            runs["bot"].append(await bot_run(set_up, sizes.residents))
        async with stage(noon_town, folder) as set_up:
            runs["silent"].append(await bot_run(set_up, sizes.residents, **SILENT))
        for name, module in (("ptb", PTB), ("aiogram", AIOGRAM)):
            async with stage(noon_town, folder) as set_up:
                runs[name].append(await peer_run(set_up, module, sizes.residents))
    best = {name: max(found, key=lambda run: run.per_second) for name, found in runs.items()}
    cpu = {name: min(run.cpu_ms for run in found) for name, found in runs.items()}
    bot, ptb, aiogram = best["bot"], best["ptb"], best["aiogram"]
    missed = table.add(
        [
            Figure(
                f"intake: {sizes.residents} reports, {bot.updates:,} updates",
                "updates/s",
                bot.per_second,
                ptb.per_second,
                aiogram.per_second,
                Target("≥", 2.5, "ratio"),
            ),
            Figure("intake: processor, without the sending", "ms/update", cpu["silent"], target=Target("≤", 1.0)),
            Figure("intake: processor, with the sending", "ms/update", cpu["bot"], cpu["ptb"], cpu["aiogram"]),
            Figure(
                "memory under this load",
                "MB",
                max(run.most_resident_mb for run in runs["bot"]),
                ptb.most_resident_mb,
                aiogram.most_resident_mb,
                Target("≤", 250),
            ),
        ],
        f"intake: the best of {sizes.rounds}; residents type whole conversations in advance; a peer's figures include "
        "its one answer per update, the bot's the answers that go out meanwhile (30/s). "
        "Without the sending: a run whose outbox waits",
    )
    if missed:
        pytest.fail("\n".join(missed), pytrace=False)
