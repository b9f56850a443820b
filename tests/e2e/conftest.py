"""The command as a user runs it: a process of its own, real feeds over HTTP, a real webhook."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.servers import Site, Webhook

PAPER = "/paper.xml"


@dataclass
class Home:
    """A user's directory with a configuration, a paper to watch and a webhook to be told through."""

    folder: Path
    site: Site
    hook: Webhook

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    def configure(self, **changes: object) -> None:
        """Write the configuration; JSON is YAML too. `changes` replace whole sections.

        No articles are read unless `settings` say otherwise: their pages would be sought beyond this machine.
        """
        sections: dict[str, Any] = {
            "settings": {"allow_private": ["127.0.0.1"], "host_interval": "0s", "every": "1s", "timezone": "UTC"},
            "receivers": {"desk": self.hook.url},
            "feeds": [{"name": "Paper", "url": self.site.url(PAPER)}],
            "watchlists": {"draft": ["mobilized"]},
        }
        sections |= changes
        sections["settings"] = {"full_text": "no"} | sections["settings"]
        self.config.write_text(json.dumps(sections, indent=1), encoding="utf-8")

    def run(self, *words: str, stdin: str = "", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            self.command(*words),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=90,
            env={**os.environ, **(env or {})},
            cwd=self.folder,
        )

    def json(self, *words: str, stdin: str = "") -> list[dict[str, Any]]:
        """What a command says with --json, an object a line."""
        done = self.run(*words, "--json", stdin=stdin)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "monitor", "--config", str(self.config), *words]

    @contextmanager
    def service(self, *, end: signal.Signals = signal.SIGTERM) -> Iterator[subprocess.Popen[str]]:
        """`rss-monitor run` while the block lasts, then SIGTERM, or another signal."""
        command = self.command("run", "--log-format", "json")
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=self.folder) as process:
            try:
                yield process
                process.send_signal(end)
                assert process.wait(12) == (0 if end is signal.SIGTERM else -end)
            finally:
                process.kill()


def wait_for_event(process: subprocess.Popen[str], event: str) -> dict[str, Any]:
    """Read the service's log up to this event; its end, or a minute, if that comes first, fails the test."""
    assert process.stderr is not None
    seen = []
    patience = threading.Timer(60, process.kill)
    patience.start()
    try:
        for line in process.stderr:
            record: dict[str, Any] = json.loads(line)
            if record["event"] == event:
                return record
            seen.append(line)
    finally:
        patience.cancel()
    raise AssertionError(f"no {event!r} in the log:\n{''.join(seen)}")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with Site() as site, Webhook() as hook:
        home = Home(tmp_path, site, hook)
        home.configure()
        site.publish(PAPER, ("1", "Quiet day"))
        yield home
