"""How much is measured: all of it, or a short form that shows whether the benchmarks work."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """`rounds` of intake, of which the best counts; `seconds` of talk for the latency; `days` of the database."""

    told: str
    residents: int
    rounds: int
    seconds: float
    reminders: int
    days: int


FULL = Sizes("the whole form", residents=500, rounds=2, seconds=20.0, reminders=10_000, days=365)
SHORT = Sizes(
    "THE SHORT FORM (BUURTBODE_BENCH=short): its figures say little",
    residents=100,
    rounds=1,
    seconds=10.0,
    reminders=900,
    days=28,
)
