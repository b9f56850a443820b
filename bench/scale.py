"""What thousands of feeds cost: CPU time and memory of the whole service, beside others that poll the same papers.

    python -m bench scale [--feeds N] [--rounds N] [--only NAME,...] [--many N] [--poll-many]

One server on loopback is all papers (bench/paper.py): 80 % of the polls find nothing changed (304), 15 % changed bytes
without a new entry, 5 % a new entry in a window of 50. Each contender is a process of its own, with what it starts, and
each polls all feeds, in the same order, as fast as it can; its first round of all feeds is not counted. Its CPU time is
user and system time of all its processes. The server is another process on the same cores, and its time stands apart.

ours      `rss-monitor run`: due, fetch, guard, parse in child processes, identify, match 1,000 terms, one transaction
          safe on disk, alerts delivered; 100 requests at once at most; a new connection a poll
reader    lemon24/reader's update_feeds: fetch, parse, entries and feeds stored in SQLite; no matching, no alerts, no
          guard; a document that brought nothing is asked for in full again, which makes for fewer 304s
script    aiohttp and feedparser, as one would write it: no store, no matching, no guard; a new connection a poll

MB: PSS of all processes together, which counts shared pages once, and in brackets RSS, which counts them for each.
"""

import argparse
import multiprocessing
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path

from bench.contenders import READY, Task
from bench.paper import ENTRIES, MIX, Served, Server, served
from bench.processes import Usage, usage
from tests.servers import Webhook

#: Names as they are shown, and their modules.
CONTENDERS = {"ours": "ours", "reader": "lemon24", "script": "plain"}
#: In seconds: between two looks at how far a contender is, and until one that does not come forward has failed.
LOOK, PATIENCE = 0.05, 60.0
#: Seconds between two polls of a feed: less than anyone can do, and more than any run lasts.
ALWAYS, ONCE = 1, 86_400
#: Polls after which feeds count as loaded.
A_FEW = 100
MB = 1e6


@dataclass(frozen=True)
class Moment:
    """How things stand at one time of a run."""

    at: float
    used: Usage
    server: float
    served: Served
    #: CPU seconds of the contender's main process, by stage.
    stages: Mapping[str, float]


class Contest:
    """A contender at work."""

    def __init__(self, server: Server, process: multiprocessing.process.BaseProcess, pipe: Connection) -> None:
        self._server = server
        self._process = process
        self._pipe = pipe

    def first_round(self) -> None:
        """Wait until all feeds were polled once."""
        self._come(self._pipe.poll)
        word = self._pipe.recv()
        assert word == READY, word

    def polled(self, more: int) -> None:
        """Wait until so many more polls were answered."""
        wanted = self._server.served().requests + more
        self._come(lambda: self._server.served().requests >= wanted)

    def _come(self, there: Callable[[], bool]) -> None:
        before, since = -1, time.monotonic()
        while not there():
            requests = self._server.served().requests
            if requests > before:
                before, since = requests, time.monotonic()
            assert self._process.is_alive(), f"it ended, after {requests} polls"
            assert time.monotonic() < since + PATIENCE, f"no poll for {PATIENCE:g} s, after {requests}"
            time.sleep(LOOK)

    def now(self, *, stages: bool = False) -> Moment:
        """Say how things stand."""
        return Moment(
            at=time.monotonic(),
            used=usage(self._process.pid or 0),
            server=usage(self._server.process).cpu,
            served=self._server.served(),
            stages=self._stages() if stages else {},
        )

    def _stages(self) -> Mapping[str, float]:
        self._pipe.send(None)
        found: Mapping[str, float] = self._pipe.recv()
        return found


