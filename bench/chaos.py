"""Ten receivers, eight of which fail in their own ways, under a service that is killed: what arrives, when, how often.

    python -m bench chaos [--alerts N] [--kills N]

The real service polls a feed over HTTP that has new entries each second; each makes an alert for all receivers, which
are webhooks. For the first half of the time eight of them fail, then they are mended: one refuses connections, hangs,
drips, answers 429, 503 or 401, takes the message and drops the connection, or has a name that is found slowly. In the
end each alert must have arrived everywhere, in order (but for what was dead and queued again), on time at those that do
well, and twice only where nobody could know: once a kill, and where the connection was lost. Waits after failures are
short.
"""

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Self

from bench import chaotic
from monitor.model.alert import DeliveryState
from monitor.store import Store
from tests.servers import Site

FAULTS = ("refuse", "hang", "drip", "429", "503", "401", "drop", "slow DNS")
WELL = ("well", "well too")
#: Faults after which nobody can know whether a message arrived.
UNKNOWN = frozenset({"hang", "drip", "drop"})
#: New entries a second; how long, in seconds, the end may take.
EACH_SECOND, PATIENCE = 5, 200
#: What the 95th of a hundred alerts may take to a receiver that does well, in seconds.
LIMIT = 5.0
FEED = "/paper"


