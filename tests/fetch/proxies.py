"""Proxies on loopback that do their work and remember what they were asked."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Work = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Proxy:
    """Whatever name it is asked for, it connects to `site`, as a resolver of its own would say."""

    site: int
    #: For SOCKS: a reply other than 0 is a refusal (RFC 1928 §6). For HTTP: a status other than 200.
    refuses: int = 0
    port: int = 0
    #: What was to be connected to: "socks feeds.example:80", "CONNECT feeds.example:443", "GET http://feeds.example/".
    asked: list[str] = field(default_factory=list)
    #: All that HTTP clients said to the proxy itself.
    said: bytes = b""
    #: User and password that SOCKS clients must give; None lets everyone in.
    login: bytes | None = None

    async def socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, count = await reader.readexactly(2)
        methods = await reader.readexactly(count)
        method = 2 if self.login else 0
        writer.write(bytes([5, method if method in methods else 255]))
        if self.login:
            given = [await reader.readexactly((await reader.readexactly(size))[-1]) for size in (2, 1)]
            writer.write(bytes([1, b":".join(given) != self.login]))
        _, _, _, kind = await reader.readexactly(4)
        size = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
        host, port = await reader.readexactly(size), int.from_bytes(await reader.readexactly(2))
        self.asked.append(f"socks {host.decode() if kind == 3 else list(host)}:{port}")
        writer.write(bytes([5, self.refuses, 0, 1, 0, 0, 0, 0, 0, 0]))
        if not self.refuses:
            await self._pass_on(b"", reader, writer)

    async def http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.said += head
        method, target, _ = head.decode().split(" ", 2)
        self.asked.append(f"{method} {target}")
        if self.refuses:
            writer.write(b"HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n" % self.refuses)
        elif method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Go\r\n\r\n")
            await self._pass_on(b"", reader, writer)
        else:
            path = "/" + target.split("/", 3)[3]
            await self._pass_on(head.replace(target.encode(), path.encode(), 1), reader, writer)

    async def _pass_on(self, begin: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, thither = await asyncio.open_connection("127.0.0.1", self.site)
        thither.write(begin)
        try:
            await asyncio.gather(_copy(reader, thither), _copy(there, writer))
        finally:
            thither.close()


@asynccontextmanager
async def socks_proxy(site: int, *, refuses: int = 0, login: bytes | None = None) -> AsyncIterator[Proxy]:
    proxy = Proxy(site, refuses=refuses, login=login)
    async with _serving(proxy, proxy.socks):
        yield proxy


@asynccontextmanager
async def http_proxy(site: int, *, refuses: int = 0, tls: ssl.SSLContext | None = None) -> AsyncIterator[Proxy]:
    proxy = Proxy(site, refuses=refuses)
    async with _serving(proxy, proxy.http, tls):
        yield proxy


@asynccontextmanager
async def _serving(proxy: Proxy, work: Work, tls: ssl.SSLContext | None = None) -> AsyncIterator[None]:
    tasks = set()

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.current_task())
        try:
            await work(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0, ssl=tls)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield
    finally:
        server.close()
        for task in filter(None, tasks):
            task.cancel()
        await asyncio.gather(*filter(None, tasks))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()
