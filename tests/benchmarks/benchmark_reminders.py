"""Reminders by the thousand at Telegram's limit, which the stand-in enforces, while residents talk."""

from pathlib import Path

import pytest

from tests.benchmarks import reminders
from tests.benchmarks.figures import Figure, Table, Target
from tests.benchmarks.running import stage
from tests.benchmarks.sizes import Sizes


async def test_reminders(noon_town: Path, folder: Path, table: Table, sizes: Sizes) -> None:
    async with stage(noon_town, folder) as set_up:
        await reminders.plan(set_up, sizes.reminders)
        sent = await reminders.send(set_up)
    what, heard = f"{sizes.reminders:,} reminders", sent.heard
    missed = table.add(
        [
            Figure(f"{what}: share of Telegram's limit", "%", sent.share, target=Target("≥", 98.5)),
            Figure(f"{what}: refused with 429", "", sent.refused, target=Target("≤", 0)),
            Figure(f"{what}: sent twice", "", sent.reminders - sizes.reminders, target=Target("≤", 0)),
            Figure(
                f"{what}: who talks meanwhile, 95 of 100 are answered within",
                "ms",
                heard.ms(95),
                target=Target("≤", 150),
            ),
            Figure(f"{what}: who talks meanwhile, left without an answer", "", heard.unanswered, target=Target("≤", 0)),
            Figure(f"{what}: most messages in a group within a minute", "", sent.group_most, target=Target("≤", 20)),
            Figure(
                f"{what}: longest wait for a report to stand in its group",
                "s",
                max(heard.to_group, default=0.0),
                target=Target("≤", 10),
            ),
            Figure(f"{what}: memory meanwhile", "MB", sent.most_resident_mb, target=Target("≤", 250)),
        ],
        f"reminders: {reminders.TALK_RATE:g} lines/s of residents; answers, cards and edits count in the share",
    )
    if missed:
        pytest.fail("\n".join(missed), pytrace=False)
