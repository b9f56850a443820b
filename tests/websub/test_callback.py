"""What may come to the callback's door, and what it costs."""

import asyncio
import gzip
import hashlib
from dataclasses import replace

import pytest

from monitor.websub import CallbackServer
from monitor.websub import callback as module
from tests.websub.conftest import Room, rss
from tests.websub.hub import PATIENCE, sign

NEWS = "Relatives of mobilized soldiers protest"


async def answer(room: Room, request: bytes, *, port: int | None = None) -> bytes:
    """All that the server answers to these bytes, until it closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port or room.callback.port)
    writer.write(request)
    try:
        return await asyncio.wait_for(reader.read(), PATIENCE)
    except ConnectionError:
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
async def test_every_signature_of_the_standard(room: Room, method: str) -> None:
    """A hub may sign by any of the four methods that WebSub names."""
    form = await room.subscribe()
    body = rss(NEWS)
    assert await room.hub.push(form, body, signature=sign(form["hub.secret"], body, method)) == 202
    assert await room.read() == (1,)


async def test_a_compressed_push(room: Room) -> None:
    """The signature is that of the bytes as sent; they are unpacked afterwards."""
    form = await room.subscribe()
    assert await room.hub.push(form, gzip.compress(rss(NEWS)), Content_Encoding="gzip") == 202
    assert await room.read() == (1,)


@pytest.mark.parametrize(
    ("body", "encoding"),
    [(gzip.compress(bytes(module.MOST_BYTES + 1)), "gzip"), (b"no gzip", "gzip"), (b"x", "rot13"), (b"", "")],
)
async def test_a_body_that_can_not_be_unpacked(room: Room, body: bytes, encoding: str) -> None:
    """A bomb, a damaged, an unknown or an empty body is answered 2xx and costs no more than that."""
    form = await room.subscribe()
    assert await room.hub.push(form, body, Content_Encoding=encoding) == 202
    assert room.arrived == []


async def test_a_body_that_is_too_large(room: Room) -> None:
    """A body past the limit is refused, as large as it may be is not."""
    form = await room.subscribe()
    assert await room.hub.push(form, bytes(module.MOST_BYTES + 1)) == 413
    assert room.arrived == []
    assert await room.hub.push(form, bytes(module.MOST_BYTES)) == 202
    assert room.arrived == ["paper"]


async def test_what_nobody_asked_for(room: Room) -> None:
    """An unknown token is not found, whatever is sent there; another method is not allowed."""
    form = await room.subscribe()
    for url in (form["hub.callback"] + "x", room.settings.public_url or "", f"{room.settings.public_url}/websub/"):
        assert (await room.hub.get(url, {"hub.mode": "subscribe", "hub.challenge": "c"})).status == 404
    path = form["hub.callback"].rpartition("/")[2]
    assert b" 405 " in await answer(room, f"PUT /{path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert b" 404 " in await answer(room, b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n")
    assert b" 400 " in await answer(room, b"\x16\x03\x01 is no HTTP\r\n\r\n")


async def test_a_reverse_proxy_may_cut_the_path(room: Room) -> None:
    """Only the last part of the path counts."""
    form = await room.subscribe()
    token = form["hub.callback"].rpartition("/")[2]
    moved = {**form, "hub.callback": f"http://127.0.0.1:{room.callback.port}/a/b/{token}"}
    assert await room.hub.push(moved, rss(NEWS)) == 202
    assert room.arrived == ["paper"]


async def test_a_slow_connection_is_closed(room: Room) -> None:
    """A connection that never finishes its request, or its body, ends all the same."""
    form = await room.subscribe()
    server = CallbackServer(room.websub, arrived=room.arrived.append, longest=0.05)
    assert await server.listen(room.settings)
    path = "/websub/" + form["hub.callback"].rpartition("/")[2]
    assert await answer(room, b"", port=server.port) == b""
    assert await answer(room, b"GET / HTTP/1.1\r\nX-", port=server.port) == b""
    body = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n<rss>".encode()
    assert await answer(room, body, port=server.port) == b""
    assert room.arrived == []
    await server.close()


async def test_a_connection_too_many_is_closed(room: Room) -> None:
    """So many connections at a time, and no more."""
    streams = [await asyncio.open_connection("127.0.0.1", room.callback.port) for _ in range(module.MOST_CONNECTIONS)]
    for _, writer in streams:
        writer.write(b"GET ")
        await writer.drain()
    assert await answer(room, b"") == b""
    for _, writer in streams:
        writer.close()


async def test_so_much_waits_and_no_more(room: Room) -> None:
    """Documents that nobody has read yet fill the inbox; then the hub is asked to come again."""
    form = await room.subscribe()
    statuses = [await room.hub.push(form, rss(f"News {number}")) for number in range(9)]
    assert statuses == [202] * 8 + [503]
    for _ in range(8):
        await room.read()
    assert room.titles() == ["Quiet day", *(f"News {number}" for number in range(8))]
    assert await room.hub.push(form, rss("News 9")) == 202


async def test_a_push_changes_nothing_of_what_polls_remember(room: Room) -> None:
    """A push may hold the new entries alone: validators, digest and times stay, and a poll finds nothing twice."""
    form = await room.subscribe()
    before = room.store.states()["paper"]
    await room.hub.push(form, rss(NEWS))
    await room.read()
    after = room.store.states()["paper"]
    assert before == replace(after, last_entry=before.last_entry, silence=before.silence, rhythm=before.rhythm)
    assert after.last_entry == room.clock()
    room.publish(NEWS, "Quiet day")
    assert (await room.poll()).new == 0


async def test_an_address_that_is_taken(room: Room) -> None:
    """When the address can not be had, nothing listens, and nothing breaks."""
    taken = replace(room.settings, listen=f"127.0.0.1:{room.callback.port}")
    server = CallbackServer(room.websub, arrived=room.arrived.append)
    assert await server.listen(taken) is False
    assert await server.listen(taken) is False
    assert await server.listen(room.settings) is True
    assert server.port != room.callback.port
    await server.close()


async def test_nothing_secret_or_foreign_is_logged(room: Room, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither tokens and secrets nor what a stranger sends stand in the log."""
    form = await room.subscribe()
    canary = hashlib.sha256(b"canary").hexdigest()
    await room.hub.push(form, canary.encode(), signature=f"sha256={canary}")
    await room.hub.push(form, canary.encode())
    await room.read()
    await room.hub.verify(form, mode="denied", reason=canary)
    await answer(room, canary.encode() + b"\r\n\r\n")
    said = "".join(capfd.readouterr())
    assert "push ignored" in said
    assert "hub refused" in said
    for secret in (canary, form["hub.secret"], form["hub.callback"].rpartition("/")[2]):
        assert secret not in said
