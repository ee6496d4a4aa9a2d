"""A tiny set of routes for tests of the frame: counts, says, fails and sleeps on demand; no conversation of ours."""

import asyncio
from dataclasses import dataclass

from telegram import Update

from handlers.buttons import Button, button
from handlers.context import Ctx, keys
from handlers.routes import OnButton, OnMessage, OnUpdate, Route, is_private


@button("zz")
@dataclass(frozen=True)
class Tapped(Button):
    """A button that says what it holds."""

    number: int


async def on_text(update: Update, context: Ctx) -> None:
    """Echo; "boom …" fails, "sleep …" takes too long, "prompt" shows a button."""
    text = context.message.text or ""
    if text.startswith("boom"):
        raise RuntimeError(text)
    if text.startswith("sleep"):
        await asyncio.sleep(3600)
    if text == "prompt":
        context.show("Kies", keys(("Een", Tapped(1)), ("Twee", Tapped(2))))
        return
    context.say(f"echo {text}")


async def on_tap(update: Update, context: Ctx, pressed: Tapped) -> None:
    """Toast and show what was tapped."""
    context.toast(f"toast {pressed.number}")
    context.show(f"getikt {pressed.number}")


async def on_rest(update: Update, context: Ctx) -> None:
    """Nothing."""


ROUTES: list[Route] = [
    OnButton(Tapped, on_tap),
    OnMessage(lambda update: is_private(update) and bool(update.message and update.message.text), on_text),
    OnUpdate(lambda update: True, on_rest),
]
