"""Replays recorded feeds to the real thing, and counts what arrived against an oracle.

    python -m bench replay CORPUS [--feeds GLOB] [--kinds as-served,rebuilt] [--versions N]

CORPUS holds replay.py and sequences/ (feeds.jsonl, manifest.jsonl, items.jsonl.gz and the recordings). The replay
server's clock is moved from version to version; at each, the feeds that changed are polled over HTTP, matched, and
alerts are sent through Apprise to a webhook on loopback. Afterwards every item of the oracle whose first title holds a
watched word and that was not in its feed's first version must have arrived exactly once.
"""

import argparse
import asyncio
import calendar
import collections
import fnmatch
import gzip
import html
import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from monitor import clock, once
from monitor.assembly import works
from monitor.cli.logs import LogFormat, configure
from monitor.config import Loaded, load
from monitor.deliver import Sender
from monitor.model.match import Reason
from monitor.pipeline import Desk
from monitor.store import Store
from monitor.warm import warm
from tests.servers import Webhook

STAMP = "%Y%m%dT%H%M%SZ"
START = "20240101T000000Z"
#: Single words, so that "does this title hold one?" has an answer that needs no matcher.
WORDS = (
    "ukraine",
    "putin",
    "mobilized",
    "mobilised",
    "протест",
    "война",
    "агент",
    "беларуси",
    "россии",
    "police",
    "vaccine",
)


@dataclass(frozen=True)
class Item:
    """An item of the oracle."""

    feed: str
    key: str
    title: str


@dataclass
class Figures:
    """What a run came to."""

    feeds: int = 0
    steps: int = 0
    polls: int = 0
    failed: collections.Counter[str] = field(default_factory=collections.Counter)
    expected: int = 0
    #: Alerts, without those of entries that match since they were edited.
    arrived: int = 0
    lost: list[Item] = field(default_factory=list)
    doubled: list[Item] = field(default_factory=list)
    unexpected: list[Item] = field(default_factory=list)
    #: Alerts whose message did not reach the webhook exactly once.
    messages: list[int] = field(default_factory=list)
    seconds: float = 0.0

    def __str__(self) -> str:
        lines = [
            f"{self.feeds} feeds, {self.steps} steps, {self.polls} polls in {self.seconds:.0f} s",
            f"not well: {dict(self.failed) or 'none'}",
            f"expected {self.expected}, arrived {self.arrived}, lost {len(self.lost)}, doubled {len(self.doubled)}",
            f"unexpected {len(self.unexpected)}, messages not exactly once {len(self.messages)}",
        ]
        for name in ("lost", "doubled", "unexpected"):
            lines += [f"  {name}: {item.feed} {item.key} {item.title!r}" for item in getattr(self, name)[:20]]
        return "\n".join(lines)


