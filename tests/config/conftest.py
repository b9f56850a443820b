"""Configurations as a user would write them, checked as the program checks them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.config import Loaded, load
from monitor.model.configuration import Configuration, Problem

Result = Loaded | tuple[Problem, ...]
Check = Callable[..., Result]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Save a text as a file, and load it."""

    def write(text: str | bytes, **environ: str) -> Result:
        path = tmp_path / "config.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return load(path, environ=environ)

    return write


@pytest.fixture
def good(check: Check) -> Callable[..., Configuration]:
    """Save a text that is right, and return the configuration."""

    def read(text: str, **environ: str) -> Configuration:
        result = check(text, **environ)
        assert isinstance(result, Loaded), "\n".join(map(str, result))
        return result.configuration

    return read


@pytest.fixture
def bad(check: Check) -> Callable[..., tuple[Problem, ...]]:
    """Save a text that is wrong, and return the problems."""

    def read(text: str | bytes, **environ: str) -> tuple[Problem, ...]:
        result = check(text, **environ)
        assert not isinstance(result, Loaded), "this was taken"
        return result

    return read
