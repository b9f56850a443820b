"""What a message costs: to a webhook and by mail (STARTTLS, login), one after another to one receiver.

    python -m bench deliver [--messages N] [--receivers N ...]

Counted are messages a second, and CPU time of the service's own process and of the receiver's child process for each.
The servers are in a process of their own. With `--receivers`: the memory of so many child processes, each having sent
one message (proportional set size: what they share is counted once). CPU of children and memory: on Linux only.
"""

import argparse
import asyncio
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from monitor.deliver import Sender
from monitor.model.alert import Notification, Receiver, Result
from monitor.model.secret import Secret
from monitor.warm import warm
from tests.deliver.mail import MailServer
from tests.servers import Webhook

NOTE = Notification(
    title="[draft] Relatives of Mobilized Russian Soldiers Protest",
    body="Медуза · published 3 Jun 2024 17:05\n\nЖёны мобилизованных вышли к зданию Минобороны.\n\n"
    "https://meduza.io/news/1\nAlert 1234 · rss-monitor",
)
SERVE = "from bench.deliver import serve; serve()"
_TICKS = os.sysconf("SC_CLK_TCK")


def serve() -> None:
    """Be the servers: print their URLs and serve until standard input ends."""
    asyncio.run(_serve())


async def _serve() -> None:
    with Webhook() as hook:
        async with MailServer() as mail:
            print(hook.url, mail.url(), flush=True)
            await asyncio.to_thread(sys.stdin.read)


async def speed(url: str, messages: int) -> str:
    """Send so many messages and return what they took."""
    sender, receiver = Sender(), Receiver(name="desk", url=Secret(url))
    assert (await sender.notify(receiver, NOTE)).result is Result.SENT
    (child,) = multiprocessing.active_children()
    began, ours, theirs = time.perf_counter(), time.process_time(), _cpu(child.pid)
    for _ in range(messages):
        outcome = await sender.notify(receiver, NOTE)
        assert outcome.result is Result.SENT, outcome
    took, ours, theirs = time.perf_counter() - began, time.process_time() - ours, _cpu(child.pid) - theirs
    await sender.close()
    each = 1000 / messages
    return f"{messages / took:.0f} a second, CPU {ours * each:.2f} ms here and {theirs * each:.2f} ms in the child"


async def memory(url: str, count: int) -> str:
    """Have so many receivers sent a message each and return what their processes take."""
    sender = Sender()
    receivers = [Receiver(name=f"desk-{number}", url=Secret(url)) for number in range(count)]
    outcomes = await asyncio.gather(*(sender.notify(each, NOTE) for each in receivers))
    assert {each.result for each in outcomes} == {Result.SENT}
    children = [_memory(child.pid) for child in multiprocessing.active_children()]
    await sender.close()
    return f"{len(children)} children, {sum(children):.0f} MB, {sum(children) / len(children):.1f} MB each"


def _cpu(process: int | None) -> float:
    """Return the seconds of CPU time that a process had (proc(5), /proc/pid/stat)."""
    path = Path(f"/proc/{process}/stat")
    if not path.exists():
        return float("nan")
    fields = path.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _memory(process: int | None) -> float:
    """Return the megabytes that a process takes, its part of what is shared included."""
    path = Path(f"/proc/{process}/smaps_rollup")
    if not path.exists():
        return float("nan")
    return sum(int(line.split()[1]) for line in path.read_text().splitlines() if line.startswith("Pss:")) / 1024


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=200)
    parser.add_argument("--receivers", type=int, nargs="*", default=[])
    given = parser.parse_args(arguments)
    warm()
    pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen([sys.executable, "-c", SERVE], stdin=pipe, stdout=pipe, stderr=quiet, text=True) as servers:
        assert servers.stdout is not None
        hook, mail = servers.stdout.readline().split()
        for name, url in (("webhook", hook), ("mail", mail)):
            print(f"{name}: {asyncio.run(speed(url, given.messages))}")
        for count in given.receivers:
            print(f"memory: {asyncio.run(memory(hook, count))}")
        servers.communicate()
    return 0
