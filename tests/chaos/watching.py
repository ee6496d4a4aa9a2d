"""What `/readyz` of a process tells."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from tests.chaos.crowd import Crowd


async def until_told(people: Crowd, port: int, is_so: Callable[[Any], bool], *, seconds: float) -> None:
    """Wait until `/readyz` tells what *is_so* asks for."""
    told = None
    async with aiohttp.ClientSession() as session:
        try:
            async with asyncio.timeout(seconds):
                while told is None or not is_so(told):
                    await asyncio.sleep(0.1)
                    async with session.get(f"http://127.0.0.1:{port}/readyz") as response:
                        told = await response.json()
        except (TimeoutError, aiohttp.ClientError) as error:
            pytest.fail("\n".join([f"{error!r} after up to {seconds} s, when /readyz told {told}", *people.bot.lines]))
