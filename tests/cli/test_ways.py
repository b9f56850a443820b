"""How feeds are reached, as `check` and `feeds` show it."""

import json
from contextlib import closing
from pathlib import Path

from monitor import clock
from monitor.config import Loaded, load
from monitor.model.feed import FeedState, Mirror
from monitor.model.record import PollRecord
from monitor.store import Store
from tests.cli.conftest import Call

CONFIG = """
feeds:
  Plain: https://plain.example/rss
  Direct: {url: https://direct.example/rss, proxy: none}
  Secret: {url: https://secret.example/rss, headers: {X-Key: canary, X-Other: canary}}
  Login: {url: https://login.example/rss, auth: {user: canary, password: canary}}
  Blocked:
    url: https://blocked.example/rss
    mirrors: [https://one.example/rss, https://me:canary@two.example/rss]
watchlists: [army]
notify: terminal://
settings: {proxy: "socks5://me:canary@tor.example:9050"}
"""


def test_check_lists_the_ways(call: Call, config: Path) -> None:
    """`check` says by which proxy and mirrors feeds are reached, and with what, but no value."""
    config.write_text(CONFIG)
    said = call("check").stdout
    assert "\nproxy of all feeds that have none of their own: socks5://me:***@tor.example:9050\n" in said
    assert (
        "\nways to feeds\n"
        "  Direct: proxy none\n"
        "  Secret: headers X-Key, X-Other\n"
        "  Login: user and password\n"
        "  Blocked: mirrors https://one.example/rss, https://me:***@two.example/rss\n"
    ) in said
    assert "canary" not in said + call("check", "--json").stdout


def test_check_is_silent_of_simple_ways(call: Call, config: Path) -> None:
    """Where each feed is simply asked at its address, nothing is said of it."""
    config.write_text("feeds: https://plain.example/rss\nwatchlists: [army]\nnotify: terminal://\n")
    said = call("check").stdout
    assert "proxy" not in said
    assert "ways to feeds" not in said


def test_feeds_shows_the_address_in_use(call: Call, config: Path) -> None:
    """`feeds` shows the mirror that stands in, as long as it is configured, and the proxy."""
    config.write_text(CONFIG)
    in_use = {"Blocked": "https://me:***@two.example/rss", "Plain": "https://taken-out.example/rss"}
    _keep(config, in_use)
    listed = {each["name"]: each for each in map(json.loads, call("feeds", "--json").stdout.splitlines())}
    assert listed["Blocked"]["address"] == "https://me:***@two.example/rss"
    assert listed["Plain"]["address"] == "https://plain.example/rss"
    assert (listed["Plain"]["proxy"], listed["Direct"]["proxy"]) == ("socks5://me:***@tor.example:9050", None)
    text = " ".join(call("feeds", env={"COLUMNS": "300"}).stdout.split())
    assert "by its mirror" in text
    assert "by the proxy" in text


def _keep(config: Path, mirrors: dict[str, str]) -> None:
    """Store that these feeds were last read from these mirrors."""
    now = clock.now()
    loaded = load(config, environ={})
    assert isinstance(loaded, Loaded)
    with closing(Store.open(config.parent / "data", now=now)) as store:
        store.sync(loaded.configuration.feeds, now=now)
        for name, address in mirrors.items():
            state = FeedState(feed=name, mirror=Mirror(address=address, since=now))
            store.record(PollRecord(at=now, state=state, routes={}))
