"""The buttons of a resident under what became of their report."""

from dataclasses import dataclass

from bot.services.triage import Later
from handlers.buttons import Button, button


@button("rc")
@dataclass(frozen=True)
class ReadClosing(Button):
    """*Lezen*: why a sealed report was closed."""

    report: int
    event: int


@button("rr")
@dataclass(frozen=True)
class Rate(Button):
    """A thumb for a closing; `event` is the step with which the report was closed."""

    report: int
    event: int
    good: bool


@button("rl")
@dataclass(frozen=True)
class AnswerLater(Button):
    """An answer to the question four weeks later."""

    report: int
    event: int
    said: Later
