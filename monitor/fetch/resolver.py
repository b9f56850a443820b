"""Names to addresses, of which only those that the guard permits are handed on: aiohttp connects to these very ones."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from ipaddress import IPv6Address, ip_address
from queue import SimpleQueue

from aiohttp.abc import AbstractResolver, ResolveResult

from monitor.fetch.fault import Unusable
from monitor.fetch.guard import Allowed, IPAddress
from monitor.model.poll import Failure

#: Finds a host's addresses, best first; raises socket.gaierror when there are none.
Lookup = Callable[[str], Awaitable[list[IPAddress]]]


class GuardedResolver(AbstractResolver):
    """Answers with permitted addresses only. Asked anew for every connection; nothing is cached."""

    def __init__(self, allowed: Allowed, lookup: Lookup) -> None:
        self.allowed = allowed
        self.lookup = lookup

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,
    ) -> list[ResolveResult]:
        """Return where a connection to `host` may go. Raises Unusable when it may go nowhere."""
        del family  # aiohttp names one; we connect by either
        found = await self.lookup(host)
        permitted = [address for address in found if self.allowed.permits(host, port, address)]
        if not permitted:
            raise Unusable(Failure.FORBIDDEN_ADDRESS, f"private: {found[0]} (see settings.allow_private)")
        return [_result(host, port, address) for address in permitted]

    async def close(self) -> None:
        """Nothing to close."""


async def look_up(host: str) -> list[IPAddress]:
    """Ask the system for a host's addresses; see `Lookup`.

    A name server that does not answer holds up neither other lookups, as it would in a pool of a few threads, nor the
    end of the program.
    """
    return await asyncio.wrap_future(_lookups.ask(host))


class _Lookups:
    """Daemon threads that look up names: another one whenever none is idle."""

    def __init__(self) -> None:
        self._asked: SimpleQueue[tuple[str, Future[list[IPAddress]]]] = SimpleQueue()
        self._idle = threading.Semaphore(0)

    def ask(self, host: str) -> Future[list[IPAddress]]:
        found: Future[list[IPAddress]] = Future()
        found.set_running_or_notify_cancel()  # the thread may end when nobody waits any more
        self._asked.put((host, found))
        if not self._idle.acquire(blocking=False):
            threading.Thread(target=self._work, name="lookup", daemon=True).start()
        return found

    def _work(self) -> None:
        while True:
            host, found = self._asked.get()
            try:
                found.set_result(_ask_system(host))
            except socket.gaierror as fault:
                found.set_exception(fault)
            self._idle.release()


_lookups = _Lookups()


def _ask_system(host: str) -> list[IPAddress]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except UnicodeError:  # a label too long, or empty: no such name can be
        raise socket.gaierror(socket.EAI_NONAME, "not a host name") from None
    return [ip_address(place[0]) for _, _, _, _, place in found]


def _result(host: str, port: int, address: IPAddress) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=str(address),
        port=port,
        family=socket.AF_INET6 if isinstance(address, IPv6Address) else socket.AF_INET,
        proto=0,
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )
