"""Stories: labelled pairs, copies of one title, what joins in recorded feeds, and what it costs.

Precision and recall are those of `monitor.group.story.same` on pairs that people labelled; it learns nothing, and its
bounds were chosen with a view to them. Recall on copies counts entries that share their title with an earlier one and
join it. The joins of recorded feeds are printed, fifty of them, to be read: half of them under different titles.
"""

import gzip
import json
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from fnmatch import fnmatch
from pathlib import Path

from bench.noise.recorded import entries, feeds
from monitor.group.sketch import Sketch, keys, plain
from monitor.group.story import same
from monitor.model.entry import Entry
from monitor.model.feed import Feed, FeedState
from monitor.model.match import Decision, Reason
from monitor.model.record import NewEntry, PollRecord, Route
from monitor.model.secret import Secret
from monitor.store import Store
from monitor.store.sketches import sketched

NOW = datetime(2026, 1, 1, tzinfo=UTC)
#: Feeds that tell of the same things at the same time.
FEEDS = (
    *("bridge-world-mix", "bridge-ap", "bridge-reuters*", "bridge-guardian", "bridge-nyt", "bridge-yahoo-world"),
    *("rebuilt-*", "bridge-ru-*", "served-nytimes", "served-cnn"),
)
_LAST, _SHOWN, _STORED = 50, 50, 20_000
_FOLDS, _AIM = 5, 0.98


def main(corpus: Path) -> int:
    pairs(corpus / "dedup" / "story_pairs.jsonl")
    copies(corpus / "dedup" / "same_title.jsonl.gz")
    joins(corpus)
    stored()
    return 0


def pairs(file: Path) -> None:
    """Precision and recall on labelled pairs, whole and in five parts."""
    found: list[tuple[bool, bool]] = []
    for line in file.open(encoding="utf-8"):
        pair = json.loads(line)
        said = (Entry(title=pair[f"title{n}"], text=pair[f"text{n}"], link=pair[f"url{n}"]) for n in (1, 2))
        one, other = (sketched(entry, feed="", seen=NOW) for entry in said)
        found.append((bool(keys(one) & keys(other)) and same(one, other), pair["label"] == "same"))
    random.Random(1).shuffle(found)
    parts = [found[start::_FOLDS] for start in range(_FOLDS)]
    print(f"{len(found)} labelled pairs: {_scores(found)} (aim: {_AIM} at 0.6)")
    print(f"  in {_FOLDS} parts: {'; '.join(map(_scores, parts))}")


def _scores(found: list[tuple[bool, bool]]) -> str:
    count = Counter(found)
    right, wrong, missed = count[True, True], count[True, False], count[False, True]
    precision = f"{right / (right + wrong):.2f}" if right + wrong else "-"
    return f"precision {precision}, recall {right / (right + missed):.2f}"


def copies(file: Path) -> None:
    """Recall on entries that share a title."""
    joined: Counter[tuple[bool, bool]] = Counter()
    with gzip.open(file, "rt") as lines:
        for group in map(json.loads, lines):
            before: list[Sketch] = []
            items = [(parsedate_to_datetime(each["pubDate"]), each) for each in group["items"]]
            for at, item in sorted(items, key=lambda each: each[0]):
                one = sketched(Entry(title=item["title"], link=item["url"], published=at), feed="", seen=at)
                if before:
                    further = one.source not in {each.source for each in before}
                    joined[further, any(keys(one) & keys(each) and same(one, each) for each in before)] += 1
                before.append(one)
    for further, whose in ((True, "other publishers"), (False, "the same publisher")):
        right, total = joined[further, True], joined[further, True] + joined[further, False]
        print(f"copies by {whose}: {right} of {total} join, recall {right / total:.3f}")


def arrivals(corpus: Path) -> list[tuple[datetime, str, Entry]]:
    """What the feeds brought, in the order in which it came."""
    chosen = ((name, url) for name, url in feeds(corpus).items() if any(fnmatch(name, each) for each in FEEDS))
    came = [(at, name, entry) for name, url in chosen for at, entry in entries(corpus, name, url)]
    return sorted(came, key=lambda each: each[0])


