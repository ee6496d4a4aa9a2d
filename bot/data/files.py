"""Reading the files of this package, wherever it is installed."""

import csv
from importlib.resources import files


def read_text(name: str) -> str:
    """Return the text of the data file *name*; `FileNotFoundError` when it does not exist."""
    return (files("bot.data") / name).read_text(encoding="utf-8")


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of the CSV file *name*; lines that start with `#` are its notes."""
    lines = [line for line in read_text(name).splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def read_lines(name: str) -> list[list[str]]:
    """Return the lines of the file *name*, split at their tabs; lines that start with `#` are its notes."""
    return [line.split("\t") for line in read_text(name).splitlines() if line and not line.startswith("#")]
