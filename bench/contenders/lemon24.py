"""lemon24/reader: stores feeds and entries in SQLite, threads do the asking; no matching, no alerts."""

import sys
from pathlib import Path

import feedparser_sgmllib

# reader brings a feedparser of its own, which imports this module by the name that it had before.
sys.modules.setdefault("sgmllib", feedparser_sgmllib)

from reader import make_reader  # noqa: E402 - see above

from bench.contenders import READY, Task, all_hosts_here  # noqa: E402

_DATABASE = "reader.sqlite"


def run(task: Task) -> None:
    all_hosts_here()
    reader = make_reader(str(task.folder / _DATABASE), search_enabled=False)
    for url in task.urls:
        reader.add_feed(url)
    reader.update_feeds(scheduled=False, workers=task.at_once)
    task.pipe.send(READY)
    while True:
        reader.update_feeds(scheduled=False, workers=task.at_once)


def known(folder: Path) -> int | None:
    """Return how many entries are in the database."""
    with make_reader(str(folder / _DATABASE), read_only=True) as reader:
        total: int | None = reader.get_entry_counts().total
    return total
