"""What `check` and `explain` say of who is told, and of silences."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from monitor import clock
from monitor.model.record import Route
from monitor.store import Store
from tests.cli.conftest import Call
from tests.store.builders import feed, matched, new, nothing, poll

RECEIVERS = (
    "receivers:\n"
    "  desk: {url: 'terminal://', digest: [08:00, Mon 18:00], burst: {messages: 2}}\n"
    "  phone: {url: 'terminal://', min_priority: high, quiet: [23:00-07:00, Sat-Sun 00:00-24:00]}\n"
    "settings: {timezone: Europe/Kyiv}\n"
)


@pytest.fixture
def calm(config: Path) -> Path:
    """Three watchlists: one for all, one not urgent enough for the phone, and one for nobody."""
    config.write_text(
        "feeds: {times: https://times.example/rss}\n"
        "watchlists:\n"
        "  war: {any: [мобилизация], priority: high}\n"
        "  draft: [mobilized]\n"
        "  sport: {any: [goal], notify: phone, priority: low}\n" + RECEIVERS
    )
    return config


@pytest.fixture
def store(calm: Path) -> Iterator[Store]:
    """The store of this configuration."""
    opened = Store.open(calm.parent / "data", now=clock.now())
    opened.sync([feed("times")], now=clock.now())
    yield opened
    opened.close()


def test_check_tells_the_calm(call: Call, calm: Path) -> None:
    """Each receiver that does not get everything at once is listed, and each watchlist that not all are told of."""
    lines = call("check").stdout.splitlines()
    start = lines.index("calm, in Europe/Kyiv")
    assert lines[start + 1 : start + 5] == [
        "  desk: digest 08:00, Mon 18:00; burst 2 in 5m",
        "  phone: from high on; quiet 23:00-07:00, Sat-Sun 00:00-24:00",
        "  draft (normal) is not for phone",
        "  warning: nobody is told of sport: its priority is low, below the min_priority of phone",
    ]


def test_check_tells_programs(call: Call, calm: Path) -> None:
    """The same for programs."""
    said = json.loads(call("check", "--json").stdout)
    assert said["receivers"][1] == {
        "receiver": "phone",
        "min_priority": "high",
        "quiet": ["23:00-07:00", "Sat-Sun 00:00-24:00"],
        "digest": [],
        "burst": None,
    }
    found = {each["watchlist"]: (each["priority"], each["receivers"], each["left_out"]) for each in said["watchlists"]}
    assert found == {
        "war": ("high", ["desk", "phone"], []),
        "draft": ("normal", ["desk"], ["phone"]),
        "sport": ("low", [], ["phone"]),
    }
    assert [bool(each["warnings"]) for each in said["watchlists"]] == [False, False, True]


def test_explain_tells_who_is_left_out(call: Call, calm: Path) -> None:
    """What matches and is not urgent enough for a receiver is said."""
    said = call("explain", "--text", "He was mobilized").stdout
    assert "draft: matched, not urgent enough for phone" in said
    found = json.loads(call("explain", "--text", "He was mobilized", "--json").stdout)
    assert [each["left_out"] for each in found["watchlists"]] == [[], ["phone"], ["phone"]]


def test_explain_tells_of_silence(call: Call, store: Store) -> None:
    """A silenced alert is explained as such."""
    made = poll(new("Мобилизация", matched("war"), nothing("draft")), at=clock.now())
    store.record(replace(made, routes={"war": Route(receivers=("desk", "phone"))}))
    assert "silenced" not in call("explain", "1").stdout
    call("silence", "add", "--watchlist", "war", "--for", "1h")
    assert "then: matched (мобилизация), alert 1, silenced" in call("explain", "1").stdout
    then = {each["watchlist"]: each["silenced"] for each in json.loads(call("explain", "1", "--json").stdout)["then"]}
    assert then == {"war": True, "draft": False}
