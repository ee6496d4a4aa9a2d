"""Figures with their targets, and the one table that they are printed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Target:
    """What a figure, or its ratio to python-telegram-bot's, must be."""

    sign: Literal["≤", "≥"]
    value: float
    of: Literal["figure", "ratio"] = "figure"

    def is_met(self, figure: float) -> bool:
        """Tell whether *figure* is good enough."""
        return figure <= self.value if self.sign == "≤" else figure >= self.value

    def __str__(self) -> str:
        """Return it as the table writes it."""
        return f"{self.sign} {self.value:g}{' ×' if self.of == 'ratio' else ''}"


@dataclass(frozen=True)
class Figure:
    """One line of the table: ours, the peers' where they do the same, and the target where there is one."""

    what: str
    unit: str
    ours: float
    ptb: float | None = None
    aiogram: float | None = None
    target: Target | None = None

    @property
    def ratio(self) -> float | None:
        """How many times python-telegram-bot's figure ours is."""
        return self.ours / self.ptb if self.ptb else None

    @property
    def missed(self) -> bool:
        """Whether there is a target that this figure does not meet."""
        if self.target is None:
            return False
        judged = self.ratio if self.target.of == "ratio" else self.ours
        return judged is None or not self.target.is_met(judged)

    def cells(self) -> list[str]:
        """Return the cells of its line."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} ×"
        verdict = "" if self.target is None else "**MISSED**" if self.missed else "met"
        target = "" if self.target is None else str(self.target)
        what = f"{self.what} ({self.unit})" if self.unit else self.what
        return [what, _number(self.ours), _number(self.ptb), _number(self.aiogram), ratio, target, verdict]


@dataclass
class Table:
    """All figures of one call in the order in which they were taken, and remarks that belong below them."""

    figures: list[Figure] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, figures: Iterable[Figure], *remarks: str) -> list[str]:
        """Take figures and remarks in; return a line for each figure that missed its target."""
        taken = list(figures)
        self.figures += taken
        self.remarks += remarks
        return [f"missed: {' | '.join(figure.cells()[:6])}" for figure in taken if figure.missed]

    def __str__(self) -> str:
        """Return it as Markdown that can be read without."""
        head = ["", "Buurtbode", "python-telegram-bot", "aiogram", "ratio", "target", ""]
        rows = [figure.cells() for figure in self.figures]
        widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
        rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:5]), *("-" * w for w in widths[5:])]
        lines = [_line(head, widths), _line(rule, widths), *(_line(row, widths) for row in rows)]
        return "\n".join([*lines, "", *(f"- {remark}" for remark in self.remarks)])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell.rjust(width) if 1 <= at <= 4 else cell.ljust(width)
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"| {' | '.join(padded)} |"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
