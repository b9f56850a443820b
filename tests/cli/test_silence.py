"""`silence`: adding, listing and ending; what other commands say of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor import clock
from monitor.model.alert import DeliveryState
from monitor.model.record import Route
from monitor.store import Store
from tests.cli.conftest import Call
from tests.store.builders import feed, matched, new, poll


@pytest.fixture
def store(config: Path) -> Iterator[Store]:
    """The store that a running service has open."""
    opened = Store.open(config.parent / "data", now=clock.now())
    opened.sync([feed("times")], now=clock.now())
    yield opened
    opened.close()


def alert(store: Store, title: str) -> None:
    """Make an alert, as a poll of the running service would."""
    store.record(
        replace(poll(new(title, matched("draft")), at=clock.now()), routes={"draft": Route(receivers=("desk",))})
    )


def test_from_beginning_to_end(call: Call, store: Store) -> None:
    """A silence counts at once for a running service, is listed with what it kept back, and ends when it is ended."""
    done = call("silence", "add", "--watchlist", "draft", "--for", "1h30m", "--why", "the final", "--json")
    added = json.loads(done.stdout)
    span = datetime.fromisoformat(added["ends"]) - datetime.fromisoformat(added["begins"])
    assert span == timedelta(minutes=90)
    alert(store, "a")
    (listed,) = map(json.loads, call("silence", "list", "--json").stdout.splitlines())
    assert listed == added | {"alerts": 1}
    ended = json.loads(call("silence", "end", "1", "--json").stdout)
    assert ended["state"] == "ended"
    alert(store, "b")
    states = [json.loads(line)["state"] for line in call("deliveries", "--json").stdout.splitlines()]
    assert states == [DeliveryState.SILENCED, DeliveryState.PENDING]


def test_in_words(call: Call, store: Store) -> None:
    """People read what is silent, until when and why, and what it kept back."""
    alert(store, "a")
    added = call("silence", "add", "--watchlist", "draft", "--feed", "times", "--for", "2h", "--why", "the final")
    assert "silence 1: watchlist draft, feed times until" in added.stdout
    assert "it keeps back 1 alert that waited" in added.stdout
    wide = {"COLUMNS": "200"}
    listed = call("silence", "list", env=wide).stdout
    assert "active" in listed
    assert "the final" in listed
    assert "silence 1" in call("deliveries", env=wide).stdout
    assert "desk silenced" in call("alerts", env=wide).stdout
    assert call("silence", "end", "1").stdout == "silence 1: ended; it kept back 1 alert.\n"
    again = call("silence", "end", "1")
    assert again.exit_code == 1
    assert "silence 1: had ended at" in again.stdout


def test_without_a_database(call: Call) -> None:
    """A silence can be the first thing that is ever kept."""
    assert call("silence", "list").stdout == "There is no silence.\n"
    assert call("silence", "end", "1").exit_code == 2
    assert call("silence", "add", "--term", "mobilized", "--for", "1d").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--watchlist", "drafts", "--for", "2h"], 'did you mean "draft"?'),
        (["--feed", "time", "--for", "2h"], 'did you mean "times"?'),
        (["--term", "mobilised", "--for", "2h"], 'did you mean "mobilized"?'),
        (["--watchlist", "sport", "--term", "mobilized", "--for", "2h"], "no term of sport is 'mobilized'"),
        (["--for", "2h"], "--watchlist, --feed or --term"),
        (["--watchlist", "draft"], "--for 2h"),
        (["--watchlist", "draft", "--for", "2h", "--until", "17:05"], "either --for"),
        (["--watchlist", "draft", "--for", "2"], "no span of time"),
        (["--watchlist", "draft", "--for", "0h"], "no span of time"),
        (["--watchlist", "draft", "--until", "5pm"], "is no time"),
        (["--watchlist", "draft", "--until", "2020-01-01"], "is over already"),
    ],
)
def test_mistakes(call: Call, words: list[str], said: str) -> None:
    """What can not be meant is refused with what can be, and nothing is silent."""
    done = call("silence", "add", *words, env={"COLUMNS": "300"})
    assert done.exit_code == 2
    assert said in done.stderr
    assert call("silence", "list").stdout == "There is no silence.\n"


@pytest.mark.parametrize("until", ["17:05", "00:00", "2100-01-01", "2100-01-01T12:00+02:00"])
def test_until_a_time(call: Call, until: str) -> None:
    """A time of day is the next one; a date or a time with its date is itself."""
    added = json.loads(call("silence", "add", "--term", "mobilized", "--until", until, "--json").stdout)
    begins, ends = (datetime.fromisoformat(added[key]) for key in ("begins", "ends"))
    assert ends > begins
    assert ends - begins <= timedelta(hours=25) or until.startswith("2100")
