import resource
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from monitor.store import Store
from tests.store.builders import NOW, feed

Opener = Callable[[], Store]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(params=["sqlite"])
def opener(request: pytest.FixtureRequest, data: Path) -> Iterator[Opener]:
    """Opens the store under test, again and again the same; another kind of store becomes a parameter."""
    with ExitStack() as stack:

        def opened() -> Store:
            store = Store.open(data, now=NOW)
            stack.callback(store.close)
            return store

        yield opened


@pytest.fixture
def store(opener: Opener) -> Store:
    """A store with one feed, "times"."""
    store = opener()
    store.sync([feed()], now=NOW)
    return store


@contextmanager
def writes_fail(*, after: int) -> Iterator[None]:
    """The system refuses to write to a file past so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (after, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