@contextmanager
def at_work(module: str, folder: Path, feeds: int, *, at_once: int, every: int = ALWAYS) -> Iterator[Contest]:
    """Have a contender poll so many feeds."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    with served() as server, Webhook() as webhook:
        urls = tuple(f"http://paper-{number}.example:{server.port}{MIX}" for number in range(feeds))
        task = Task(folder, urls, webhook.url, at_once, every, theirs)
        process = context.Process(target=_run, args=(module, task))
        process.start()
        try:
            yield Contest(server, process, ours)
        finally:
            process.terminate()
            process.join(20)
            process.kill()
            process.join()


def _run(module: str, task: Task) -> None:
    import_module(f"bench.contenders.{module}").run(task)


def compete(name: str, feeds: int, rounds: int, *, at_once: int) -> float:
    """Print a contender's line of the table; of ours also where the time goes, and what memory does.

    Returns its CPU seconds a poll.
    """
    module = CONTENDERS[name]
    with tempfile.TemporaryDirectory() as folder:
        with at_work(module, Path(folder), feeds, at_once=at_once) as contest:
            contest.first_round()
            before = contest.now(stages=name == "ours")
            contest.polled(feeds * rounds)
            after = contest.now(stages=name == "ours")
        known: int | None = import_module(f"bench.contenders.{module}").known(Path(folder))
    polls = after.served.requests - before.served.requests
    thousands = polls / 1000
    same = (after.served.not_modified - before.served.not_modified) / polls
    cpu = after.used.cpu - before.used.cpu
    server = after.server - before.server
    kept = "keeps nothing" if known is None else f"{known - feeds * ENTRIES:,} of {after.served.news:,}"
    print(
        f"{name:8}{polls:8,}{cpu / thousands:10.2f}{polls / (after.at - before.at):10,.0f}{held(after.used):>14}"
        f"{server / thousands:10.2f}{same:8.0%}   {kept}",
        flush=True,
    )
    if after.stages:
        spent = {stage: after.stages[stage] - before.stages[stage] for stage in after.stages}
        spent["child processes"] = cpu - sum(spent.values())
        print("        of it", ", ".join(f"{stage} {part / thousands:.2f}" for stage, part in spent.items()))
        print(f"        MB after the first round {held(before.used)}, after the last {held(after.used)}", flush=True)
    return cpu / polls


def held(used: Usage) -> str:
    resident = f"({used.resident / MB:.0f})"
    return resident if used.proportional is None else f"{used.proportional / MB:.0f} {resident}"


def load(feeds: int, *, polled: bool) -> None:
    """Print what ours holds with so many feeds."""
    with tempfile.TemporaryDirectory() as folder:
        every = ALWAYS if polled else ONCE
        with at_work("ours", Path(folder), feeds, at_once=0, every=every) as contest:
            contest.first_round() if polled else contest.polled(min(A_FEW, feeds))
            now = contest.now()
    polls = min(now.served.requests, feeds)
    print(f"ours with {feeds:,} feeds, {polls:,} of them polled once: {held(now.used)} MB", flush=True)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=2000, help="papers (default 2000)")
    parser.add_argument("--rounds", type=int, default=2, help="polls of each, after the first (default 2)")
    parser.add_argument("--at-once", type=int, default=20, help="threads of reader, requests of the script (20)")
    parser.add_argument("--only", default=",".join(CONTENDERS), help="contenders, by name")
    parser.add_argument("--many", type=int, default=20_000, help="feeds to load for their memory; 0 for none (20000)")
    parser.add_argument("--poll-many", action="store_true", help="and poll each of them once: minutes")
    given = parser.parse_args(arguments)
    print(f"{given.feeds:,} feeds, {given.rounds} polls of each after the first; MB as PSS (RSS)")
    print(f"{'':8}{'polls':>8}{'CPU s per':>10}{'polls/s':>10}{'MB':>14}{'server':>10}{'304':>8}   new entries kept")
    print(f"{'':8}{'':8}{'1,000':>10}{'':10}{'':14}{'CPU s':>10}")
    costs: dict[str, float] = {}
    for name in given.only.split(","):
        if name == "reader" and find_spec("reader") is None:
            print("reader  skipped: it is not installed; `python3 run.py bench` installs it")
            continue
        costs[name] = compete(name, given.feeds, given.rounds, at_once=given.at_once)
        if name != "ours" and "ours" in costs:
            print(f"        {costs[name] / costs['ours']:.1f} x the CPU time of ours", flush=True)
    if given.many:
        load(given.many, polled=given.poll_many)
    return 0
