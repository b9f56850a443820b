"""What goes wrong while asking, in the words of `Failure`: never an address, never what a server wrote."""

import os
import socket

import aiohttp
from yarl import URL

from monitor.errors import MonitorError
from monitor.model.poll import Failure, FetchFailed
from monitor.model.secret import Secret


class Unusable(MonitorError):
    """This address, or its answer, can not be used."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        super().__init__(f"{failure}: {detail}" if detail else str(failure))
        self.failure = failure
        self.detail = detail


def failed(fault: aiohttp.ClientError, *, proxy: Secret | None = None) -> FetchFailed:
    """Return what became of a request that aiohttp gave up, sent directly or by an HTTP proxy."""
    if isinstance(fault, aiohttp.ClientHttpProxyError):
        return FetchFailed(failure=Failure.PROXY, detail=f"it answered {fault.status}")
    if proxy and isinstance(fault, aiohttp.ClientConnectorError) and fault.host == URL(proxy.reveal()).host:
        return FetchFailed(failure=Failure.PROXY, detail=_not_connected(fault).reason)
    if isinstance(fault, aiohttp.ClientConnectorError):
        return _not_connected(fault)
    for kind, failure, detail in _GIVEN_UP:
        if isinstance(fault, kind):
            return FetchFailed(failure=failure, detail=detail)
    return FetchFailed(failure=Failure.CUT_OFF, detail="no answer")


_GIVEN_UP = (
    (aiohttp.InvalidURL, Failure.FORBIDDEN_ADDRESS, "not understood"),
    (aiohttp.ClientResponseError, Failure.HTTP, "the answer is not HTTP"),
    (aiohttp.ClientPayloadError, Failure.CUT_OFF, "within the body"),
)


def _not_connected(fault: aiohttp.ClientConnectorError) -> FetchFailed:
    match fault:
        case aiohttp.ClientConnectorDNSError() if fault.errno == socket.EAI_NONAME:
            return FetchFailed(failure=Failure.NAME)
        case aiohttp.ClientConnectorDNSError():  # the name server's fault, or our own outage
            return FetchFailed(failure=Failure.UNREACHABLE, detail="name lookup failed")
        case aiohttp.ClientConnectorCertificateError():
            words = getattr(fault.certificate_error, "verify_message", "")
            return FetchFailed(failure=Failure.TLS, detail=words)
        case aiohttp.ClientSSLError():
            words = getattr(fault.os_error, "reason", None) or ""
            return FetchFailed(failure=Failure.TLS, detail=words.replace("_", " ").lower())
        case _:
            words = os.strerror(fault.errno) if fault.errno else "no connection"
            return FetchFailed(failure=Failure.UNREACHABLE, detail=words)
