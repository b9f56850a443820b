"""settings.public_url and settings.listen."""

from collections.abc import Callable

import pytest

from monitor.model.configuration import Configuration, Problem

Good = Callable[..., Configuration]
Bad = Callable[..., tuple[Problem, ...]]
FILE = "feeds: [https://a.example/rss]\nwatchlists: [b]\nnotify: terminal://\nsettings:\n  {}\n"


@pytest.mark.parametrize(
    ("written", "public_url", "listen"),
    [
        ("every: 5m", None, "127.0.0.1:8080"),
        ("public_url: https://alerts.example/", "https://alerts.example", "127.0.0.1:8080"),
        ("{public_url: http://1.2.3.4:81/a/b, listen: 0.0.0.0:81}", "http://1.2.3.4:81/a/b", "0.0.0.0:81"),
        ("{public_url: 'https://[2001:db8::1]', listen: '[::1]:9'}", "https://[2001:db8::1]", "[::1]:9"),
        ("public_url: https://${NAME}/hubs", "https://x.example/hubs", "127.0.0.1:8080"),
    ],
)
def test_where_hubs_reach_us(good: Good, written: str, public_url: str | None, listen: str) -> None:
    """Without a public address there is none; one that is given has no slash at its end."""
    settings = good(FILE.format(written), NAME="x.example").settings
    assert (settings.public_url, settings.listen) == (public_url, listen)


@pytest.mark.parametrize(
    ("written", "column", "message", "hint"),
    [
        ("public_url: alerts.example", 15, '"alerts.example" is no public address', "https://"),
        ("public_url: ftp://alerts.example", 15, "no public address", "https://"),
        ("public_url: https://u:p@alerts.example", 15, "no public address", "https://"),
        ("public_url: https://alerts.example?a=b", 15, "no public address", "https://"),
        ("public_url: https://alerts.example:0x", 15, "no public address", "https://"),
        ("public_url: https://тревога.example", 15, "no public address", "https://"),
        ("listen: localhost", 11, '"localhost" says no port', "127.0.0.1:8080"),
        ("listen: '::1'", 11, "says no port", "[::1]:8080"),
        ("listen: 8080", 11, "says no port", "127.0.0.1:8080"),
        ("listen: 10.0.0.0/8", 11, "says no port", "127.0.0.1:8080"),
        ("listen: a:99999", 11, "no host", "localhost"),
    ],
)
def test_mistakes(bad: Bad, written: str, column: int, message: str, hint: str) -> None:
    """Each mistake is shown at its place, with the remedy."""
    [problem] = bad(FILE.format(written))
    assert (problem.line, problem.column) == (5, column)
    assert message in problem.message
    assert hint in problem.hint