@dataclass(frozen=True)
class Corpus:
    """The recordings to be replayed."""

    folder: Path
    feeds: tuple[str, ...]
    #: Feed to the times of its versions, in seconds after its first, at most `versions` of them.
    times: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, folder: Path, *, glob: str, kinds: Sequence[str], versions: int | None) -> "Corpus":
        metas = map(json.loads, (folder / "sequences" / "feeds.jsonl").read_text().splitlines())
        feeds = tuple(meta["id"] for meta in metas if meta["kind"] in kinds and fnmatch.fnmatch(meta["id"], glob))
        stamps: dict[str, list[int]] = {feed: [] for feed in feeds}
        for line in (folder / "sequences" / "manifest.jsonl").read_text().splitlines():
            row = json.loads(line)
            if row["feed"] in stamps:
                stamps[row["feed"]].append(calendar.timegm(time.strptime(row["time"], STAMP)))
        times = {feed: tuple(at - min(each) for at in sorted(each)[:versions]) for feed, each in stamps.items()}
        return cls(folder, feeds, times)

    def steps(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the seconds after the start and the feeds that have a new version then."""
        changed: dict[int, list[str]] = {}
        for feed, offsets in self.times.items():
            for offset in offsets:
                changed.setdefault(offset, []).append(feed)
        yield from sorted(changed.items())

    def items(self) -> Iterator[tuple[Item, bool, set[str]]]:
        """Yield each item, whether it must arrive, and all titles it had while it was replayed."""
        ends: dict[str, int] = {}
        firsts: dict[str, int] = {}
        with gzip.open(self.folder / "sequences" / "items.jsonl.gz", "rt", encoding="utf-8") as rows:
            records = [row for row in map(json.loads, rows) if row["feed"] in self.times]
        for row in records:
            at = calendar.timegm(time.strptime(row["first"], STAMP))
            firsts[row["feed"]] = min(firsts.get(row["feed"], at), at)
        for feed, offsets in self.times.items():
            ends[feed] = max(offsets)
        for row in records:
            at = calendar.timegm(time.strptime(row["first"], STAMP)) - firsts[row["feed"]]
            titles = row.get("titles") or [""]
            item = Item(row["feed"], html.unescape(row["key"]), titles[0])  # some feeds escape twice
            yield item, not row.get("backlog") and at <= ends[row["feed"]] and holds(titles[0]), set(titles)


def holds(title: str) -> bool:
    """Whether a watched word stands in a title, told without our matcher."""
    return bool(set(re.findall(r"\w+", title.casefold().replace("ё", "е"))) & set(WORDS))


@contextmanager
def replayed(corpus: Corpus, *options: str) -> Iterator[str]:
    """Run the replay server for these feeds, its clock standing; yields its address."""
    feeds = [word for feed in corpus.feeds for word in ("--feeds", feed)]
    serve = [sys.executable, str(corpus.folder / "replay.py"), "--manual", "--port", "0", "--start", START]
    command = [*serve, *feeds, *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            assert server.stdout is not None
            found = next(match for line in server.stdout if (match := re.search(r"http://[\d.]+:\d+", line)))
            yield found[0]
        finally:
            server.kill()


def set_clock(base: str, seconds: int) -> None:
    at = time.strftime(STAMP, time.gmtime(calendar.timegm(time.strptime(START, STAMP)) + seconds))
    request = urllib.request.Request(f"{base}/control", json.dumps({"time": at}).encode(), method="POST")
    urllib.request.urlopen(request, timeout=60).read()


def configured(folder: Path, base: str, corpus: Corpus, webhook: Webhook) -> Path:
    """Write the configuration of a run; JSON is YAML too."""
    path = folder / "config.yaml"
    config = {
        "settings": {"full_text": "no", "host_interval": "0s", "allow_private": ["127.0.0.1"], "timezone": "UTC"},
        "receivers": {"desk": webhook.url},
        "feeds": [{"name": feed, "url": f"{base}/feed/{feed}"} for feed in corpus.feeds],
        "watchlists": {"words": {"any": [f"={word}" for word in WORDS], "in": ["title"]}},
    }
    path.write_text(json.dumps(config, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


async def run(corpus: Corpus, base: str, path: Path) -> Figures:
    """Poll at every step, as `rss-monitor poll FEED...` does, in one process."""
    figures = Figures(feeds=len(corpus.feeds))
    found = load(path, environ={})
    assert isinstance(found, Loaded), found
    began = time.monotonic()
    warm()
    sender = Sender()
    desk = Desk.of(found.configuration)
    try:
        async with works(found.configuration, sender=sender, clock=clock.now) as parts:
            for offset, feeds in corpus.steps():
                await asyncio.to_thread(set_clock, base, offset)
                figures.steps += 1
                figures.polls += len(feeds)
                async for event in once.run(parts, desk, feeds=feeds, force=True, clock=clock.now):
                    if not once.is_good(event):
                        figures.failed[str(getattr(event, "feed", event))] += 1
    finally:
        await sender.close()
    figures.seconds = time.monotonic() - began
    return figures


def judge(figures: Figures, corpus: Corpus, data: Path, webhook: Webhook) -> None:
    """Hold what arrived against the oracle."""
    store = Store.read(data)
    assert store is not None
    came: collections.Counter[tuple[str, str]] = collections.Counter()
    titles: dict[tuple[str, str], str] = {}
    numbers, edited = [], 0
    for record in store.alerts():
        stored = record.alert.entry
        key = (stored.feed, html.unescape(stored.entry.id or stored.entry.link))
        came[key] += 1
        titles[key] = stored.entry.title
        numbers.append(record.alert.number)
        edited += record.alert.reason is Reason.EDITED
    store.close()
    told = collections.Counter(
        int(number) for message in webhook.received for number in re.findall(r"Alert (\d+)", message["message"])[-1:]
    )
    figures.messages = [number for number in numbers if told[number] != 1]
    figures.arrived = len(numbers) - edited
    explained = set()
    for item, must, known in corpus.items():
        key = (item.feed, item.key)
        figures.expected += must
        explained |= {key} if must or any(map(holds, known)) else set()
        if must and not came[key]:
            figures.lost.append(item)
        if came[key] > 1:
            figures.doubled.append(item)
    figures.unexpected = [Item(*key, titles[key]) for key in came if key not in explained]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--feeds", default="*")
    parser.add_argument("--kinds", default="as-served,rebuilt")
    parser.add_argument("--versions", type=int, help="at most so many versions of each feed")
    given = parser.parse_args(arguments)
    configure(LogFormat.TEXT, verbose=False, quiet=True)
    corpus = Corpus.of(given.corpus, glob=given.feeds, kinds=given.kinds.split(","), versions=given.versions)
    with tempfile.TemporaryDirectory() as folder, Webhook() as webhook, replayed(corpus) as base:
        path = configured(Path(folder), base, corpus, webhook)
        figures = asyncio.run(run(corpus, base, path))
        judge(figures, corpus, Path(folder) / "data", webhook)
    print(figures)
    return int(bool(figures.lost or figures.doubled or figures.messages))
