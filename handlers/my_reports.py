"""🗂 Wat ik heb gemeld: the resident's own reports, reading what a worker wrote, and answering back."""

from dataclasses import dataclass

from handlers.buttons import Button, button
from handlers.routes import Route


@button("rp")
@dataclass(frozen=True)
class ReplyTo(Button):
    """*Antwoord terug*: the resident wants to say something about this report (id)."""

    report: int


@button("ra")
@dataclass(frozen=True)
class ReadAnswer(Button):
    """*Lezen*: show what the worker wrote (id of the report message) about a sealed report."""

    message: int


COMMANDS: list[Route] = []
BUTTONS: list[Route] = []
