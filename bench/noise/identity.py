"""Polls every version of the recorded feeds: what would be lost, told twice, held as a flood, or come late.

python -m bench identity CORPUS [PATTERN]     PATTERN picks feeds by name: 'served*'

An item of the oracle that was not in the first version must be new exactly once. Items are told apart by their ids; of
one that is not new, although a report of its title was, the oracle is debatable: it is that report under another
address (`again`). Where all entries of a feed come to share one id (bridge-ru-meduza), titles take its place. Every
title that an item had after its first must be found as an edit (`titles missed`).
"""

import gzip
import html
import json
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

from monitor import flood
from monitor.identity import Identity, identities, known_by, shares_ids, unseen
from monitor.model.configuration import FloodLimits
from monitor.model.entry import Entry
from monitor.model.feed import FeedState, Validators
from monitor.model.poll import Fetched, Parsed
from monitor.model.rhythm import Rhythm
from monitor.parse.document import parse_document
from monitor.pipeline.memory import Memory, Reading, complete
from monitor.schedule import learn

#: Titles of one key from which on it is no key.
_MANY = 50
#: Cases of one kind that are printed for a feed.
_SHOWN = 5
_LATE = timedelta(hours=48)
_COLUMNS = ("expected", "new", "again", "lost", "doubled", "edits", "titles missed", "held", "late")


@dataclass(frozen=True)
class Item:
    """An item of the oracle."""

    key: str
    titles: tuple[str, ...]
    backlog: bool


@dataclass
class Poll:
    """A feed as it is read, version by version."""

    name: str
    state: FeedState
    known: set[bytes] = field(default_factory=set)
    #: How often each key and title was new, the first version apart.
    news: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: All titles seen of a key, and of the feed.
    titles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    edits: int = 0
    late: int = 0
    held: int = 0
    floods: list[str] = field(default_factory=list)

    def read(self, reading: Reading, at: datetime) -> None:
        if reading.unchanged:
            self.state = replace(self.state, last_success=at)
            return
        by_link = self.state.by_link or shares_ids(reading.marks)
        found = identities(reading.marks, by_link=by_link)
        places = unseen(found, self.known)
        self._edited(reading, found, set(places))
        news = [entry for place in places if (entry := reading.entries[place]) is not None]
        assert len(news) == len(places), self.name
        rhythm = self.state.rhythm
        if self.state.baselined and news:
            marks = [reading.marks[place] for place in places]
            titled = sum(each.title in self.known or each.link in self.known for each in marks)
            rhythm = self._judged(news, titled, len(found), at)
        for entry in news:
            if self.state.baselined:
                self.news[_key(entry), entry.title] += 1
            self.titles[_key(entry)].add(entry.title)
        self.known.update(alias for each in found for alias in each.aliases)
        self.state = replace(
            self.state,
            by_link=by_link,
            baselined=True,
            last_success=at,
            last_entry=at if news else self.state.last_entry,
            rhythm=learn(rhythm, [each.published or each.updated for each in news], now=at),
        )

    def _edited(self, reading: Reading, found: tuple[Identity, ...], new: set[int]) -> None:
        for place, (entry, each) in enumerate(zip(reading.entries, found, strict=True)):
            if entry is not None and place not in new and known_by(each, self.known) is not None:
                self.edits += reading.marks[place].text not in self.known
                self.titles[_key(entry)].add(entry.title)

    def _judged(self, news: list[Entry], titled: int, window: int, at: datetime) -> Rhythm:
        cause = flood.cause(news, titled, window, self.state, FloodLimits(), now=at)
        if cause is not None:
            self.held += len(news)
            self.floods.append(f"{at:%Y-%m-%d %H:%M} {cause}: {len(news)} of {window}, as {news[0].title!r}")
            return self.state.rhythm
        late, rhythm = flood.late(news, self.state, _LATE, now=at)
        self.late += sum(late)
        return rhythm


