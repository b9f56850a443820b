"""Kills the real thing with SIGKILL, again and again, and counts what arrived: nothing lost, few messages repeated.

    python -m bench crash [--kills N]             feeds of our own, killed at every commit and send, then at random
    python -m bench crash [--kills N] CORPUS      recorded feeds (see bench/replay.py), killed at random

What is killed is a process that makes one pass after another (see bench/mortal.py): feeds over HTTP, a parser in its
child process, SQLite, Apprise in its child process, a webhook. A pass that was killed is made again. A random kill
strikes before or after a commit or a send, or at any moment. In the end each matching entry must have made one alert,
each alert must have arrived, at most one message may have been repeated for each kill, and the database must be sound.
"""

import argparse
import collections
import json
import random
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count, islice
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Self

from bench import replay
from monitor.model.alert import DeliveryState
from monitor.store import Store
from tests.servers import Site, Webhook

#: As the command does it: child processes get ready while the rest is loaded.
START = "from monitor.warm import warm; warm(); from bench.mortal import main; main()"
#: A random kill strikes at one of so many points, or within so many seconds.
POINTS, MOMENT = 12, 0.3
#: In seconds; a pass takes less than one, and what a killed process leaves behind ends by itself.
PATIENCE = 120

FEEDS = ("morning", "evening")


@dataclass(frozen=True)
class Step:
    """Something new to be polled."""

    feeds: Sequence[str]
    #: Makes it so.
    begin: Callable[[], None]


@dataclass
class Figures:
    """What a run came to."""

    kills: int = 0
    expected: int = 0
    #: Entries that should have made an alert and did not, and alerts that never arrived.
    lost: list[str] = field(default_factory=list)
    #: Entries that made more than one alert.
    doubled: list[str] = field(default_factory=list)
    #: Messages beyond the first of their alert.
    repeated: int = 0
    #: Deliveries that are not marked as sent.
    owed: int = 0
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        return not self.lost and not self.doubled and not self.owed and self.repeated <= self.kills

    def __str__(self) -> str:
        lines = [
            f"{self.kills} kills in {self.seconds:.0f} s, {self.expected} alerts expected",
            f"lost {len(self.lost)}, doubled {len(self.doubled)}, still owed {self.owed}",
            f"messages repeated {self.repeated}",
        ]
        return "\n".join([*lines, *(f"  lost: {each}" for each in self.lost[:20])])


class Victim:
    """A process that makes passes; once it was killed, the next pass is made by a new one."""

    def __init__(self, config: Path) -> None:
        self._command = [sys.executable, "-c", START, str(config)]
        self._process: subprocess.Popen[bytes] | None = None
        self._timer = Timer(0, lambda: None)
        self.kills = 0
        #: Whether its end is already settled.
        self.doomed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def run(self, feeds: Sequence[str], *, point: int | None = None, seconds: float | None = None) -> bool:
        """Make a pass; return whether it was lived through.

        The process will be killed at a point, counted from now, or so many seconds from now, in whichever pass that is;
        point 0 takes that back.
        """
        process = self._process = self._process or self._start()
        if seconds is not None:
            self._timer = Timer(seconds, process.kill)
            self._timer.start()
        if point is not None or seconds is not None:
            self.doomed = point != 0
        assert process.stdin is not None
        with suppress(BrokenPipeError):  # killed between two passes
            process.stdin.write(json.dumps({"feeds": feeds, "point": point}).encode() + b"\n")
        if _line(process):
            return True
        process.communicate()
        assert process.returncode == -signal.SIGKILL, "it ended, but was not killed"
        self._process, self.doomed, self.kills = None, False, self.kills + 1
        return False

    def _start(self) -> subprocess.Popen[bytes]:
        root = Path(__file__).parents[1]
        pipe = subprocess.PIPE
        process = subprocess.Popen(self._command, bufsize=0, cwd=root, stdin=pipe, stdout=pipe)
        assert _line(process) == b"ready\n"
        return process


def _line(process: subprocess.Popen[bytes]) -> bytes:
    """Return what a process says; nothing once it has ended, and all that came of it too, as they share its output."""
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
    assert ready, f"neither a word nor an end within {PATIENCE} s"
    return process.stdout.readline()


def at_every_point(victim: Victim, steps: Iterator[Step]) -> None:
    """Kill one step's pass at its first point, the next one's at its second, until a pass has no more of them.

    In between, a pass by the next process makes up for what the kill left undone.
    """
    for point in count(1):
        step = next(steps)
        step.begin()
        lived = victim.run(step.feeds, point=point)
        assert victim.run(step.feeds, point=0)
        if lived:
            return


