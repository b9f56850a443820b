"""Whether all was found that the feeds held when they were asked, once, and told of once."""

import bisect
import collections
import gzip
import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.day.faults import INTACT
from bench.day.manners import kind
from bench.day.travel import Request
from bench.replay import Corpus
from monitor.parse.feeds import MOST_ENTRIES
from monitor.store import Store
from tests.servers import Webhook

#: What replay.py adds to the ids and links of a copy.
_COPY = re.compile(r"\?copy=\d+$")


@dataclass(frozen=True)
class Item:
    """An item of the oracle: in which versions of its feed it stood, and whether it was away in between."""

    key: str
    first: str
    last: str
    returned: bool
    titles: frozenset[str]

    def stood_in(self, served: Sequence[str]) -> bool:
        """Whether it surely stood in one of these versions, which are in order."""
        if self.returned:
            return bool({self.first, self.last} & set(served))
        place = bisect.bisect_left(served, self.first)
        return place < len(served) and served[place] <= self.last


@dataclass
class Findings:
    """What was found, over all feeds."""

    expected: int = 0
    entries: int = 0
    lost: list[tuple[str, str]] = field(default_factory=list)
    doubled: list[tuple[str, str]] = field(default_factory=list)
    #: Items that are there under another key with the same title: the same entry to us.
    merged: int = 0
    #: What came and went between two polls, by feed: nobody served it to us.
    between: collections.Counter[str] = field(default_factory=collections.Counter)
    alerts: int = 0
    #: Numbers of alerts whose message did not come exactly once.
    told: list[int] = field(default_factory=list)


def oracle(folder: Path, feeds: Sequence[str]) -> dict[str, list[Item]]:
    """Return the items of each recorded feed."""
    items: dict[str, list[Item]] = {feed: [] for feed in feeds}
    with gzip.open(folder / "sequences" / "items.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if row["feed"] in items:
                key = html.unescape(row["key"])
                titles = frozenset(map(_plain, row.get("titles") or ()))
                items[row["feed"]].append(Item(key, row["first"], row["last"], bool(row["back"]), titles))
    return items


def too_long(folder: Path) -> set[tuple[str, str]]:
    """Return the feed and time of versions that hold more entries than are read of one (R14)."""
    with (folder / "sequences" / "manifest.jsonl").open(encoding="utf-8") as rows:
        return {(row["feed"], row["time"]) for row in map(json.loads, rows) if (row["items"] or 0) > MOST_ENTRIES}


def served(log: Sequence[Request], besides: set[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the versions of each feed that went out whole, in order, `besides` some."""
    versions: dict[str, set[str]] = collections.defaultdict(set)
    for each in log:
        recorded = (each["feed"].partition("~")[0], each["version"])
        if each["status"] == 200 and kind(each) in INTACT and recorded not in besides:
            versions[each["feed"]].add(each["version"])
    return {feed: sorted(found) for feed, found in versions.items()}


def judge(store: Store, corpus: Corpus, log: Sequence[Request], webhook: Webhook) -> Findings:
    """Hold what is stored against the oracle."""
    items = oracle(corpus.folder, corpus.feeds)
    findings = Findings()
    came: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    titles: dict[str, set[str]] = collections.defaultdict(set)
    for record in store.entries():
        feed, entry = record.entry.feed, record.entry.entry
        came[feed][_COPY.sub("", html.unescape(entry.id or entry.link))] += 1
        titles[feed].add(_plain(entry.title))
        findings.entries += 1
    for feed, versions in served(log, too_long(corpus.folder)).items():
        for item in items[feed.partition("~")[0]]:
            stood, missing = item.stood_in(versions), not came[feed][item.key]
            findings.expected += stood
            if missing and stood and item.titles & titles[feed]:
                findings.merged += 1
            elif missing and stood:
                findings.lost.append((feed, item.key))
            elif missing and versions[0] < item.first < versions[-1]:
                findings.between[feed] += 1
        findings.doubled += [(feed, key) for key, times in came[feed].items() if times > 1]
    numbers = [record.alert.number for record in store.alerts()]
    told = collections.Counter(_numbers(webhook))
    findings.alerts = len(numbers)
    findings.told = [number for number in numbers if told[number] != 1]
    return findings


def _plain(title: str) -> str:
    return " ".join(html.unescape(title).casefold().split())


def _numbers(webhook: Webhook) -> Iterator[int]:
    for message in webhook.received:
        yield from (int(number) for number in re.findall(r"Alert (\d+)", message["message"])[-1:])
