"""Whether robots.txt lets us read a page (RFC 9309). What a site says is remembered for a day."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from monitor.model.poll import Failure, Fetched, FetchFailed, FetchOutcome, ParseFailed, Request
from monitor.model.secret import Secret
from monitor.pipeline.needs import Fetcher, PageReader

#: How long it holds (RFC 9309 §2.4), and how soon one that could not be had is asked for again.
HOLDS, AGAIN = timedelta(hours=24), timedelta(minutes=10)
#: Bytes of one that are read (RFC 9309 §2.5 asks for so many).
MOST_READ = 500 * 1024
#: Bytes of all that is remembered.
MOST_REMEMBERED = 16_000_000

_CLIENT_ERRORS = range(400, 500)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a site said when it was asked; None if nothing that could be used."""

    rules: bytes | None
    until: datetime
    reason: str = ""


class Robots:
    """Asks each site once a day."""

    def __init__(self, *, fetcher: Fetcher, reader: PageReader, clock: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._reader = reader
        self._clock = clock
        #: By proxy and origin, those asked last at the end.
        self._said: OrderedDict[tuple[Secret | None, str], _Said] = OrderedDict()
        self._size = 0

    async def forbids(self, url: str, proxy: Secret | None) -> FetchFailed | ParseFailed | None:
        """Return why a page may not be read, None if it may.

        A site that has no robots.txt allows everything, one whose robots.txt can not be had nothing (§2.3.1).
        """
        said = await self._ask(url, proxy)
        if said.rules is None:
            return FetchFailed(failure=Failure.NO_ROBOTS, detail=said.reason)
        allowed = True if not said.rules else await self._reader.allows(said.rules, url)
        if isinstance(allowed, ParseFailed):
            return ParseFailed(failure=Failure.NO_ROBOTS, detail=allowed.reason)
        return None if allowed else ParseFailed(failure=Failure.ROBOTS)

    async def _ask(self, url: str, proxy: Secret | None) -> _Said:
        parts, now = urlsplit(url), self._clock()
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
        before = self._said.get((proxy, origin))
        if before is not None and now < before.until:
            return before
        came = await self._fetcher.fetch(Request(url=f"{origin}/robots.txt", proxy=proxy))
        said = _said(came, before, self._clock())
        self._keep((proxy, origin), said)
        return said

    def _keep(self, key: tuple[Secret | None, str], said: _Said) -> None:
        gone = self._said.pop(key, None)
        self._said[key] = said
        self._size += _size(said) - (_size(gone) if gone else 0)
        while self._size > MOST_REMEMBERED:
            self._size -= _size(self._said.popitem(last=False)[1])


def _said(came: FetchOutcome, before: _Said | None, now: datetime) -> _Said:
    if isinstance(came, Fetched):
        return _Said(came.body[:MOST_READ], now + HOLDS)
    if isinstance(came, FetchFailed) and not (came.failure is Failure.REDIRECTS or _is_missing(came.status)):
        return _Said(before.rules if before else None, now + AGAIN, came.reason)
    return _Said(b"", now + HOLDS)


def _is_missing(status: int | None) -> bool:
    """Whether there is none: any 4xx, but for "too many requests", which says nothing of it."""
    return status in _CLIENT_ERRORS and status != HTTPStatus.TOO_MANY_REQUESTS


def _size(said: _Said) -> int:
    return len(said.rules or b"") + 1000
