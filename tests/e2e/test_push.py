"""WebSub as a user has it: a hub, the service, a webhook."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import PAPER, Home, wait_for_event
from tests.e2e.hub import Hub
from tests.servers import Webhook

NEWS = ("2", "Relatives of mobilized soldiers protest")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class PushedHome(Home):
    """A home whose service hubs can reach; it polls once an hour at most."""

    hub: Hub
    port: int
    every: str = "1h"

    def configure(self, **changes: object) -> None:
        here = f"127.0.0.1:{self.port}"
        settings = {
            "allow_private": ["127.0.0.1", "localhost"],
            "host_interval": "0s",
            "every": self.every,
            "timezone": "UTC",
        }
        super().configure(settings={**settings, "public_url": f"http://{here}", "listen": here}, **changes)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[PushedHome]:
    with Hub() as hub, Webhook() as hook:
        home = PushedHome(tmp_path, hub, hook)
        home.hub, home.port = hub, free_port()
        home.configure()
        hub.announce(PAPER, ("1", "Quiet day"))
        yield home


def test_a_push_becomes_an_alert(home: PushedHome) -> None:
    """R21: the service subscribes, a push becomes an alert without a poll, and `feeds` says so."""
    with home.service():
        home.hub.wait_for(PAPER)
        assert home.hub.push(PAPER, NEWS) == 202
        assert home.hook.wait_for(1) == [f"[draft] {NEWS[1]}"]
        assert home.json("feeds")[0]["push"] == "on"
        assert home.hub.requests == [PAPER]


def test_a_reload_follows_feeds_and_addresses(home: PushedHome) -> None:
    """A feed that leaves the configuration is unsubscribed while the service runs, and it ends when told."""
    with home.service():
        home.hub.wait_for(PAPER)
        home.configure(feeds=[{"name": "Other", "url": home.hub.url("/other")}])
        home.hub.wait_for()
        home.port = free_port()
        home.hub.announce("/third")
        home.configure(feeds=[{"name": "Third", "url": home.hub.url("/third")}])
        home.hub.wait_for("/third")
        assert home.hub.push("/third", NEWS) == 202
        assert home.hook.wait_for(1) == [f"[draft] {NEWS[1]}"]


def test_a_feed_is_not_read_twice_at_once(home: PushedHome) -> None:
    """What is pushed while its feed is polled is read after that poll; other feeds do not wait."""
    second = "/second.xml"  # by another name of the host, whose requests take turns
    home.hub.announce(second, ("1", "Quiet day"))
    home.every = "1s"
    home.configure(
        feeds=[
            {"name": "Paper", "url": home.hub.url(PAPER)},
            {"name": "Second", "url": home.hub.url(second).replace("127.0.0.1", "localhost")},
        ],
    )
    with home.service():
        home.hub.wait_for(PAPER, second)
    home.hub.announce(PAPER, ("2", "Polled: mobilized"), ("1", "Quiet day"))
    home.hub.gates[PAPER] = threading.Event()
    home.hub.requests.clear()
    with home.service() as service:
        wait_for_event(service, "listening for hubs")
        home.hub.wait_for_request(PAPER)
        assert home.hub.push(PAPER, ("3", "Pushed: mobilized")) == 202
        assert home.hub.push(second, ("3", "Elsewhere: mobilized")) == 202
        assert home.hook.wait_for(1) == ["[draft] Elsewhere: mobilized"]
        home.hub.gates[PAPER].set()
        assert home.hook.wait_for(3)[1:] == ["[draft] Polled: mobilized", "[draft] Pushed: mobilized"]
