"""The log says what broke, and shows no values."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from monitor.cli.logs import LogFormat, configure


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Logging as it was: it is set up once a process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("form", LogFormat)
def test_a_crash_shows_where_and_no_values(form: LogFormat, capsys: pytest.CaptureFixture[str]) -> None:
    """R61: a traceback names files and lines; a variable may hold an address with a secret, and is not shown."""
    configure(form, verbose=True)
    address = "https://example.org/?key=canary".replace("can", "CAN")
    try:
        int(address[:5])
    except ValueError:
        structlog.get_logger().exception("poll crashed")
    said = capsys.readouterr().err
    assert "poll crashed" in said
    assert "test_logs.py" in said
    assert "CANary" not in said


@pytest.mark.parametrize("form", LogFormat)
def test_a_line_of_the_log_does_not_grow_with_a_feed(form: LogFormat, capsys: pytest.CaptureFixture[str]) -> None:
    """A title of a megabyte fills no disk: its beginning is enough."""
    configure(form, verbose=False)
    structlog.get_logger().info("entry decided", entry="mobilized " + "A" * 1_000_000)
    said = capsys.readouterr().err
    assert len(said) < 1000
    assert "mobilized AAA" in said
