"""How late entries are found, and with how many polls: our schedule beside fixed intervals and Miniflux's rule.

    python -m bench rhythm CORPUS [--every MINUTES]

Simulated on the recorded sequences of CORPUS, with the schedule that the service uses; nothing is fetched. An entry
arrives when it is published; its delay is the time until the next poll, and a poll finds what has arrived. Entries of a
run's first version are what a first poll finds: their times are a history for those rules that use one.

What the recordings are worth: those of publishers' own feeds lie hours apart, so an entry counts as arrived at the time
that it gives itself, if that lies between the version that first has it and the one before; if not, at the version's
time where the two lie within an hour, else not at all (counted as "not placed"). Where there is no version for a day,
a run ends and the next begins with nothing known. Bridge feeds change when their maker makes them, every 40 minutes or
so: an entry arrives with the version that first has it. "missed" are entries that a later version had dropped before
the poll. Publishers' hints (ttl, max-age) are left out for all rules.

Miniflux 2.3's entry_frequency is as in its source, with its defaults (5 minutes to 24 hours, factor 1): a week by the
number of entries that a week would bring at the mean gap of the last week's entries, by publication.
"""

import argparse
import bisect
import gzip
import html
import itertools
import json
import math
import random
import re
import statistics
import tarfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from monitor.model.feed import Feed, Validators
from monitor.model.poll import Fetched, Parsed
from monitor.model.rhythm import Hints, Rhythm
from monitor.model.secret import Secret
from monitor.parse.document import parse_document
from monitor.schedule import learn, plan

MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
_ENTRY = re.compile(rb"<(item|entry)[\s>].*?</\1>", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Run:
    """A feed over a time in which it was recorded without long gaps."""

    kind: str
    start: datetime
    end: datetime
    #: Times of the entries that are there at the start.
    before: list[datetime]
    #: When an entry arrives, and when it is gone; in order.
    entries: list[tuple[datetime, datetime]]
    not_placed: int


class Rule(Protocol):
    """Decides when to poll."""

    def next_poll(self, now: datetime, new: Sequence[datetime], /) -> datetime:
        """After a poll that found entries published then."""
        ...


@dataclass
class Fixed:
    every: timedelta

    def next_poll(self, now: datetime, _: Sequence[datetime], /) -> datetime:
        return now + self.every


@dataclass
class Ours:
    feed: Feed
    chance: random.Random
    rhythm: Rhythm = field(default_factory=Rhythm)

    def next_poll(self, now: datetime, new: Sequence[datetime]) -> datetime:
        self.rhythm = learn(self.rhythm, new, now=now)
        return plan(self.feed, self.rhythm, Hints(), now=now, gap=None, chance=self.chance.random()).next_poll


@dataclass
class Miniflux:
    least: timedelta = 5 * MINUTE
    most: timedelta = DAY
    published: list[datetime] = field(default_factory=list)

    def next_poll(self, now: datetime, new: Sequence[datetime]) -> datetime:
        self.published = [at for at in [*self.published, *new] if at >= now - WEEK]
        span = max(self.published, default=now) - min(self.published, default=now)
        if not span:
            return now + self.most
        weekly = math.ceil(WEEK / (span / (len(self.published) - 1)))
        return now + max(min(WEEK / weekly, self.most), self.least)


@dataclass
class Figures:
    polls: int = 0
    finds: int = 0
    missed: int = 0
    delays: list[timedelta] = field(default_factory=list)

    def __str__(self) -> str:
        waits = sorted(delay / MINUTE for delay in self.delays)
        median, late, mean = waits[len(waits) // 2], waits[int(len(waits) * 0.95)], statistics.fmean(waits)
        found = f"{self.finds / self.polls:9.0%}{len(waits) / max(self.finds, 1):9.1f}{self.missed:8}"
        return f"{self.polls:10,}{median:9.1f}{late:9.1f}{mean:9.1f}{found}"


def simulate(run: Run, rule: Rule, figures: Figures, chance: random.Random) -> None:
    """Poll a feed through a run; the first poll is at its start, the second somewhere in the first interval."""
    at = rule.next_poll(run.start, run.before)
    at = run.start + (at - run.start) * chance.random()
    waiting = iter([*run.entries, (datetime.max.replace(tzinfo=UTC), run.end)])
    entry = next(waiting)
    figures.polls += 1
    while True:
        new = []
        while entry[0] <= at:
            new.append(entry[0])
            figures.delays.append(at - entry[0])
            figures.missed += entry[1] < at
            entry = next(waiting)
        figures.polls += 1
        figures.finds += bool(new)
        if at >= run.end:
            return
        at = rule.next_poll(at, new)


def stamp(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def published(archive: Path) -> dict[str, datetime | None]:
    """When each entry of a sequence says that it was published, by the oracle's key. Each is parsed once."""
    seen: set[bytes] = set()
    found: dict[str, datetime | None] = {}
    with tarfile.open(archive) as tar:
        for body in (file.read() for member in tar if (file := tar.extractfile(member))):
            places = [*_ENTRY.finditer(body)]
            fresh = [place[0] for place in places if place[0] not in seen]
            seen.update(fresh)
            if fresh:
                document = body[: places[0].start()] + b"".join(fresh) + body[places[-1].end() :]
                parsed = parse_document(Fetched(body=document, content_type="", url="", validators=Validators()))
                for entry in parsed.entries if isinstance(parsed, Parsed) else ():
                    key = html.unescape(entry.id or entry.link).replace("&ampref=", "&ref=")
                    found.setdefault(key, entry.published)
    return found


def runs(
    kind: str, times: list[datetime], items: Sequence[dict[str, str]], dates: dict[str, datetime | None]
) -> Iterator[Run]:
    cuts = [at for at, (one, two) in enumerate(itertools.pairwise(times), 1) if kind == "as-served" and two - one > DAY]
    for first, last in itertools.pairwise([0, *cuts, len(times)]):
        versions = times[first:last]
        if versions[-1] - versions[0] >= DAY:
            yield one_run(kind, versions, items, dates)


def one_run(
    kind: str, versions: list[datetime], items: Sequence[dict[str, str]], dates: dict[str, datetime | None]
) -> Run:
    start, end = versions[0], versions[-1]
    before, entries, not_placed = [], [], 0
    for item in items:
        came, left = stamp(item["first"]), stamp(item["last"])
        said = dates.get(html.unescape(item["key"]))
        if came <= start <= left:
            before.append(said or start)
        if not start < came <= end:
            continue
        previous = versions[bisect.bisect_left(versions, came) - 1]
        gone = versions[bisect.bisect(versions, left)] if left < end else datetime.max.replace(tzinfo=UTC)
        if kind != "bridge" and said and previous < said <= came:
            entries.append((said, gone))
        elif kind == "bridge" or came - previous <= HOUR:
            entries.append((came, gone))
        else:
            not_placed += 1
    return Run(kind=kind, start=start, end=end, before=before, entries=sorted(entries), not_placed=not_placed)


def load(sequences: Path) -> list[Run]:
    times: dict[str, set[datetime]] = {}
    for row in map(json.loads, (sequences / "manifest.jsonl").open()):
        times.setdefault(row["feed"], set()).add(stamp(row["time"]))
    items: dict[str, list[dict[str, str]]] = {}
    with gzip.open(sequences / "items.jsonl.gz", "rt", encoding="utf-8") as lines:
        for item in map(json.loads, lines):
            items.setdefault(item["feed"], []).append(item)
    kinds = {row["id"]: row["kind"] for row in map(json.loads, (sequences / "feeds.jsonl").open())}
    return [
        run
        for name, kind in kinds.items()
        for run in runs(kind, sorted(times[name]), items[name], published(sequences / f"{name}.tar.xz"))
    ]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--every", type=int, default=5, help="our floor, in minutes")
    given = parser.parse_args(arguments)
    chance = random.Random(1)
    feed = Feed(name="paper", url=Secret(""), shown_url="", every=given.every * MINUTE)
    rules: dict[str, Callable[[], Rule]] = {f"every {wait} min": partial_fixed(wait) for wait in (5, 15, 60)}
    rules |= {"Miniflux": Miniflux, f"ours, every: {given.every}m": lambda: Ours(feed, chance)}
    found = load(given.corpus / "sequences")
    for kind in ("as-served", "rebuilt", "bridge", ""):
        some = [run for run in found if run.kind == kind or not kind]
        days = sum((run.end - run.start for run in some), timedelta(0)) / DAY
        entries, lost = sum(len(run.entries) for run in some), sum(run.not_placed for run in some)
        print(f"\n{kind or 'all'}: {entries:,} entries in {days:,.0f} days of {len(some)} runs; {lost:,} not placed")
        print(f"{'':20}{'polls':>10}{'median':>9}{'p95':>9}{'mean':>9}{'finding':>9}{'each':>9}{'missed':>8}")
        for name, rule in rules.items():
            figures = Figures()
            for run in some:
                simulate(run, rule(), figures, chance)
            print(f"{name:20}{figures}", flush=True)
    print("\nDelays in minutes; finding: polls that found anything; each: entries that such a poll found.")
    return 0


def partial_fixed(minutes: int) -> Callable[[], Rule]:
    return lambda: Fixed(minutes * MINUTE)