def joins(corpus: Path) -> None:
    """Run recorded feeds through grouping; print what joined, to be read."""
    came = arrivals(corpus)
    sketches: list[tuple[Sketch, str, Entry]] = []
    index: defaultdict[int, list[int]] = defaultdict(list)
    pairs_found, compared, began = [], 0, time.process_time()
    for seen, feed, entry in came:
        one = sketched(entry, feed=feed, seen=seen)
        found = keys(one)
        candidates = sorted({each for key in found for each in index[key][-_LAST:]}, reverse=True)[:_LAST]
        for place in candidates:
            compared += 1
            if same(one, sketches[place][0]):
                pairs_found.append((place, len(sketches)))
                break
        for key in found:
            index[key].append(len(sketches))
        sketches.append((one, feed, entry))
    spent = (time.process_time() - began) / max(len(came), 1) * 1e6
    retitled = [(a, b) for a, b in pairs_found if plain(sketches[a][0].title) != plain(sketches[b][0].title)]
    print(
        f"{len(came):,} entries of {len({feed for _, feed, _ in came})} feeds: {len(pairs_found):,} joined, "
        f"{len(retitled)} of them under another title; {compared:,} comparisons, {spent:.0f} us CPU an entry"
    )
    _show(sketches, retitled, [each for each in pairs_found if each not in set(retitled)])


def _show(
    sketches: list[tuple[Sketch, str, Entry]], retitled: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    chance = random.Random(7)
    sample = chance.sample(retitled, min(_SHOWN // 2, len(retitled)))
    sample += chance.sample(others, min(_SHOWN - len(sample), len(others)))
    for number, pair in enumerate(sample, 1):
        for place in pair:
            one, feed, entry = sketches[place]
            said = " ".join(f"{entry.title} | {entry.summary}".split())[:150]
            print(f"{number:3} {one.when:%m-%d %H:%M} {feed[:20]:20} {one.source[:22]:22} {said}")


def stored() -> None:
    """What grouping costs in the store, and how large it makes the database."""
    for grouped in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            store = Store.open(Path(folder), now=NOW)
            store.sync([Feed(name="paper", url=Secret("https://paper.example"), shown_url="")], now=NOW)
            polls = list(_polls(grouped=grouped))
            began = time.process_time()
            for poll in polls:
                store.record(poll)
            spent = (time.process_time() - began) / _STORED * 1e6
            store.close()
            size = sum(each.stat().st_size for each in Path(folder).iterdir()) / _STORED
            print(
                f"stories {'group' if grouped else 'off':5}: {spent:.0f} us CPU and {size:.0f} bytes an entry to write"
            )


def _polls(*, grouped: bool) -> Iterator[PollRecord]:
    """Entries with teasers of thirty words, a twentieth of them copies, ten in a poll; nothing is forgotten."""
    chance, words = random.Random(3), [f"word{number}" for number in range(20_000)]
    routes = {"war": Route(receivers=(), grouped=grouped)}
    said: list[tuple[str, str]] = []
    for first in range(0, _STORED, 10):
        new = []
        for number in range(first, first + 10):
            title, summary = (" ".join(chance.choices(words, k=count)) for count in (9, 30))
            if said and chance.random() < 1 / 20:
                title, summary = chance.choice(said[-1000:])
            said.append((title, summary))
            entry = Entry(
                id=str(number), link=f"https://p{number % 900}.example/{number}", title=title, summary=summary
            )
            decisions = (Decision(watchlist="war", reason=Reason.NO_MATCH),)
            new.append(NewEntry(entry=entry, aliases=(str(number).encode(),), decisions=decisions))
        state = FeedState(feed="paper", next_poll=NOW)
        yield PollRecord(at=NOW + timedelta(seconds=first), state=state, new=tuple(new), routes=routes)
