"""Reading the files of this package, wherever it is installed."""

import csv
from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path


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


def font(*, bold: bool = False) -> AbstractContextManager[Path]:
    """Return the font that pictures and sheets are written in, as a file that is there while the context is open."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return as_file(files("bot.data") / "fonts" / name)
