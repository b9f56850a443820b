from collections.abc import Callable, Iterator
from contextlib import ExitStack
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
