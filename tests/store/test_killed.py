"""SQLite: the process is killed at any moment."""

import multiprocessing
import random
from collections import Counter
from contextlib import closing
from pathlib import Path

from monitor.store import Store
from tests.store.builders import NOW
from tests.store.recorder import ENTRIES, alias, record_for_ever

KILLS = 20


def run_and_kill(data: Path, after: int) -> int:
    """Let a process record, kill it while it works on the poll after `after` more; return the last poll it kept."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "tests.store.recorder"])
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=record_for_ever, args=(data, theirs))
    process.start()
    theirs.close()
    said = [ours.recv() for _ in range(after)]
    process.kill()
    process.join()
    ours.close()
    return int(said[-1])


def test_kill_leaves_polls_whole(data: Path) -> None:
    """Killed at any moment, every poll is there whole or not at all, and none that was said to be kept is lost."""
    chance = random.Random(20260301)
    for _ in range(KILLS):
        said = run_and_kill(data, after=chance.randrange(1, 12))
        with closing(Store.open(data, now=NOW)) as store:
            last = store.states()["times"].failures
            assert last >= said
            titles = [f"{number}-{each}" for number in range(1, last + 1) for each in range(ENTRIES)]
            assert [kept.entry.entry.title for kept in store.entries()] == titles
            assert [made.alert.entry.entry.title for made in store.alerts()] == titles
            assert Counter(store.owed()) == Counter(desk=len(titles), phone=len(titles))
            beyond = [alias(number, each) for number in range(1, last + 3) for each in range(ENTRIES)]
            assert len(store.known("times", [one for each in beyond for one in each])) == 2 * len(titles)
