"""What the doctor found: one line."""

from dataclasses import dataclass
from enum import Enum


class Grade(Enum):
    """How it stands; the value is what the operator reads."""

    OK = "ok"
    ADVICE = "hint"
    WRONG = "WRONG"


@dataclass(frozen=True)
class Finding:
    """What was looked at, and how it stands with what to do about it: no secrets, no names of people."""

    grade: Grade
    what: str
    words: str

    def __str__(self) -> str:
        """Return the line."""
        return f"{self.grade.value:<5}  {self.what}: {self.words}"
