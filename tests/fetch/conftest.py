import ssl
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
import trustme

from monitor.fetch import Fetcher


@pytest.fixture
def fetcher() -> Callable[..., Fetcher]:
    """Makes fetchers that may ask 127.0.0.1 and do not pause."""
    return partial(Fetcher, host_interval=timedelta(0), allow_private=["127.0.0.1"])


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context
