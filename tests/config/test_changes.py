"""What the log says after a reload."""

from collections.abc import Callable

import pytest

from monitor.config import changes
from monitor.model.configuration import Configuration

OLD = """\
settings: {{every: 10m, timezone: Europe/Kyiv}}
feeds:
  - {{url: https://a.example/x, name: A}}
  - {{url: https://b.example/x, name: B, every: 1h}}
watchlists:
  foreign-agents: {{any: [one, two], none: [no]}}
receivers: {{desk: terminal://}}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", []),
        ("every: 10m", "every: 5m", ["settings.every: 10m -> 5m"]),
        ("every: 10m", "every: 1d30s", ["settings.every: 10m -> 1d30s"]),
        ("every: 10m", "host_interval: 0s", ["settings.host_interval: 5s -> 0s"]),
        ("every: 10m", "first_run: all", ["settings.first_run: baseline -> all"]),
        ("every: 10m", "first_run: last 3", ["settings.first_run: baseline -> last 3"]),
        ("every: 10m", "allow_private: [a, b]", ["settings.allow_private: none -> a, b"]),
        ("every: 10m", "every: 10m, health: []", ["settings.health: all -> none"]),
        ("every: 10m", "every: 10m, health: desk, coverage: off",
         ["settings.health: all -> desk", "settings.coverage: weekly -> off"]),
        ("every: 10m", "retry: {most: 2h}", ["settings.retry.most: 1h -> 2h"]),
        ("Kyiv", "Warsaw", ["settings.timezone: Europe/Kyiv -> Europe/Warsaw"]),
        ("[one, two]", "[two, three, four]", ["+2 terms in foreign-agents", "-1 term in foreign-agents"]),
        ("[one, two]", "[two, one]", []),
        ("none: [no]", "none: [no, never]", ["+1 excluding term in foreign-agents"]),
        ("none: [no]", "none: [no], in: title", ["watchlist foreign-agents changed: in"]),
        ("foreign-agents:", "agents:", ["+1 watchlist: agents", "-1 watchlist: foreign-agents"]),
        ("name: A", "name: X", ["+1 feed: X", "-1 feed: A"]),
        ("name: A", "name: A, tags: t, every: 1m", ["feed A changed: tags, every"]),
        ("a.example", "c.example", ["feed A changed: url"]),
        ("every: 1h", "every: 2h", ["feed B changed: every"]),
        ("terminal://", "json://x", ["receiver desk changed: url"]),
        ("desk: terminal://", "desk: terminal://, mail: b://c", ["+1 receiver: mail"]),
        ("desk: terminal://", ", ".join(f"r{n}: a://{n}" for n in range(7)),
         ["+7 receivers: r0, r1, r2, r3, r4 and 2 more", "-1 receiver: desk"]),
    ],
)  # fmt: skip
def test_changes(good: Callable[..., Configuration], old: str, new: str, said: list[str]) -> None:
    """Each change is one phrase, and what did not change is not mentioned."""
    before = OLD.format()
    assert said == list(changes(good(before), good(before.replace(old, new, 1) if old else before)))
