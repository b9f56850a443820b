from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from monitor.fetch import Fetcher


@pytest.fixture
def fetcher() -> Callable[..., Fetcher]:
    """Makes fetchers that may ask 127.0.0.1 and do not pause."""
    return partial(Fetcher, host_interval=timedelta(0), allow_private=["127.0.0.1"])
