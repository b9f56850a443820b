"""For all tests: what child processes need is loaded once."""

import pytest

from monitor.warm import warm


@pytest.fixture(scope="session", autouse=True)
def _children_start_light() -> None:
    warm()
