"""Receivers that refuse, hang or lie: each gets its outcome, and the others their alerts."""

import asyncio
import socket

import pytest

from monitor.deliver import Sender
from monitor.model.alert import Outcome, Result
from monitor.render.forms import plain
from tests.deliver.conftest import NOTE, receiver
from tests.deliver.wires import Dripping, Resetting, Wire
from tests.servers import Webhook


async def test_webhook_gets_everything(sender: Sender, webhook: Webhook) -> None:
    """A webhook gets title and body to the letter, as text, with nothing attached."""
    assert Outcome(result=Result.SENT) == await sender.notify(receiver(webhook.url), NOTE)
    (message,) = webhook.received
    assert (NOTE.title, plain(NOTE.body)) == (message["title"], message["message"])
    assert not message["attachments"]


@pytest.mark.parametrize(
    ("status", "result"),
    [
        (503, Result.FAILED),
        (429, Result.FAILED),
        (302, Result.FAILED),
        (504, Result.UNKNOWN),
        (400, Result.REJECTED),
        (401, Result.REJECTED),
        (404, Result.REJECTED),
    ],
)
async def test_http_refusals(sender: Sender, webhook: Webhook, status: int, result: Result) -> None:
    """A busy server is asked again, one that says no for good is not, and a gateway's silence leaves it open."""
    webhook.status = status
    answer = await sender.notify(receiver(webhook.url), NOTE)
    assert (answer.result, answer.reason) == (result, f"HTTP {status}")
    assert answer.of_receiver == (status != 400)


async def test_refused_connection(sender: Sender) -> None:
    """Where nobody listens, nothing was delivered: tried again."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for url in (f"json://127.0.0.1:{port}", f"mailto://127.0.0.1:{port}?from=a@b.example&to=c@d.example"):
        answer = await sender.notify(receiver(url), NOTE)
        assert Outcome(result=Result.FAILED, reason="connection refused") == answer


async def test_reset_after_request(sender: Sender) -> None:
    """A connection lost after the alert went out leaves open whether it arrived."""
    with Resetting() as wire:
        answer = await sender.notify(receiver(wire.url), NOTE)
    assert Outcome(result=Result.UNKNOWN, reason="connection lost before the answer") == answer


async def test_silence() -> None:
    """A receiver that takes the alert and never answers leaves open whether it arrived."""
    sender = Sender(seconds=2)
    with Wire() as wire:
        answer = await sender.notify(receiver(wire.url), NOTE)
    await sender.close()
    assert Outcome(result=Result.UNKNOWN, reason="no answer in time") == answer


async def test_drip_is_cut_off() -> None:
    """A receiver that drips its answer for ever is cut off when its time is over."""
    sender = Sender(seconds=1)
    with Dripping() as wire:
        answer = await sender.notify(receiver(wire.url), NOTE)
    await sender.close()
    assert Outcome(result=Result.UNKNOWN, reason="no answer within 1 s") == answer


async def test_drips_delay_nobody(webhook: Webhook) -> None:
    """While six receivers drip without end, a seventh gets its alerts."""
    sender = Sender(seconds=600)
    with Dripping() as wire:
        stuck = [asyncio.create_task(sender.notify(receiver(wire.url, f"drip-{n}"), NOTE)) for n in range(6)]
        await asyncio.to_thread(wire.spoken.wait)
        sent = [await sender.notify(receiver(webhook.url, "well"), NOTE) for _ in range(3)]
        assert not any(task.done() for task in stuck)
        await sender.close()
        answers = await asyncio.gather(*stuck)
    assert [Outcome(result=Result.SENT)] * 3 == sent
    assert [answer.result for answer in answers] == [Result.UNKNOWN] * 6


async def test_end_while_sending() -> None:
    """Ending while a receiver hangs does not wait for it, and what was on its way may have arrived."""
    sender = Sender(seconds=600)
    with Wire() as wire:
        sending = asyncio.create_task(sender.notify(receiver(wire.url), NOTE))
        await asyncio.to_thread(wire.spoken.wait)
        await sender.close()
        answer = await sending
    assert Result.UNKNOWN is answer.result
    assert "child process died" in answer.reason


async def test_forgotten_receiver(sender: Sender, webhook: Webhook) -> None:
    """A receiver that left the configuration and comes back is served again."""
    first = await sender.notify(receiver(webhook.url), NOTE)
    sender.forget(["desk", "never there"])
    again = await sender.notify(receiver(webhook.url), NOTE)
    assert [Outcome(result=Result.SENT)] * 2 == [first, again]
    assert len(webhook.received) == 2