class Receiver:
    """A webhook that fails in its way while `fault` is set."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.fault = name if name in FAULTS else ""
        #: Alerts, by number, and when each came; in the order in which they came.
        self.arrived: list[tuple[int, float]] = []
        self._over = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.take(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler, bind_and_activate=False)
        self._server.daemon_threads = True
        self._server.server_bind()
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        if self.fault != "refuse":
            self._listen()

    @property
    def url(self) -> str:
        host = chaotic.SLOW if self.name == "slow DNS" else "127.0.0.1"
        return f"json://{host}:{self._server.server_address[1]}/?cto=5&rto=5"

    def mend(self) -> None:
        if self.fault == "refuse":
            self._listen()
        self.fault = ""

    def take(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        match self.fault:
            case "hang":
                self._over.wait()
                return
            case "401" | "429" | "503":
                request.send_response(int(self.fault))
                request.send_header("Retry-After", "2")
                request.end_headers()
                return
        now = time.time()
        self.arrived += [(int(number), now) for number in re.findall(r"Alert (\d+)", json.loads(body)["message"])]
        if self.fault == "drop":
            return
        request.send_response(200)
        with suppress(OSError):  # whoever asked is killed by now
            request.flush_headers()
            while self.fault == "drip" and not self._over.wait(0.2):
                request.wfile.write(b"x")
            request.end_headers()

    def _listen(self) -> None:
        self._server.server_activate()
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()


@dataclass
class Life:
    """The service; it can be killed and begun again."""

    command: list[str]
    log: Path
    environ: Mapping[str, str]
    kills: int = 0
    process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, stdout=log, stderr=log, cwd=Path(__file__).parents[1], env={**os.environ, **self.environ}
            )

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.kills += 1
        self.begin()

    def end(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(15) == 0


@dataclass
class Figures:
    """What a run came to."""

    alerts: int
    kills: int
    seconds: float
    lines: list[str] = field(default_factory=list)
    good: bool = True

    def __str__(self) -> str:
        return "\n".join([f"{self.alerts} alerts, {self.kills} kills, {self.seconds:.0f} s", *self.lines])


def configured(folder: Path, site: Site, receivers: Sequence[Receiver]) -> Path:
    """Write the configuration of a run; JSON is YAML too."""
    path = folder / "config.yaml"
    retry = {"first": "1s", "most": "4s", "unknown": "4s", "give_up": "1h"}
    settings = {"every": "1s", "at_most": "1s", "host_interval": "0s", "allow_private": ["127.0.0.1"]}
    settings["full_text"] = "no"
    config = {
        "settings": {**settings, "first_run": "all", "retry": retry, "health": [], "coverage": "off"},
        "receivers": {each.name: each.url for each in receivers},
        "feeds": [{"name": "paper", "url": site.url(FEED)}],
        "watchlists": {"draft": ["mobilized"]},
    }
    path.write_text(json.dumps(config), encoding="utf-8")
    return path


@contextmanager
def living(folder: Path, site: Site, receivers: Sequence[Receiver]) -> Iterator[Life]:
    """Run the service; its names are found slowly while the file `slow` is there."""
    config, slow = configured(folder, site, receivers), folder / "slow"
    slow.touch()
    command = [sys.executable, "-m", "bench.chaotic", "--config", str(config), "run", "--log-format", "json"]
    life = Life(command, folder / "log", {chaotic.SWITCH: str(slow)})
    life.begin()
    try:
        while b'"started"' not in life.log.read_bytes():
            time.sleep(0.1)
        yield life
    finally:
        assert life.process is not None
        life.process.kill()
        life.process.wait()


def publish(site: Site, titles: list[str]) -> None:
    for _ in range(EACH_SECOND):
        titles.append(f"Mobilized {len(titles) + 1}")
    site.publish(FEED, *((title, title) for title in reversed(titles[-200:])))


def run(folder: Path, *, alerts: int, kills: int, chance: random.Random) -> Figures:
    """Have so many alerts sent under so many kills."""
    began = time.monotonic()
    with ExitStack() as stack:
        site = stack.enter_context(Site())
        receivers = [stack.enter_context(Receiver(name)) for name in (*WELL, *FAULTS)]
        titles: list[str] = []
        publish(site, titles)
        life = stack.enter_context(living(folder, site, receivers))
        steps = alerts // EACH_SECOND
        deaths = Counter(chance.choices(range(5, steps), k=kills))
        for step in range(1, steps):
            time.sleep(1)
            publish(site, titles)
            if deaths[step]:
                life.kill()
            if step == steps // 2:
                (folder / "slow").unlink()
                for receiver in receivers:
                    receiver.mend()
        dead = settled(folder, alerts)
        requeue = [*life.command[:-3], "deliveries", "requeue"]
        subprocess.run(requeue, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **life.environ})
        settled(folder, alerts)
        life.end()
        figures = Figures(alerts, life.kills, time.monotonic() - began)
        judge(figures, folder, receivers, dead)
    return figures


def settled(folder: Path, alerts: int) -> set[tuple[str, int | None]]:
    """Wait until nothing is owed any more; return what is dead, by receiver and alert."""
    left = ""
    for _ in range(PATIENCE):
        time.sleep(1)
        store = Store.read(folder / "data")
        assert store is not None
        with closing(store):
            known, owed = sum(1 for _ in store.alerts()), store.owed()
            if known >= alerts and not owed:
                return {(each.receiver, each.alert) for each in store.deliveries(states=[DeliveryState.DEAD])}
        left = f"{known} of {alerts} alerts; still owed: {owed}"
    raise AssertionError(f"not at rest after {PATIENCE} s: {left}")


def judge(figures: Figures, folder: Path, receivers: Sequence[Receiver], dead: set[tuple[str, int | None]]) -> None:
    """Hold what arrived against what the store says."""
    store = Store.read(folder / "data")
    assert store is not None
    with closing(store):
        store.check()
        made = {each.alert.number: each.alert.created.timestamp() for each in store.alerts()}
    for receiver in receivers:
        first: dict[int, float] = {}
        for number, when in receiver.arrived:
            first.setdefault(number, when)
        lost = len(made.keys() - first.keys())
        repeated = len(receiver.arrived) - len(first)
        order = [number for number in first if (receiver.name, number) not in dead]
        swapped = sum(before > after for before, after in pairwise(order))
        waits = sorted(first[number] - made[number] for number in first)
        last = waits[int(len(waits) * 0.95)]
        good = not lost and not swapped and (repeated <= figures.kills or receiver.name in UNKNOWN)
        figures.good &= good and (last < LIMIT or receiver.name not in WELL)
        figures.lines.append(
            f"{receiver.name:9} lost {lost}, repeated {repeated}, out of order {swapped}, "
            f"dead and queued again {sum(name == receiver.name for name, _ in dead)}, "
            f"seconds from record to receipt: median {waits[len(waits) // 2]:.2f}, p95 {last:.2f}"
        )


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--alerts", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        figures = run(Path(name), alerts=given.alerts, kills=given.kills, chance=random.Random(given.seed))
    print(figures)
    return int(not figures.good)
