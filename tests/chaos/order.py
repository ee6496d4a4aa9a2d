"""What lasts longest begins first in `make chaos`: begun last, it would run alone while all others are done."""

import pytest

from tests.chaos.sizes import FULL


def _seconds(item: pytest.Item) -> int:
    """Return how long a test is said to last in full size (`@pytest.mark.lasts(seconds)`), 0 for one that is quick."""
    mark = item.get_closest_marker("lasts")
    return int(mark.args[0]) if mark else 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of a full run in the order in which they are to begin; those alike stay together."""
    if FULL:
        items.sort(key=_seconds, reverse=True)
