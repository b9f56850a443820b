"""`feeds release` and `feeds accept`: what becomes of what is held."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from monitor import clock
from monitor.model.feed import Cause
from monitor.model.match import Reason
from monitor.model.record import Held
from monitor.store import Store
from tests.cli.conftest import Call
from tests.store.builders import feed, matched, new, poll

TITLES = ("О Мобилизация 1", "О Мобилизация 2")


@pytest.fixture
def store(config: Path) -> Iterator[Store]:
    """The store of a service that holds two entries of "times"."""
    opened = Store.open(config.parent / "data", now=clock.now())
    opened.sync([feed("times")], now=clock.now())
    held = [new(title, matched("draft", Reason.FLOOD_HELD)) for title in TITLES]
    opened.record(replace(poll(*held, at=clock.now()), held=Held(cause=Cause.OLD, entries=9, told=True)))
    yield opened
    opened.close()


def times(call: Call) -> dict[str, object] | None:
    """What `feeds` says is held of "times"."""
    listed = map(json.loads, call("feeds", "--json").stdout.splitlines())
    held: dict[str, object] | None = next(each["held"] for each in listed if each["name"] == "times")
    return held


def test_what_is_held_is_listed(call: Call, store: Store) -> None:
    """`feeds` says how much is held, why and since when; `entries`, of which entries."""
    assert "2 held since" in call("feeds", env={"COLUMNS": "300"}).stdout
    held = times(call)
    assert held is not None
    assert held == {"since": held["since"], "cause": "most are old", "entries": 9, "matches": 2}
    reasons = [json.loads(line)["decisions"][0]["reason"] for line in call("entries", "--json").stdout.splitlines()]
    assert reasons == ["flood held"] * 2


def test_release(call: Call, store: Store) -> None:
    """Alerts are made of what is held, oldest first, and a second time there is nothing to release."""
    assert json.loads(call("feeds", "release", "times", "--json").stdout) == {"feed": "times", "alerts": 2}
    alerts = [json.loads(line) for line in call("alerts", "--json").stdout.splitlines()]
    assert [(each["entry"]["title"], each["reason"]) for each in alerts] == [(title, "matched") for title in TITLES]
    again = call("feeds", "release", "times")
    assert (again.exit_code, "nothing is held of times" in again.stderr) == (1, True)


def test_accept(call: Call, store: Store) -> None:
    """What is accepted makes no alert."""
    assert call("feeds", "accept", "times").stdout == "times: 2 matches taken for old news.\n"
    assert call("alerts", "--json").stdout == ""
    assert times(call) is None
    assert call("feeds", "accept", "times").exit_code == 1


@pytest.mark.parametrize("command", ["release", "accept"])
def test_unknown_names(call: Call, command: str) -> None:
    """A feed that is not configured is refused, with the name that was probably meant; so is one never read."""
    wrong = call("feeds", command, "tmes")
    assert (wrong.exit_code, "times" in wrong.stderr) == (2, True)
    assert call("feeds", command, "times").exit_code == 1
