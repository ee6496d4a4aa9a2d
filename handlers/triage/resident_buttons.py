"""The buttons of a resident under what became of their report."""

from dataclasses import dataclass

from handlers.buttons import Button, button


@button("rn")
@dataclass(frozen=True)
class NotSolved(Button):
    """*Niet opgelost*: the report opens again."""

    report: int


@button("rc")
@dataclass(frozen=True)
class ReadClosing(Button):
    """*Lezen*: why a sealed report was closed."""

    report: int
    event: int
