"""What a new entry costs, stage by stage: CPU time, of entries that come alone and of those that come fifty at once.

    python -m bench stages [--times N]

parse        the document, in which only new entries are read
identity     what each entry is known by, those of the last document included, and which are new
match        1,000 terms
boilerplate  what is kept of the site is read and unpacked; the entry is learnt and judged, and that is packed
store        entry, aliases, decisions, alerts and what is known of the site, in one transaction, safe on the disk
stories      what comes to that when watchlists want stories: finding, comparing, joining

Each is called as a poll does, but in one thread, one after the other; the network and what a poll costs that brings
nothing are in `bench poll`.
"""

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.paper import ENTRIES, document
from bench.poll import TERMS, watched
from monitor.identity import deciding, identities, unseen
from monitor.model.alert import Receiver
from monitor.model.configuration import Configuration, Settings
from monitor.model.feed import Feed, FeedState, Validators
from monitor.model.poll import Fetched, Parsed
from monitor.model.record import PollRecord, Route
from monitor.model.secret import Secret
from monitor.parse.document import parse_document
from monitor.pipeline import Desk
from monitor.pipeline.boilerplate import Reading, judge, remembered
from monitor.pipeline.decide import decide, oldest_first
from monitor.pipeline.memory import Memory, complete
from monitor.store import Store

HOST = "paper.example"
FEED = Feed(name="paper", url=Secret(f"http://{HOST}/feed"), shown_url=f"http://{HOST}/feed")
BEGAN = datetime(2024, 6, 3, tzinfo=UTC)
STAGES = ("parse", "identity", "match", "boilerplate", "store", "stories")


class Way:
    """The way of entries of one feed, with what it took."""

    def __init__(self, folder: Path) -> None:
        configuration = Configuration(
            settings=Settings(data=folder, timezone=ZoneInfo("UTC")),
            feeds=(FEED,),
            watchlists=(watched(),),
            receivers=(Receiver(name="desk", url=Secret("json://desk.example")),),
        )
        self.desk = Desk.of(configuration)
        self.stores = {grouped: Store.open(folder / str(grouped), now=BEGAN) for grouped in (True, False)}
        for store in self.stores.values():
            store.sync([FEED], now=BEGAN)
        self.memory = Memory()
        self.spent: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        before = time.process_time()
        yield
        self.spent[name] += time.process_time() - before

    def go(self, newest: int) -> int:
        """Take a document; return how many of its entries are new."""
        at, body = BEGAN + timedelta(minutes=newest), document(HOST, newest=newest, built=newest)
        last = self.memory.last(FEED.name, b"")
        with self.stage("parse"):
            outline = last.parsed.outline if last else None
            fetched = Fetched(body=body, content_type="", url=FEED.shown_url, validators=Validators())
            parsed = parse_document(fetched, frozenset(outline.entries if outline else ()))
        assert isinstance(parsed, Parsed)
        with self.stage("identity"):
            reading = complete(parsed, last)
            identified = identities(reading.marks)
            places = unseen(identified, reading.stored)
        with self.stage("match"):
            found = [(entry, identified[place]) for place in places if (entry := reading.entries[place])]
            new = decide(oldest_first(found), 0, FEED.name, self.desk)
        with self.stage("boilerplate"):
            readings = [Reading(feed=FEED.name, entry=each.entry, decisions=each.decisions) for each in new]
            made = judge(readings, remembered(self.stores[True], readings), self.desk, at=at)
        verdicts = zip(new, made.decisions, made.own, strict=True)
        poll = PollRecord(
            at=at,
            state=FeedState(feed=FEED.name, next_poll=at, baselined=True),
            routes=self.desk.routes,
            new=tuple(replace(each, decisions=decided, own=own) for each, decided, own in verdicts),
            ledgers=made.ledgers,
        )
        with self.stage("grouped"):
            self.stores[True].record(poll)
        with self.stage("store"):
            self.stores[False].record(replace(poll, routes=ungrouped(poll.routes)))
        self.spent["stories"] = self.spent["grouped"] - self.spent["store"]
        aliases = frozenset(alias for each in identified for alias in each.aliases)
        self.memory.keep(FEED.name, reading, b"", deciding(identified, aliases))
        return len(new)

    def close(self) -> None:
        for store in self.stores.values():
            store.close()


def ungrouped(routes: Mapping[str, Route]) -> dict[str, Route]:
    return {name: replace(route, grouped=False) for name, route in routes.items()}


def costs(at_once: int, times: int) -> Mapping[str, float]:
    """Return CPU ms an entry by stage."""
    with tempfile.TemporaryDirectory() as folder:
        way = Way(Path(folder))
        way.go(newest := 1000)
        way.spent.clear()
        for _ in range(times):
            newest += at_once
            assert way.go(newest) == at_once
        way.close()
    return {stage: way.spent[stage] / times / at_once * 1e3 for stage in STAGES}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100, help="documents of each kind (default 100)")
    options = parser.parse_args(arguments)
    alone, many = (costs(at_once, options.times) for at_once in (1, ENTRIES))
    print(f"CPU ms a new entry, {TERMS:,} terms   alone   {ENTRIES} at once")
    rows = [(stage, alone[stage], many[stage]) for stage in STAGES]
    for name, one, of_many in [*rows, ("all", sum(alone.values()), sum(many.values()))]:
        print(f"{name:29}{one:8.3f}{of_many:13.3f}")
    return 0
