"""The way through a SOCKS5 proxy (RFC 1928), which looks names up as well. The only file that knows aiohttp_socks."""

import ssl

from aiohttp import ClientRequest, ClientTimeout
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError
from yarl import URL

from monitor.fetch.fault import Unusable
from monitor.model.poll import Failure
from monitor.model.secret import Secret

#: Replies that tell of the site, not of the proxy (RFC 1928 §6).
_OF_THE_SITE = {3: "network unreachable", 4: "host unreachable", 5: "connection refused", 6: "timed out"}


def is_socks(proxy: Secret) -> bool:
    """Whether this is the address of a SOCKS proxy."""
    return proxy.reveal().startswith("socks5")


class SocksConnector(ProxyConnector):
    """Connects through one proxy, a connection for each request. What goes wrong is raised as Unusable."""

    def __init__(self, proxy: Secret, tls: ssl.SSLContext | None) -> None:
        url = URL(proxy.reveal())
        super().__init__(
            host=url.host or "",
            port=url.port or 0,
            username=url.user,
            password=url.password,
            rdns=True,
            force_close=True,
            limit=0,
            ssl=tls or True,
        )

    async def connect(
        self,
        req: ClientRequest,
        traces: list[Trace],
        timeout: ClientTimeout,  # noqa: ASYNC109 - aiohttp passes it by this name
    ) -> Connection:
        """Connect, as aiohttp asks for it."""
        try:
            return await super().connect(req, traces, timeout)
        except ProxyError as fault:
            if fault.error_code in _OF_THE_SITE:
                raise Unusable(Failure.UNREACHABLE, f"{_OF_THE_SITE[fault.error_code]}, says the proxy") from fault
            raise Unusable(Failure.PROXY, str(fault).lower()) from fault  # the library's words, not the server's
        except (ProxyConnectionError, ProxyTimeoutError) as fault:
            raise Unusable(Failure.PROXY, "no connection") from fault
        except EOFError as fault:
            raise Unusable(Failure.PROXY, "it hung up") from fault
        except ssl.SSLError as fault:
            raise Unusable(Failure.TLS, getattr(fault, "verify_message", "")) from fault
        except UnicodeError as fault:  # no host name can be so
            raise Unusable(Failure.NAME) from fault
        except OSError as fault:
            raise Unusable(Failure.CUT_OFF, "no answer") from fault
