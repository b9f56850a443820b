"""A real MQTT broker (Mosquitto), where one is installed: what whoever subscribed is sent, byte by byte."""

import asyncio
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.deliver import Sender
from monitor.model.alert import Result
from monitor.render.forms import plain
from tests.deliver.conftest import NOTE, receiver

MOSQUITTO = shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")

pytestmark = pytest.mark.skipif(MOSQUITTO is None, reason="Mosquitto is not installed")

#: MQTT 3.1.1, §3.1 and §3.8: a session that is clean, and all that comes under "alerts".
CONNECT = b"\x10\x12\x00\x04MQTT\x04\x02\x00\x3c\x00\x06reader"
SUBSCRIBE = b"\x82\x0b\x00\x01\x00\x06alerts\x00"
PUBLISH = 3


class Subscriber:
    """Someone who has subscribed to "alerts"."""

    async def subscribe(self, port: int) -> None:
        self._packets, self._writer = await asyncio.open_connection("127.0.0.1", port)
        self._writer.write(CONNECT)
        assert await self._packet() == (2, b"\x00\x00")
        self._writer.write(SUBSCRIBE)
        assert await self._packet() == (9, b"\x00\x01\x00")

    async def published(self) -> tuple[str, bytes]:
        """Return the topic and the payload of the next message."""
        async with asyncio.timeout(60):
            kind, body = await self._packet()
        assert kind == PUBLISH
        end = 2 + int.from_bytes(body[:2], "big")
        return body[2:end].decode(), body[end:]

    async def _packet(self) -> tuple[int, bytes]:
        (first,) = await self._packets.readexactly(1)
        length, shift, more = 0, 0, True
        while more:
            (byte,) = await self._packets.readexactly(1)
            length |= (byte & 0x7F) << shift
            shift, more = shift + 7, byte > 0x7F
        return first >> 4, await self._packets.readexactly(length)

    def leave(self) -> None:
        self._writer.close()


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Where a broker listens while the test runs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = tmp_path / "mosquitto.conf"
    config.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_dest stderr\n")
    command = [str(MOSQUITTO), "-c", str(config)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        for line in server.stderr:  # it says when it listens; should it end, so do its lines
            if "running" in line:
                break
        yield port
        server.kill()


async def test_a_subscriber_gets_the_alert(sender: Sender, port: int) -> None:
    """An alert is one message: title, text, the whole link, its number."""
    reader = Subscriber()
    await reader.subscribe(port)
    answer = await sender.notify(receiver(f"mqtt://127.0.0.1:{port}/alerts"), NOTE)
    assert answer.result is Result.SENT
    topic, payload = await reader.published()
    reader.leave()
    assert topic == "alerts"
    assert payload.decode().replace("\r\n", "\n") == f"{NOTE.title}\n{plain(NOTE.body)}"
