"""aiohttp's sessions: one that asks directly, and one for each proxy, through which names are looked up as well."""

import ssl
from contextlib import AbstractAsyncContextManager

import aiohttp

from monitor import __version__
from monitor.fetch.coding import ACCEPT_ENCODING
from monitor.fetch.guard import Allowed
from monitor.fetch.resolver import GuardedResolver
from monitor.fetch.socks import SocksConnector, is_socks
from monitor.fetch.trail import Step
from monitor.model.secret import Secret

PROJECT_URL = "https://github.com/rss-monitor/rss-monitor"

_HEADERS = {
    "User-Agent": f"rss-monitor/{__version__} (+{PROJECT_URL})",
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
    "Accept-Encoding": ACCEPT_ENCODING,
}
#: A proxy is the user's choice, and may be anywhere.
_ANYWHERE = Allowed.parse(["0.0.0.0/0", "::/0"])


class Sessions:
    """Sends requests; use and close it in one event loop."""

    def __init__(self, resolver: GuardedResolver, tls: ssl.SSLContext | None) -> None:
        self._resolver = resolver
        self._tls = tls
        self._sessions: dict[Secret | None, aiohttp.ClientSession] = {}

    def ask(self, step: Step, proxy: Secret | None) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        """Ask by a proxy, or directly."""
        if proxy not in self._sessions:
            self._sessions[proxy] = self._session(proxy)
        by_http = proxy.reveal() if proxy and not is_socks(proxy) else None
        method = "GET" if step.form is None else "POST"
        return self._sessions[proxy].request(
            method, step.url, data=step.form, headers=step.headers, proxy=by_http, allow_redirects=False
        )

    async def close(self) -> None:
        """End all connections."""
        for session in self._sessions.values():
            await session.close()

    def _session(self, proxy: Secret | None) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=self._connector(proxy),
            headers=_HEADERS,
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            timeout=aiohttp.ClientTimeout(),
            middlewares=(_once,),
        )

    def _connector(self, proxy: Secret | None) -> aiohttp.TCPConnector:
        """Make what connects.

        A connection serves one request: it is never older than the check of its address, and thousands of feeds leave
        no thousands of idle connections behind.
        """
        if proxy and is_socks(proxy):
            return SocksConnector(proxy, self._tls)
        resolver = GuardedResolver(_ANYWHERE, self._resolver.lookup) if proxy else self._resolver
        return aiohttp.TCPConnector(
            force_close=True, limit=0, resolver=resolver, use_dns_cache=False, ssl=self._tls or True
        )


async def _once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Keep aiohttp from asking a second time at once when a server closes without an answer."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as fault:
        raise aiohttp.ClientConnectionError("no answer") from fault
