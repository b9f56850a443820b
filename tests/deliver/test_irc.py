"""A real IRC server (ngIRCd), where one is installed: what a reader in the channel sees, line by line."""

import asyncio
import contextlib
import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from monitor.deliver import Sender
from monitor.model.alert import Outcome, Result
from tests.deliver.conftest import NOTE, receiver

NGIRCD = shutil.which("ngircd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")

pytestmark = pytest.mark.skipif(NGIRCD is None, reason="ngIRCd is not installed")


class Reader:
    """Someone who sits in #alerts."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._lines: asyncio.StreamReader
        self._writer: asyncio.StreamWriter

    async def join(self) -> None:
        self._lines, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        self._writer.write(b"NICK reader\r\nUSER reader 0 * :reader\r\n")
        await self.until(" 001 ")
        self._writer.write(b"JOIN #alerts\r\n")
        await self.until(" 366 ")

    async def leave(self) -> None:
        self._writer.close()
        with contextlib.suppress(ConnectionError):
            await self._writer.wait_closed()

    async def until(self, word: str) -> list[str]:
        """Return the lines up to the first with this word in it, which comes last."""
        seen: list[str] = []
        async with asyncio.timeout(60):
            while not seen or word not in seen[-1]:
                line = (await self._lines.readline()).decode().rstrip("\r\n")
                assert line, seen
                if line.startswith("PING"):
                    self._writer.write(f"PONG{line[4:]}\r\n".encode())
                seen.append(line)
        return seen


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Where a server listens while the test runs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = tmp_path / "ngircd.conf"
    config.write_text(
        f"[Global]\nName = irc.local.test\nInfo = test\nListen = 127.0.0.1\nPorts = {port}\nMotdPhrase = hello\n"
        f"ServerUID = {os.getuid()}\nServerGID = {os.getgid()}\n[Limits]\nMaxConnectionsIP = 0\nMaxPenaltyTime = 0\n"
        "[Options]\nDNS = no\nIdent = no\nPAM = no\n[Channel]\nName = #alerts\nModes = tn\n"
    )
    command = [str(NGIRCD), "-n", "-f", str(config)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout is not None
        for line in server.stdout:  # it says when it listens; should it end, so do its lines
            if "listening" in line.lower():
                break
        yield port
        server.kill()


@pytest_asyncio.fixture
async def reader(port: int) -> AsyncIterator[Reader]:
    reader = Reader(port)
    await reader.join()
    yield reader
    await reader.leave()


async def test_a_reader_sees_the_alert(sender: Sender, reader: Reader) -> None:
    """An alert comes into the channel line by line: title first, then the text, the whole link, its number."""
    answer = await sender.notify(receiver(f"irc://monitorbot@127.0.0.1:{reader.port}/%23alerts"), NOTE)
    assert Outcome(result=Result.SENT) == answer
    lines = [line.partition(" :")[2] for line in await reader.until("Alert 1234") if " PRIVMSG #alerts " in line]
    assert lines[0] == NOTE.title
    assert "https://meduza.io/news/1?a=1&b=2" in lines
    assert lines[-1] == "Alert 1234 · rss-monitor"
