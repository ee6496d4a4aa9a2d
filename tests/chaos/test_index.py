"""docs/faults.md names tests that exist, and each test of a fault is named in it."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NAMED = re.compile(r"`(tests/\S+?\.py)::(test_\w+)`")
_MARKED = re.compile(r"\bpytest\.mark\.chaos\b")
_TEST = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)


def written_in(path: Path) -> set[str]:
    """Return the names of the tests in a file."""
    return set(_TEST.findall(path.read_text()))


def test_each_test_that_is_named_exists() -> None:
    named = _NAMED.findall((ROOT / "docs/faults.md").read_text())
    assert len(named) > 20
    assert [name for file, name in named if name not in written_in(ROOT / file)] == []


def test_each_test_of_a_fault_is_named() -> None:
    named = {name for _, name in _NAMED.findall((ROOT / "docs/faults.md").read_text())}
    files = [path for path in Path(__file__).parent.glob("test_*.py") if _MARKED.search(path.read_text())]
    assert len(files) > 3
    assert set().union(*map(written_in, files)) - named == set()