def at_random(victim: Victim, steps: Sequence[Step], *, kills: int, chance: random.Random) -> None:
    """Make every step under so many kills, and the last one again until it has had the last of them."""
    plan = collections.Counter(chance.choices(range(len(steps)), k=kills))
    due = 0
    for number, step in enumerate(steps):
        step.begin()
        due += plan[number]
        lived, last = False, number + 1 == len(steps)
        while not lived or (last and (due or victim.doomed)):
            if not due or victim.doomed:
                lived = victim.run(step.feeds)
                continue
            due -= 1
            if chance.random() < 0.5:
                lived = victim.run(step.feeds, point=chance.randint(1, POINTS))
            else:
                lived = victim.run(step.feeds, seconds=chance.uniform(0, MOMENT))


@dataclass
class Papers:
    """Feeds of our own, each with a story more at every step."""

    site: Site
    stories: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: {name: [] for name in FEEDS})

    @property
    def titles(self) -> list[str]:
        return [title for stories in self.stories.values() for _, title in stories]

    def steps(self) -> Iterator[Step]:
        return (Step(FEEDS, partial(self._print, number)) for number in count(1))

    def _print(self, number: int) -> None:
        for name, stories in self.stories.items():
            stories.insert(0, (f"{name}-{number}", f"Mobilized: {name} {number}"))
            self.site.publish(f"/{name}", *stories)

    def configured(self, folder: Path, webhook: Webhook) -> Path:
        """Write the configuration of a run; JSON is YAML too."""
        path = folder / "config.yaml"
        config = {
            "settings": {"full_text": "no", "host_interval": "0s", "allow_private": ["127.0.0.1"], "first_run": "all"},
            "receivers": {"desk": webhook.url},
            "feeds": [{"name": name, "url": self.site.url(f"/{name}")} for name in FEEDS],
            "watchlists": {"draft": ["mobilized"]},
        }
        path.write_text(json.dumps(config), encoding="utf-8")
        return path


def of_papers(folder: Path, *, kills: int, chance: random.Random) -> Figures:
    """Kill at every point of a pass over our own feeds, and at random for the rest of so many kills."""
    figures = Figures()
    with Site() as site, Webhook() as webhook:
        papers = Papers(site)
        with Victim(papers.configured(folder, webhook)) as victim:
            steps = papers.steps()
            at_every_point(victim, steps)
            rest = max(kills - victim.kills, 0)
            at_random(victim, list(islice(steps, rest)), kills=rest, chance=chance)
            figures.kills = victim.kills
        alerts = judge(figures, folder / "data", webhook)
    figures.expected = len(papers.titles)
    figures.lost += [title for title in papers.titles if not alerts[title]]
    figures.doubled = [title for title in alerts if alerts[title] > 1]
    return figures


def of_corpus(folder: Path, corpus: replay.Corpus, *, kills: int, chance: random.Random) -> Figures:
    """Kill at random while recorded feeds are replayed."""
    figures, replayed = Figures(), replay.Figures()
    with Webhook() as webhook, replay.replayed(corpus) as base:
        with Victim(replay.configured(folder, base, corpus, webhook)) as victim:
            steps = [Step(feeds, partial(replay.set_clock, base, at)) for at, feeds in corpus.steps()]
            at_random(victim, steps, kills=kills, chance=chance)
            figures.kills = victim.kills
        judge(figures, folder / "data", webhook)
        replay.judge(replayed, corpus, folder / "data", webhook)
    figures.expected = replayed.expected
    figures.lost += [item.title for item in replayed.lost]
    figures.doubled = [item.title for item in replayed.doubled]
    return figures


def judge(figures: Figures, data: Path, webhook: Webhook) -> collections.Counter[str]:
    """Hold what arrived against what the store says, once it is sound; return how many alerts each title made."""
    told = collections.Counter(re.findall(r"Alert (\d+) ", message["message"])[-1] for message in webhook.received)
    store = Store.read(data)
    assert store is not None
    with closing(store):
        store.check()
        records = list(store.alerts())
    states = [delivery.state for record in records for delivery in record.deliveries]
    figures.owed = sum(state is not DeliveryState.SENT for state in states)
    figures.repeated = told.total() - len(told)
    figures.lost = [record.alert.entry.entry.title for record in records if not told[str(record.alert.number)]]
    return collections.Counter(record.alert.entry.entry.title for record in records)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--feeds", default="*")
    parser.add_argument("--kinds", default="as-served")
    parser.add_argument("--versions", type=int, default=60, help="at most so many versions of each feed")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    chance = random.Random(given.seed)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        if given.corpus is None:
            figures = of_papers(Path(name), kills=given.kills, chance=chance)
        else:
            kinds = given.kinds.split(",")
            corpus = replay.Corpus.of(given.corpus, glob=given.feeds, kinds=kinds, versions=given.versions)
            figures = of_corpus(Path(name), corpus, kills=given.kills, chance=chance)
    figures.seconds = time.monotonic() - began
    print(figures)
    return int(not figures.good)
