"""A day of many feeds, some of which break: whether each is asked, politely, all found, and what broke named.

    python -m bench day CORPUS [--feeds 900] [--hours 24] [--faulty 10] [--hosts 250] [--glob '*']

CORPUS holds replay.py and sequences/. The recorded feeds, each copied as often as needed, are served from 127.0.0.1 and
the addresses after it (Linux has them all). The real parts of the service poll what their store says is due, as the
service does, deliver alerts and notices through Apprise to webhooks, and live in virtual time, as the server does: it
stands while anything is at work, and then twenty seconds pass. So a poll that is never answered takes its thirty
seconds, and a host its pause, but nobody waits for them.

Of the feeds, `--faulty` per cent break, by every kind of fault that the server knows (see bench/day/faults.py). The
exit code is 0 if no feed was forgotten, nothing lost, doubled, or told other than once, nobody could object, and every
feed that was broken from the first request on was named.
"""

import argparse
import asyncio
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from bench.day import found, manners
from bench.day.faults import NOWHERE, Fault, faults
from bench.day.life import live
from bench.day.tidings import Tidings
from bench.day.travel import ReplayServer, TravellingLoop
from bench.day.verdict import Verdict
from bench.replay import WORDS, Corpus, replayed
from monitor.cli.logs import LogFormat, configure
from monitor.store import Store
from monitor.warm import warm
from tests.servers import Webhook

#: Documents of a megabyte and more: two thirds of all bytes, of which no copies are needed.
LARGE = frozenset({"bridge-guardian", "bridge-world-mix"})
HOUR = timedelta(hours=1)
#: What the server says that its answers stay fresh: longer than `every` of half of the feeds.
MAX_AGE = timedelta(minutes=7)
EVERY = (timedelta(minutes=5), timedelta(minutes=10))


@dataclass(frozen=True)
class Plan:
    """What is to be done."""

    corpus: Corpus
    feeds: int
    day: timedelta
    #: Per cent of the feeds.
    faulty: float
    #: Addresses that serve them.
    hosts: int

    @property
    def options(self) -> tuple[str, ...]:
        """What the replay server is told of it."""
        copies = -(-self.feeds // max(len(set(self.corpus.feeds) - LARGE), 1))
        given = {"copies": copies, "hosts": self.hosts, "max-age": int(MAX_AGE.total_seconds())}
        return ("--redate", *(f"--{name}={value}" for name, value in given.items()))

    def chosen(self, served: Sequence[Mapping[str, str]]) -> dict[str, str]:
        """Return the address of each feed to be asked: all recordings once before any twice."""
        urls = {each["id"]: each["url"] for each in served}
        copies = {feed: int(feed.partition("~")[2] or 0) for feed in urls}
        wanted = [feed for feed in urls if not copies[feed] or feed.partition("~")[0] not in LARGE]
        return {feed: urls[feed] for feed in sorted(wanted, key=lambda feed: copies[feed])[: self.feeds]}


def run(plan: Plan, folder: Path) -> Verdict:
    """Live through a day, and judge it; the folder takes the configuration and the data."""
    with Webhook() as desk, Webhook() as health, replayed(plan.corpus, *plan.options) as base:
        server = ReplayServer(base)
        feeds = plan.chosen(server.feeds())
        broken = faults(list(feeds), percent=plan.faulty)
        path = written(folder, feeds, broken, desk=desk, health=health)
        tidings = Tidings(health, feeds)
        warm()
        with asyncio.Runner(loop_factory=TravellingLoop) as runner:
            figures = runner.run(live(path, plan.day, broken, server, tidings))
        log = server.log()
        polite = manners.judge(
            log,
            server.score(),
            every={feed: _every(place) for place, feed in enumerate(feeds)},
            hosts={feed: urlsplit(url).hostname or "" for feed, url in feeds.items()},
            max_age=MAX_AGE,
        )
    store = Store.read(folder / "data")
    assert store is not None
    findings = found.judge(store, plan.corpus, log, desk)
    store.close()
    return Verdict(plan.day, broken, figures, polite, findings, tidings)


def written(
    folder: Path, feeds: Mapping[str, str], broken: Mapping[str, Fault], *, desk: Webhook, health: Webhook
) -> Path:
    """Write the configuration of a run; JSON is YAML too."""

    def url(feed: str) -> str:
        spec = broken[feed].spec if feed in broken else ""
        plain = feed.replace("~", "-").replace("_", "-")
        return NOWHERE[spec].format(host=urlsplit(feeds[feed]).hostname, feed=plain) if spec in NOWHERE else feeds[feed]

    config = {
        "settings": {"full_text": "no", "allow_private": ["127.0.0.0/8"], "timezone": "UTC", "health": ["health"]},
        "receivers": {"desk": desk.url, "health": health.url},
        "feeds": [
            {"name": feed, "url": url(feed), "every": f"{_every(place).seconds}s"} for place, feed in enumerate(feeds)
        ],
        "watchlists": {"words": {"any": [f"={word}" for word in WORDS], "in": ["title"], "notify": ["desk"]}},
    }
    path = folder / "config.yaml"
    path.write_text(json.dumps(config, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _every(place: int) -> timedelta:
    return EVERY[place % len(EVERY)]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--feeds", type=int, default=900)
    parser.add_argument("--hours", type=float, default=24)
    parser.add_argument("--faulty", type=float, default=10, help="per cent of the feeds")
    parser.add_argument("--hosts", type=int, default=250)
    parser.add_argument("--glob", default="*", help="which recordings")
    given = parser.parse_args(arguments)
    configure(LogFormat.TEXT, verbose=False, quiet=True)
    corpus = Corpus.of(given.corpus, glob=given.glob, kinds=("as-served", "bridge", "rebuilt"), versions=None)
    with tempfile.TemporaryDirectory() as folder:
        verdict = run(Plan(corpus, given.feeds, given.hours * HOUR, given.faulty, given.hosts), Path(folder))
    print(verdict)
    return int(not verdict.is_good)
