"""For all tests: what child processes need is loaded once, and no example is judged by the clock."""

import pytest
from hypothesis import settings

from monitor.warm import warm

settings.register_profile("patient", settings.default, deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def _children_start_light() -> None:
    warm()
