"""The HTTP client. aiohttp is known in this package only; see docs/decisions/0002-aiohttp.md."""

import asyncio
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

import aiohttp

from monitor import clock
from monitor.fetch import answer, trail
from monitor.fetch.coding import Body
from monitor.fetch.fault import Unusable, failed
from monitor.fetch.guard import LOOPBACK, Allowed, is_loopback_name, literal
from monitor.fetch.resolver import GuardedResolver, Lookup, look_up
from monitor.fetch.sessions import Sessions
from monitor.fetch.slots import HostSlots
from monitor.fetch.trail import Step
from monitor.model.feed import Validators
from monitor.model.poll import Accepted, Failure, Fetched, FetchFailed, FetchOutcome, NotModified, Request
from monitor.model.secret import Secret
from monitor.text.links import header_links, hubs

_GOOD = frozenset({200, 203})
_NOT_MODIFIED = 304
_TAKEN = range(200, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one fetch may cost."""

    #: Most bytes of a body, as sent and as decoded.
    body: int = 10_000_000
    #: Wall clock for everything, names and redirects included, but not the wait for a turn at the host.
    time: timedelta = timedelta(seconds=30)
    #: Most redirects followed.
    redirects: int = 5
    #: Most requests under way at once; a small system lets a process open 256 files.
    at_once: int = 100
    #: Most documents in hand (see `Fetcher.holding`) while there are new requests.
    documents: int = 32


_LIMITS = Limits()


class Fetcher:
    """Fetches feeds, any number at once; an async context manager.

    `allow_private` holds hosts, `host:port`s and networks that may be asked although they are not public; ValueError
    for anything else. `lookup` finds addresses, `tls` says which certificates are good, `clock` what time it is; by
    default, as the system does.
    """

    def __init__(
        self,
        *,
        host_interval: timedelta,
        allow_private: Sequence[str],
        limits: Limits = _LIMITS,
        lookup: Lookup = look_up,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], datetime] = clock.now,
    ) -> None:
        self._limits = limits
        self._slots = HostSlots(host_interval)
        self._places = asyncio.Semaphore(limits.at_once)
        self._held = 0
        self._room = asyncio.Event()
        self._room.set()
        self._resolver = GuardedResolver(Allowed.parse(allow_private), lookup)
        self._tls = tls
        self._clock = clock

    async def __aenter__(self) -> Self:
        self._sessions = Sessions(self._resolver, self._tls)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._sessions.close()

    def configure(self, *, host_interval: timedelta, allow_private: Sequence[str]) -> None:
        """Change these settings; what is under way when they change may still follow the old ones."""
        self._resolver.allowed = Allowed.parse(allow_private)
        self._slots.interval = host_interval

    @property
    def waiting(self) -> int:
        """How many requests wait for their host's turn."""
        return self._slots.waiting

    async def fetch(self, request: Request) -> FetchOutcome:
        """Ask for a feed, when its host's turn comes. Every outcome is a value.

        With a proxy, nothing is looked up or connected to but the proxy (R60): it finds the addresses of names, and
        the guard sees those that stand in a URL.
        """
        try:
            return await self._walk(trail.first(request), request.proxy)
        except Unusable as fault:
            return FetchFailed(failure=fault.failure, detail=fault.detail)
        except TimeoutError:
            return FetchFailed(failure=Failure.TIMED_OUT, detail=f"after {self._limits.time.total_seconds():g} s")
        except aiohttp.ClientError as fault:
            return failed(fault, proxy=request.proxy)

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Have a document in hand: while there are as many as may be, no request is begun.

        So what is fetched waits at its server, not here, when parsing or the store is slow. Whoever holds one must not
        fetch.
        """
        self._held += 1
        if self._held >= self._limits.documents:
            self._room.clear()
        try:
            yield
        finally:
            self._held -= 1
            if self._held < self._limits.documents:
                self._room.set()

    async def submit(self, url: str, form: Mapping[str, str]) -> Accepted | FetchFailed:
        """Send a form, with the same care; 307 and 308 are followed with it (WebSub §5.1)."""
        came = await self.fetch(Request(url=url, form=form))
        return came if isinstance(came, FetchFailed) else Accepted()

    async def _walk(self, step: Step, proxy: Secret | None) -> FetchOutcome:
        """Take steps until one is not a redirect. One host's turn ends before the next is asked for."""
        loop = asyncio.get_running_loop()
        left = self._limits.time.total_seconds()
        while True:
            async with self._slots.turn(step.host), self._places:
                await self._room.wait()
                began = loop.time()
                async with asyncio.timeout(left):
                    came = await self._ask(step, proxy)
                left -= loop.time() - began
            if not isinstance(came, Step):
                return came
            step = came

    async def _ask(self, step: Step, proxy: Secret | None) -> FetchOutcome | Step:
        self._guard(step, by_proxy=proxy is not None)
        async with self._sessions.ask(step, proxy) as response:
            status, headers = response.status, response.headers
            if status in trail.MOVED:
                location = headers.get("Location", "")
                onward = trail.follow(step, status=status, location=location, most=self._limits.redirects)
                told = FetchFailed(failure=Failure.REDIRECTS, detail=str(status), leads_to=str(onward.url))
                return onward if step.follow else told
            if status == _NOT_MODIFIED and step.conditional:
                validators = answer.validators(headers, sent=step.validators)
                return NotModified(validators=validators, moved_to=step.moved_to, fresh=self._fresh(response))
            if step.form is not None and status in _TAKEN:
                return Fetched(body=b"", content_type="", url=str(step.url), validators=Validators())
            if status in _GOOD and step.form is None:
                return await self._read(response, step)
            return answer.refused(status, headers, now=self._clock())

    def _guard(self, step: Step, *, by_proxy: bool) -> None:
        """Check a host that is an address: the resolver, or a proxy, is asked about names only."""
        address = LOOPBACK if by_proxy and is_loopback_name(step.host) else literal(step.host)
        if address is not None and not self._resolver.allowed.permits(step.host, step.url.port or 0, address):
            raise Unusable(Failure.FORBIDDEN_ADDRESS, f"private: {address} (see settings.allow_private)")

    async def _read(self, response: aiohttp.ClientResponse, step: Step) -> Fetched:
        headers = response.headers
        body = Body(headers.get("Content-Encoding", ""), limit=self._limits.body)
        async for data in response.content.iter_any():
            body.add(data)
        return Fetched(
            body=body.whole(),
            content_type=answer.text(headers.get("Content-Type")),
            content_language=answer.text(headers.get("Content-Language")),
            link=answer.text(", ".join(headers.getall("Link", ()))),
            url=str(step.url),
            # another origin's validators would be shown to the first one, which would take them for its own
            validators=answer.validators({} if step.strayed else headers),
            moved_to=step.moved_to,
            links=hubs(header_links(", ".join(headers.getall("Link", ())))),
            fresh=self._fresh(response),
        )

    def _fresh(self, response: aiohttp.ClientResponse) -> timedelta | None:
        cache_control = ", ".join(response.headers.getall("Cache-Control", ()))
        return answer.freshness(response.headers, cache_control=cache_control, now=self._clock())
