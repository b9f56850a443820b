"""The server that hubs call back (WebSub §5.3, §7). What is not ours costs next to nothing and is not logged.

A connection serves one request, and there are so many of them and no longer than so long, whatever they send.
"""

import asyncio
import logging
from collections.abc import Callable
from http import HTTPStatus

import structlog
from aiohttp import web

from monitor.errors import StoreDamaged, StoreUnavailable
from monitor.fetch.coding import Body
from monitor.fetch.fault import Unusable
from monitor.model.configuration import Settings
from monitor.model.feed import Validators
from monitor.model.poll import Fetched
from monitor.model.subscription import Mode, Subscription
from monitor.websub.signature import is_signed
from monitor.websub.websub import WebSub

#: Most bytes of a document, as sent and as decoded: as much as a poll may bring.
MOST_BYTES = 10_000_000
#: Most bytes of documents that are on their way in, all together.
_MOST_HELD = 60_000_000
#: Connections at a time; more are closed at once.
MOST_CONNECTIONS = 100
#: How long a connection may last, in seconds.
LONGEST = 30.0
#: How long answers under way may take when it stops, in seconds.
_FINISH = 2.0

#: When an address that can not be had is tried again, in seconds.
_TRY_AGAIN = 60.0

#: aiohttp logs bad requests as they came; here nobody reads it.
_silent = logging.getLogger("monitor.websub.http")
_silent.setLevel(logging.CRITICAL + 1)

log = structlog.get_logger()


class CallbackServer:
    """Listens where the configuration says."""

    def __init__(self, websub: WebSub, *, arrived: Callable[[str], None], longest: float = LONGEST) -> None:
        """Call `arrived` with the name of a feed when something of it waits in the inbox."""
        self._websub = websub
        self._arrived = arrived
        self._longest = longest
        self._http: web.Server | None = None
        self._server: asyncio.Server | None = None
        #: Bytes of documents on their way in.
        self._held = 0
        #: Where it listens, or tries to; "" is nowhere.
        self._address = ""
        self._try_at = 0.0

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._server.sockets[0].getsockname()[1]) if self._server else 0

    async def listen(self, settings: Settings) -> bool:
        """Listen where the settings say, and nowhere else; say whether it does."""
        address = settings.listen if settings.public_url else ""
        if address != self._address:
            await self.close()
            self._address, self._try_at = address, 0.0
        now = asyncio.get_running_loop().time()
        if address and self._server is None and now >= self._try_at:
            self._try_at = now + _TRY_AGAIN
            try:
                await self._open(address)
            except OSError as fault:
                log.error("can not listen for hubs", address=address, reason=fault.strerror or str(fault))  # noqa: TRY400
        return self._server is not None

    async def _open(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        # no decoding here: aiohttp's has no bound of ours. No lingering: a body that nobody wants is not waited for.
        http = web.Server(self._handle, auto_decompress=False, lingering_time=0, access_log=None, logger=_silent)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: self._connection(http), host.strip("[]"), int(port))
        self._http = http
        log.info("listening for hubs", address=address)

    async def close(self) -> None:
        """Stop listening; answers under way are finished first."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._http is not None:
            self._http.pre_shutdown()
            await self._http.shutdown(_FINISH)
            self._http = None

    def _connection(self, server: web.Server) -> asyncio.Protocol:
        if len(server.connections) >= MOST_CONNECTIONS:
            return _Refusal()
        connection = server()
        asyncio.get_running_loop().call_later(self._longest, connection.force_close)
        return connection

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        kept = self._websub.find(request.path.rpartition("/")[2])
        try:
            if kept is None:
                response = web.Response(status=404)
            elif request.method == "GET":
                response = await self._verify(request, kept)
            elif request.method == "POST":
                return await self._take(request, kept)
            else:
                response = web.Response(status=405)
        except (StoreUnavailable, StoreDamaged):
            response = web.Response(status=503)
        response.force_close()
        return response

    async def _verify(self, request: web.BaseRequest, kept: Subscription) -> web.Response:
        said = {name: request.query.get(f"hub.{name}", "") for name in ("mode", "topic", "challenge", "lease_seconds")}
        good = await self._websub.verify(kept, mode=said["mode"], topic=said["topic"], seconds=said["lease_seconds"])
        if not good:
            return web.Response(status=404)
        headers = {"X-Content-Type-Options": "nosniff"}
        return web.Response(text=said["challenge"], content_type="text/plain", headers=headers)

    async def _take(self, request: web.BaseRequest, kept: Subscription) -> web.StreamResponse:
        """Answer first, look at what came after that: the hub's time is not ours (WebSub §7)."""
        body = bytearray()
        try:
            status = await self._read(request, kept, body)
            response = web.Response(status=status)
            response.force_close()
            await response.prepare(request)
            await response.write_eof()
            if status is HTTPStatus.ACCEPTED:
                self._accept(kept, request, bytes(body))
        finally:
            self._held -= len(body)
        return response

    async def _read(self, request: web.BaseRequest, kept: Subscription, body: bytearray) -> HTTPStatus:
        """Read what is sent into `body`, if it is wanted and not too much."""
        if kept.mode is Mode.UNSUBSCRIBE:
            return HTTPStatus.GONE
        if not self._websub.inbox.has_room(kept.feed):
            return HTTPStatus.SERVICE_UNAVAILABLE
        try:
            async for piece in request.content.iter_any():
                body += piece
                self._held += len(piece)
                if len(body) > MOST_BYTES:
                    return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
                if self._held > _MOST_HELD:
                    return HTTPStatus.SERVICE_UNAVAILABLE
        except (ConnectionError, web.RequestPayloadError):
            return HTTPStatus.BAD_REQUEST
        return HTTPStatus.ACCEPTED

    def _accept(self, kept: Subscription, request: web.BaseRequest, sent: bytes) -> None:
        if not is_signed(sent, request.headers.get("X-Hub-Signature", ""), kept.secret):
            log.warning("push ignored", feed=kept.feed, reason="its signature is missing or wrong")
            return
        try:
            body = Body(request.headers.get("Content-Encoding", ""), limit=MOST_BYTES)
            body.add(sent)
            document = body.whole()
        except Unusable as fault:
            log.warning("push ignored", feed=kept.feed, reason=str(fault))
            return
        fetched = Fetched(
            body=document,
            content_type=request.headers.get("Content-Type", ""),
            content_language=request.headers.get("Content-Language", ""),
            url=kept.topic,
            validators=Validators(),
        )
        self._websub.inbox.put(kept.feed, fetched)
        self._arrived(kept.feed)


class _Refusal(asyncio.Protocol):
    """A connection too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()
