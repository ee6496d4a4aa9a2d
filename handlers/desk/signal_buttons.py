"""The buttons of `/signaal`."""

from dataclasses import dataclass

from bot.domain.signals import Ask
from handlers.buttons import Button, button


@button("sg")
@dataclass(frozen=True)
class OpenSignal(Button):
    """*Signaal opschrijven*."""


@button("sa")
@dataclass(frozen=True)
class Pick(Button):
    """An answer to one question of one draft; what it may say is judged by that question."""

    draft: int
    ask: Ask
    value: str
