"""Time that is moved ahead at will: for the event loop, for the service, and for the replay server alike."""

import asyncio
import http.client
import json
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

Request = Mapping[str, Any]


class TravellingLoop(asyncio.SelectorEventLoop):
    """An event loop that can be told that time has passed; whoever sleeps, or waits with a limit, believes it."""

    ahead = 0.0

    def time(self) -> float:
        return super().time() + self.ahead


class ReplayServer:
    """A replay server whose clock stands unless it is moved."""

    def __init__(self, base: str) -> None:
        self._place = urlsplit(base).netloc

    def tell(self, **what: object) -> None:
        self._ask("POST", "/control", json.dumps(what))

    def feeds(self) -> list[dict[str, str]]:
        """Return the feeds that it serves: id, url, and more."""
        listed: list[dict[str, str]] = json.loads(self._ask("GET", "/feeds.json", None))
        return listed

    def log(self) -> list[Request]:
        """Return its record of each request."""
        log: list[Request] = json.loads(self._ask("GET", "/log", None))
        return log

    def score(self) -> dict[str, Request]:
        """Return what it counts, by feed."""
        score: dict[str, Request] = json.loads(self._ask("GET", "/score", None))
        return score

    def _ask(self, method: str, path: str, body: str | None) -> bytes:
        """Ask on a connection of its own: on one that is kept, each answer would wait for a delayed acknowledgement."""
        with closing(http.client.HTTPConnection(self._place, timeout=60)) as connection:
            connection.request(method, path, body)
            answer = connection.getresponse()
            assert answer.status == http.HTTPStatus.OK, answer.read()
            return answer.read()


class Travel:
    """The one clock of a run. It stands while anything is at work."""

    def __init__(self, start: datetime, loop: TravellingLoop, server: ReplayServer) -> None:
        self.start = self._now = start.astimezone(UTC)
        self._loop = loop
        self._server = server

    def now(self) -> datetime:
        return self._now

    @property
    def past(self) -> timedelta:
        return self._now - self.start

    def advance(self, by: timedelta) -> None:
        self._loop.ahead += by.total_seconds()
        self._now += by
        self._server.tell(advance=by.total_seconds())