def main(corpus: Path, pattern: str = "*") -> int:
    """Print a line for each feed, with cases; return 1 if anything was lost or doubled."""
    sequences = corpus / "sequences"
    oracle: dict[str, list[Item]] = defaultdict(list)
    with gzip.open(sequences / "items.jsonl.gz", "rt") as lines:
        for row in map(json.loads, lines):
            item = Item(_unescaped(row["key"]), tuple(row.get("titles") or ()), bool(row.get("backlog")))
            oracle[row["feed"]].append(item)
    urls = {feed["id"]: feed["url"] for feed in map(json.loads, (sequences / "feeds.jsonl").open())}
    total: Counter[str] = Counter()
    print(f"{'feed':32}" + "".join(f"{each:>14}" for each in _COLUMNS))
    for archive in sorted(sequences.glob(f"{pattern}.tar.xz")):
        name = archive.name.removesuffix(".tar.xz")
        total.update(_printed(name, _polled(archive, name, urls[name]), oracle[name]))
    print(f"{'all':32}" + "".join(f"{total[each]:14,}" for each in _COLUMNS))
    return int(total["lost"] + total["doubled"] > 0)


def _polled(archive: Path, name: str, url: str) -> Poll:
    with tarfile.open(archive) as tar:
        versions = sorted((each.name, file.read()) for each in tar if (file := tar.extractfile(each)))
    times = [datetime.strptime(Path(each).stem, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) for each, _ in versions]
    usual = median([(later - sooner).total_seconds() for sooner, later in pairwise(times)] or [0])
    poll, memory = Poll(name, FeedState(feed=name, interval=timedelta(seconds=usual))), Memory()
    for at, (_, body) in zip(times, versions, strict=True):
        last = memory.last(name, b"")
        known = frozenset(last.parsed.outline.entries) if last and last.parsed.outline else frozenset()
        parsed = parse_document(Fetched(body=body, content_type="", url=url, validators=Validators()), known)
        if isinstance(parsed, Parsed):
            reading = complete(parsed, last)
            memory.keep(name, reading, b"", ())
            poll.read(reading, at)
    return poll


def _printed(name: str, poll: Poll, items: list[Item]) -> Counter[str]:
    keys: Counter[str] = Counter()
    for (key, _), count in poll.news.items():
        keys[key] += count
    shared = {key for key, count in Counter(key for key, _ in poll.news).items() if count >= _MANY}
    told = {_plain(title) for titles in poll.titles.values() for title in titles}
    missing = [item for item in items if not item.backlog and item.key not in keys]
    cases = {
        "again": [f"{each.key} {each.titles[:1]}" for each in missing if told & {*map(_plain, each.titles)}],
        "lost": [f"{each.key} {each.titles[:1]}" for each in missing if not told & {*map(_plain, each.titles)}],
        "doubled": [*_twice(poll, keys, shared)],
        "flood": poll.floods,
    }
    figures = Counter(
        {
            "expected": sum(not item.backlog for item in items),
            "new": poll.news.total(),
            **{kind: len(cases[kind]) for kind in ("again", "lost", "doubled")},
            "edits": poll.edits,
            "titles missed": sum(len({*map(_plain, item.titles[1:])} - told) for item in items),
            "held": poll.held,
            "late": poll.late,
        }
    )
    print(f"{name:32}" + "".join(f"{figures[each]:14,}" for each in _COLUMNS), flush=True)
    for kind, which in cases.items():
        for case in which[:_SHOWN]:
            print(f"    {kind}: {case}")
    if poll.state.by_link:
        print("    its ids tell nothing")
    return figures


def _twice(poll: Poll, keys: Counter[str], shared: set[str]) -> Iterator[str]:
    yield from (key for key, count in keys.items() if count > 1 and key not in shared)
    yield from (f"{key} {title}" for (key, title), count in poll.news.items() if key in shared and count > 1)


def _key(entry: Entry) -> str:
    return _unescaped(entry.id or entry.link)


def _unescaped(key: str) -> str:
    return html.unescape(key).replace("&ampref=", "&ref=")


def _plain(title: str) -> str:
    return " ".join(html.unescape(title).split())
