"""How long residents wait for an answer while twenty lines a second come in, beside two peers that answer each line."""

from pathlib import Path

import pytest

from tests.benchmarks.figures import Figure, Table, Target
from tests.benchmarks.running import AIOGRAM, PTB, Measured, Stage, stage
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.talking import Heard, Talk

RATE = 20.0
#: Talk that is not counted, at the begin (seconds).
_WARM_S = 4.0


async def test_latency(noon_town: Path, folder: Path, table: Table, sizes: Sizes) -> None:
    heard = {}
    for module in ("", PTB, AIOGRAM):
        async with stage(noon_town, folder) as set_up:
            heard[module] = await _talk(set_up, set_up.peer(module) if module else set_up.bot(), sizes.seconds)
    bot, ptb, aiogram = heard[""], heard[PTB], heard[AIOGRAM]
    what = f"answer at {RATE:g} updates/s"
    missed = table.add(
        [
            Figure(f"{what}: half of them within", "ms", bot.ms(50), ptb.ms(50), aiogram.ms(50)),
            Figure(
                f"{what}: 95 of 100 within", "ms", bot.ms(95), ptb.ms(95), aiogram.ms(95), Target("≤", 2.5, "ratio")
            ),
            Figure(
                f"{what}: left without", "", bot.unanswered, ptb.unanswered, aiogram.unanswered, target=Target("≤", 0)
            ),
        ]
    )
    if missed:
        pytest.fail("\n".join(missed), pytrace=False)


async def _talk(set_up: Stage, process: Measured, seconds: float) -> Heard:
    async with process:
        await process.start()
        # Whoever talks while it starts leaves it a queue, which Telegram's limit of 30 a second makes last.
        await Talk(set_up.world, [set_up.world.add_person("Eerste")]).go_on(rate=RATE, seconds=0)
        await Talk.of(set_up.world, rate=RATE).go_on(rate=RATE, seconds=_WARM_S)
        return await Talk.of(set_up.world, rate=RATE).go_on(rate=RATE, seconds=seconds)
