"""How long from a hub's push to the alert handed to the receiver.

    python -m bench push [--pushes N] [--feeds N]

The service runs as a user runs it, in processes of its own; hub and receiver (a webhook) are on loopback. Each push
carries one new entry that matches; the clock runs from before the hub connects until the webhook has the whole message.
"""

import argparse
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.e2e.hub import Hub
from tests.servers import Webhook


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench push")
    parser.add_argument("--pushes", type=int, default=20)
    parser.add_argument("--feeds", type=int, default=20)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, Hub() as hub, Webhook() as hook:
        paths = [f"/paper-{number}.xml" for number in range(given.feeds)]
        for path in paths:
            hub.announce(path, ("0", "Quiet day"))
        config = Path(folder) / "config.yaml"
        config.write_text(json.dumps(configuration(hub, hook, paths)), encoding="utf-8")
        command = [sys.executable, "-m", "monitor", "--config", str(config), "run", "--log-format", "json"]
        with (Path(folder) / "log").open("w") as log, subprocess.Popen(command, stderr=log) as service:
            try:
                hub.wait_for(*paths)
                took = [pushed(hub, hook, paths[number % len(paths)], number) for number in range(given.pushes)]
            finally:
                service.terminate()
    print(f"{given.pushes} pushes to {given.feeds} feeds, ms from push to alert")
    print(f"first {took[0]:.0f}, median {statistics.median(took):.0f}, slowest {max(took):.0f}")
    print(" ".join(f"{each:.0f}" for each in took))
    return 0 if statistics.median(took) < 1000 else 1


def configuration(hub: Hub, hook: Webhook, paths: list[str]) -> dict[str, object]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        here = f"127.0.0.1:{taken.getsockname()[1]}"
    settings = {"allow_private": ["127.0.0.1"], "host_interval": "0s", "every": "1h", "full_text": "no"}
    return {
        "settings": {**settings, "public_url": f"http://{here}", "listen": here},
        "receivers": {"desk": hook.url},
        "feeds": [{"name": path, "url": hub.url(path)} for path in paths],
        "watchlists": {"draft": ["mobilized"]},
    }


def pushed(hub: Hub, hook: Webhook, path: str, number: int) -> float:
    """Push one new entry; return the milliseconds until the receiver has its alert."""
    began = time.perf_counter()
    hub.push(path, (f"new-{number}", f"Relatives of mobilized soldiers protest, day {number}"))
    hook.wait_for(number + 1)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
