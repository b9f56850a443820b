"""A server on loopback that answers with the very bytes a test gives it and remembers what it was asked."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Asked:
    path: str
    #: Lower-case names.
    headers: dict[str, str]


Answer = Callable[[Asked], bytes | AsyncIterator[bytes]]


@dataclass
class Site:
    answer: Answer
    port: int = 0
    scheme: str = "http"
    asked: list[Asked] = field(default_factory=list)
    _tasks: set[asyncio.Task[None] | None] = field(default_factory=set)

    def url(self, path: str = "/feed", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tasks.add(asyncio.current_task())
        try:
            await self._serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def close(self) -> None:
        tasks = [task for task in self._tasks if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        start, *lines = head.strip().split("\r\n")
        pairs = (line.split(": ", 1) for line in lines)
        asked = Asked(start.split(" ")[1], {name.lower(): value for name, value in pairs})
        self.asked.append(asked)
        answer = self.answer(asked)
        if isinstance(answer, bytes):
            writer.write(answer)
        else:
            async for piece in answer:
                writer.write(piece)
                await writer.drain()
        await writer.drain()


@asynccontextmanager
async def site(answer: Answer, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[Site]:
    it = Site(answer, scheme="https" if tls else "http")
    server = await asyncio.start_server(it.serve, "127.0.0.1", 0, ssl=tls)
    it.port = server.sockets[0].getsockname()[1]
    try:
        yield it
    finally:
        server.close()
        await it.close()


def reply(status: str = "200 OK", body: bytes = b"", **headers: str) -> bytes:
    """An answer; `content_type="x"` is the header Content-Type."""
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()]
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{''.join(lines)}\r\n".encode() + body


def always(answer: bytes) -> Answer:
    return lambda _: answer


def moved(status: int, location: str) -> bytes:
    return reply(f"{status} Moved", location=location)


async def nothing() -> AsyncIterator[bytes]:
    """An answer that never comes."""
    await asyncio.Event().wait()
    yield b""


async def for_ever(start: bytes, piece: bytes) -> AsyncIterator[bytes]:
    """An answer that never ends."""
    yield start
    while True:
        yield piece
