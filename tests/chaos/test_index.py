"""docs/faults.md names tests that exist and that `make chaos` runs, and each test of a fault is named in it."""

import importlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NAMED = re.compile(r"`(tests/\S+?\.py)::(test_\w+)`")
_MARKED = re.compile(r"\bpytest\.mark\.chaos\b")
_TEST = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)


def written_in(path: Path) -> set[str]:
    """Return the names of the tests in a file."""
    return set(_TEST.findall(path.read_text()))


def marks_of(file: str, name: str) -> set[str]:
    """Return the names of the marks that a test has by itself or by its module."""
    module = importlib.import_module(file.removesuffix(".py").replace("/", "."))
    marks = getattr(module, "pytestmark", [])
    marks = [*(marks if isinstance(marks, list) else [marks]), *getattr(getattr(module, name), "pytestmark", [])]
    return {mark.name for mark in marks}


def test_each_test_that_is_named_exists() -> None:
    named = _NAMED.findall((ROOT / "docs/faults.md").read_text())
    assert len(named) > 20
    assert [name for file, name in named if name not in written_in(ROOT / file)] == []


def test_each_test_that_is_named_is_run_by_make_chaos() -> None:
    named = _NAMED.findall((ROOT / "docs/faults.md").read_text())
    assert [name for file, name in named if "chaos" not in marks_of(file, name)] == []


def test_each_test_of_a_fault_is_named() -> None:
    named = {name for _, name in _NAMED.findall((ROOT / "docs/faults.md").read_text())}
    files = [path for path in Path(__file__).parent.glob("test_*.py") if _MARKED.search(path.read_text())]
    assert len(files) > 3
    assert set().union(*map(written_in, files)) - named == set()
