"""Transactions that are not cut in half when their caller is cancelled."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def whole(work: Coroutine[Any, Any, T]) -> T:
    """Return what *work* returns; when the caller is cancelled, *work* still comes to its end by itself.

    A write that is cancelled between two statements can leave SQLite locked until the driver's cursors are collected.
    """
    return await asyncio.shield(asyncio.ensure_future(work))
