"""A news site to measure against: many papers on one cheap server, in a process of its own.

Each paper is a host, `paper-7.example`; every host name leads to the one server. The path says how it answers.
"""

import asyncio
import multiprocessing
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from multiprocessing.connection import Connection

ENTRIES = 50
#: Paths: 304 to whoever sends an ETag; the same 200 to all; a new date at the top; an entry more than the time before.
NOT_MODIFIED, SAME, CHANGED, NEW = "/304", "/same", "/changed", "/new"
#: Stands in the title of every tenth entry.
TERM = "mobilized"
_ETAG = '"33a64df551425fcc"'
_TEXT = (
    "the of and court in city a to said war on region for new that after police with people from government old her "
    "soldiers was parliament by law their is minister against army border who protest been newspaper"
)


def entry(host: str, number: int) -> str:
    """Return an item of RSS as papers serve them, about 450 bytes; the same for the same number."""
    chance, words = random.Random(number), _TEXT.split()
    title = " ".join(chance.choices(words, k=8)) + (f" {TERM}" if number % 10 == 0 else "")
    text = " ".join(chance.choices(words, k=22))
    link = f"https://{host}/2024/06/03/{title.replace(' ', '-')[:30]}-{number}"
    return (
        f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{host}-{number}</guid>"
        f"<pubDate>Mon, 03 Jun 2024 {number // 60 % 24:02}:{number % 60:02}:00 +0300</pubDate>"
        f"<description>&lt;p&gt;{text}.&lt;/p&gt;</description><dc:creator>A. Writer</dc:creator></item>\n"
    )


def document(host: str, *, newest: int, built: int) -> bytes:
    """Return a feed of the entries up to `newest`, that first; `built` makes its bytes differ."""
    items = "".join(entry(host, number) for number in range(newest, newest - ENTRIES, -1))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Paper</title><link>https://{host}/</link><description>News</description>"
        f"<lastBuildDate>{formatdate(1_700_000_000 + built)}</lastBuildDate>\n{items}</channel></rss>"
    ).encode()


@contextmanager
def served() -> Iterator[int]:
    """Run the server; yields its port on 127.0.0.1."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.kill()
        process.join()


def _run(pipe: Connection) -> None:
    asyncio.run(_serve(pipe))


async def _serve(pipe: Connection) -> None:
    asked: Counter[tuple[str, str]] = Counter()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = (await reader.readuntil(b"\r\n\r\n")).decode()
        path = request.split()[1]
        host = request.partition("\r\nHost: ")[2].partition(":")[0]
        times = asked[host, path]
        asked[host, path] += 1
        head = f"\r\nETag: {_ETAG}\r\nConnection: close\r\n"
        if path == NOT_MODIFIED and "\r\nIf-None-Match: " in request:
            writer.write(f"HTTP/1.1 304 Not Modified{head}\r\n".encode())
        else:
            body = document(
                host, newest=1000 + (times if path == NEW else 0), built=1000 + (times if path == CHANGED else 0)
            )
            head += f"Content-Type: application/rss+xml; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
            writer.write(f"HTTP/1.1 200 OK{head}\r\n".encode() + body)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=1000)
    pipe.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()
