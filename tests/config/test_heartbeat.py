"""settings.heartbeat."""

from collections.abc import Callable

import pytest

from monitor.model.configuration import Configuration, Problem

Good = Callable[..., Configuration]
Bad = Callable[..., tuple[Problem, ...]]
FILE = "feeds: [https://a.example/rss]\nwatchlists: [b]\nnotify: terminal://\nsettings:\n  {}\n"


@pytest.mark.parametrize("address", ["https://hc-ping.example/0f-1a", "http://10.0.0.7:8000/ping?token=a", "${URL}"])
def test_an_address(good: Good, address: str) -> None:
    """Any web address, a private one too; it is a secret."""
    heartbeat = good(FILE.format(f'heartbeat: "{address}"'), URL="https://hc-ping.example/2").settings.heartbeat
    assert heartbeat is not None
    assert heartbeat.reveal() == address.replace("${URL}", "https://hc-ping.example/2")
    assert str(heartbeat) == "***"


@pytest.mark.parametrize(
    "address",
    [
        "hc-ping.example/1",
        "ftp://a.example",
        "https://",
        "https://a.example/a b",
        "https://a.example:0x",
        "https://[::1",
    ],
)
def test_mistakes(bad: Bad, address: str) -> None:
    """What is no web address is shown at its place, without being repeated."""
    [problem] = bad(FILE.format("heartbeat: ${URL}"), URL=address)
    assert (problem.line, problem.column, problem.message) == (5, 14, "this is no web address")
    assert "https://hc-ping.com/" in problem.hint
