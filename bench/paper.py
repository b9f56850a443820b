"""A news site to measure against: many papers on one cheap server, in a process of its own.

Each paper is a host, `paper-7.example`; every host name leads to the one server. The path says how it answers. /mix is
as papers are: of 20 polls of one paper, and of one poll of 20 papers, 16 find nothing changed, 2 another date at the
top, 1 an old entry's text edited, and 1 a new entry.
"""

import asyncio
import multiprocessing
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from multiprocessing.connection import Connection

ENTRIES = 50
#: Paths: 304 to whoever sends an ETag; the same 200 to all; a new date at the top; an entry more than the time before.
NOT_MODIFIED, SAME, CHANGED, NEW = "/304", "/same", "/changed", "/new"
MIX = "/mix"
#: Polls of a paper until its document changes, and until it has a new entry.
CHANGES_EVERY, NEWS_EVERY = 5, 20
#: Stands in the title of every tenth entry.
TERM = "mobilized"
_TEXT = (
    "the of and court in city a to said war on region for new that after police with people from government old her "
    "soldiers was parliament by law their is minister against army border who protest been newspaper"
)


@lru_cache(4096)
def _story(number: int, *, edited: bool) -> tuple[str, str]:
    chance, words = random.Random(number), _TEXT.split()
    title = " ".join(chance.choices(words, k=8)) + (f" {TERM}" if number % 10 == 0 else "")
    text = " ".join(chance.choices(words, k=22))
    return title, f"{text}. Corrected" if edited else text


def entry(host: str, number: int, *, edited: bool = False) -> str:
    """Return an item of RSS as papers serve them, about 450 bytes; the same for the same number."""
    title, text = _story(number, edited=edited)
    link = f"https://{host}/2024/06/03/{title.replace(' ', '-')[:30]}-{number}"
    return (
        f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{host}-{number}</guid>"
        f"<pubDate>Mon, 03 Jun 2024 {number // 60 % 24:02}:{number % 60:02}:00 +0300</pubDate>"
        f"<description>&lt;p&gt;{text}.&lt;/p&gt;</description><dc:creator>A. Writer</dc:creator></item>\n"
    )


def document(host: str, *, newest: int, built: int, edited: int = 0) -> bytes:
    """Return a feed of the entries up to `newest`, that first, those up to `edited` with another text.

    `built` makes its bytes differ.
    """
    items = "".join(entry(host, number, edited=number <= edited) for number in range(newest, newest - ENTRIES, -1))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Paper</title><link>https://{host}/</link><description>News</description>"
        f"<lastBuildDate>{formatdate(1_700_000_000 + built)}</lastBuildDate>\n{items}</channel></rss>"
    ).encode()


@dataclass(frozen=True)
class Served:
    """What the server has answered."""

    #: Requests, and those of them that got a 304.
    requests: int
    not_modified: int
    #: Entries of /mix that were served and that no first answer to a paper held.
    news: int


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    process: int
    #: On 127.0.0.1.
    port: int
    _pipe: Connection

    def served(self) -> Served:
        """Ask what was served until now."""
        self._pipe.send(None)
        found: Served = self._pipe.recv()
        return found


@contextmanager
def served() -> Iterator[Server]:
    """Run the server."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs,), daemon=True)
    process.start()
    try:
        yield Server(process.pid or 0, ours.recv(), ours)
    finally:
        process.kill()
        process.join()


def _run(pipe: Connection) -> None:
    asyncio.run(_Site().serve(pipe))


@dataclass(frozen=True)
class _Version:
    etag: str
    newest: int
    built: int
    edited: int = 0


class _Site:
    def __init__(self) -> None:
        self._asked: Counter[tuple[str, str]] = Counter()
        self._not_modified = 0
        self._news = 0

    async def serve(self, pipe: Connection) -> None:
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0, backlog=1000)
        pipe.send(server.sockets[0].getsockname()[1])
        asyncio.get_running_loop().add_reader(pipe.fileno(), self._tell, pipe)
        await server.serve_forever()

    def _tell(self, pipe: Connection) -> None:
        pipe.recv()
        pipe.send(Served(self._asked.total(), self._not_modified, self._news))

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = (await reader.readuntil(b"\r\n\r\n")).decode()
        except (asyncio.IncompleteReadError, ConnectionError):  # who asked has ended
            return
        path = request.split()[1]
        host = request.partition("\r\nHost: ")[2].partition(":")[0]
        version = self._version(host, path)
        head = f"\r\nETag: {version.etag}\r\nConnection: close\r\n"
        known = path in {NOT_MODIFIED, MIX} and f"\r\nIf-None-Match: {version.etag}\r\n" in request
        if known:
            self._not_modified += 1
            writer.write(f"HTTP/1.1 304 Not Modified{head}\r\n".encode())
        else:
            body = document(host, newest=version.newest, built=version.built, edited=version.edited)
            head += f"Content-Type: application/rss+xml; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
            writer.write(f"HTTP/1.1 200 OK{head}\r\n".encode() + body)
        writer.close()

    def _version(self, host: str, path: str) -> _Version:
        """Return what this poll of a paper finds."""
        times = self._asked[host, path]
        self._asked[host, path] += 1
        if path != MIX:
            newest, built = (1000 + (times if path == moves else 0) for moves in (NEW, CHANGED))
            return _Version('"33a64df551425fcc"', newest, built)
        place = int(host.split("-")[1].removesuffix(".example")) + times
        self._news += times > 0 and place % NEWS_EVERY == 0
        built, newest = place // CHANGES_EVERY, 1000 + place // NEWS_EVERY
        return _Version(f'"{built}"', newest, built, edited=995 + (place + NEWS_EVERY // 2) // NEWS_EVERY)
