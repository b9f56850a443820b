"""What sites repeat: whether it is learnt, what it costs until then, and whether anything else is silenced."""

import csv
import json
import re
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random

from bench.noise import recorded
from monitor.errors import TermInvalid
from monitor.match import Matcher
from monitor.match.grammar import parse
from monitor.match.verdict import weighed
from monitor.model.entry import Entry
from monitor.model.match import Reason
from monitor.model.watchlist import Watchlist
from monitor.text.boilerplate import FEED_FIELDS, PAGE_FIELDS, Known, Ledger, page, repeated, without_boilerplate
from monitor.text.boilerplate.packed import pack, unpack
from monitor.text.boilerplate.passages import Passage, alike, fingerprint, parts
from monitor.text.fold import fold
from monitor.text.html import html_to_text
from monitor.text.words import tokens

Arrivals = Sequence[tuple[datetime, Entry]]

#: Lines of the corpus's README, by the feeds that repeat them.
LISTED = {"bridge-guardian": "continue reading", "bridge-thinktanks": "appeared first on"}
#: Share of a feed's entries, and number of them, from which on what they repeat ought to be learnt.
RECURS, AT_LEAST = 0.3, 12
BANNER = (
    "… we have a small favour to ask. This paper was unfairly called a foreign agent by the authorities of its "
    "country. Please support us from two crowns a month."
)
BACKGROUND = "The politician was arrested when he came back, after doctors abroad had treated him for a poisoning."
#: Entries of a feed before and after a banner goes up; stories of a feed that are looked at.
BEFORE, AFTER, STORIES = 70, 75, 25
SHOWN = 50
NOW = datetime(2024, 6, 3, tzinfo=UTC)


def main(corpus: Path) -> int:
    matcher = Matcher(watchlists(corpus / "watchlists"))
    missed, silenced, blanked, costs = 0, list[str](), list[str](), Counter[str]()
    banners, stories, random = list[int | None](), list[bool](), Random(1)
    for name, url in recorded.feeds(corpus).items():
        arrivals = recorded.entries(corpus, name, url)
        missed += recurring(name, arrivals, costs)
        found = silences(name, arrivals, matcher)
        silenced += found[0]
        blanked += found[1]
        if len(arrivals) > BEFORE + AFTER and any(entry.summary for _, entry in arrivals):
            banners += [banner(arrivals, random) for _ in range(3)]
            stories += told(arrivals, random)
    print(f"\nlearning from an entry: {costs['ns'] / costs['entries'] / 1000:.0f} µs, {costs['entries']:,} entries")
    print(f"a banner goes up, in {len(banners)} places: pages until it is learnt: {Counter(banners).most_common()}")
    print(f"background of stories: {sum(stories)} of {len(stories)} learnt")
    for what, which in (("matches of real watchlists that are boilerplate", silenced), ("passages blanked", blanked)):
        print(f"{what}: {len(which):,}; up to {SHOWN} to be read, _ is left:")
        for each in random.sample(which, min(SHOWN, len(which))):
            print(f"    {each}")
    articles(corpus / "articles")
    million()
    return int(missed > 0 or any(stories))


def recurring(name: str, arrivals: Arrivals, costs: Counter[str]) -> int:
    """Print what a feed repeats, and whether it was learnt; return how much of what ought to be was not."""
    ledger, said = Ledger(), Counter[str]()
    learnt: dict[bytes, Known] = {}
    for at, entry in arrivals:
        begun = time.process_time_ns()
        its = page(entry, FEED_FIELDS)
        ledger.learn(its, at)
        costs.update(ns=time.process_time_ns() - begun, entries=1)
        said.update({passage.said for passage in its.passages})
        learnt |= {each.print: each for each in ledger.learnt()}
    if learnt:
        print(f"{name}: {len(arrivals):,} entries, {len(learnt)} passages learnt, {len(pack(ledger)):,} bytes")
        for each in learnt.values():
            print(f"    learnt, {each.entries:,} entries: {each.said[:120]}")
    minima = [parts(each) for each in learnt]
    missed = 0
    for words, count in said.items():
        if count >= AT_LEAST and (count >= RECURS * len(arrivals) or LISTED.get(name, "\n") in words):
            found = any(alike(parts(fingerprint(words)), each) for each in minima)
            missed += not found
            print(f"    recurs, {'learnt' if found else 'NOT LEARNT'}, {count:,} of {len(arrivals):,}: {words[:90]}")
    return missed


def silences(name: str, arrivals: Arrivals, matcher: Matcher) -> tuple[list[str], list[str]]:
    """Return the matches in a feed that lie in boilerplate alone, and all that is blanked in it."""
    ledger, found, blanked = Ledger(), list[str](), list[str]()
    for at, entry in arrivals:
        its = page(entry, FEED_FIELDS)
        ledger.learn(its, at)
        if not (said := repeated(its, ledger)):
            continue
        own = without_boilerplate(entry, said)
        blanked += (f"{name}: {entry.title[:40]}: {_gone(entry, own, each.passage)!r}" for each in said)
        whole = matcher.decide(entry)
        for made in weighed(whole, matcher.decide(own, languages=matcher.languages(entry)), ()):
            if made.reason is Reason.BOILERPLATE:
                match = made.matches[0]
                around = entry.field(match.field)[max(0, match.start - 60) : match.end + 60]
                found.append(f"{name}: {entry.title[:50]}: {match.term}: {around!r}")
    return found, blanked


def _gone(entry: Entry, own: Entry, passage: Passage) -> str:
    """What of a passage is blanked, in 200 characters."""
    texts = (each.field(passage.field)[passage.start : passage.end] for each in (entry, own))
    return "".join(letter if letter != left else "_" for letter, left in zip(*texts, strict=True))[:200]


def banner(arrivals: Arrivals, random: Random) -> int | None:
    """Return at which of its pages a banner that goes up somewhere in a feed is learnt."""
    start = random.randrange(BEFORE, len(arrivals) - AFTER)
    ledger = Ledger()
    for place, (at, entry) in enumerate(arrivals[start - BEFORE : start + AFTER]):
        up = place >= BEFORE
        more = random.choice(" \n") + BANNER
        ledger.learn(page(replace(entry, summary=entry.summary + more) if up else entry, FEED_FIELDS), at)
        if up and any("unfairly called" in each.said for each in ledger.learnt()):
            return place - BEFORE + 1
    return None


def told(arrivals: Arrivals, random: Random) -> Iterator[bool]:
    """Give reports that share a word of their titles the same background; yield for each story if it was learnt."""
    about: dict[str, list[int]] = {}
    for place, (_, entry) in enumerate(arrivals):
        for word in {each[:5] for each in tokens(fold(entry.title)) if len(each) >= 5}:
            about.setdefault(word, []).append(place)
    some = [places for places in about.values() if 6 <= len(places) <= len(arrivals) / 5]
    for places in random.sample(some, min(STORIES, len(some))):
        ledger, its = Ledger(), {each for each in places if each < places[0] + 250}
        for place in range(max(0, places[0] - BEFORE), max(its) + 1):
            at, entry = arrivals[place]
            entry = replace(entry, summary=f"{entry.summary}\n{BACKGROUND}") if place in its else entry
            ledger.learn(page(entry, FEED_FIELDS), at)
        yield any("poisoning" in each.said for each in ledger.learnt())


def watchlists(folder: Path) -> list[Watchlist]:
    """The terms of real monitors that are terms of ours."""
    found = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            terms = [row["term"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
        found.append(Watchlist(name=path.stem, any=tuple(filter(_is_term, terms))))
    return found


def _is_term(text: str) -> bool:
    try:
        parse(text)
    except TermInvalid:
        return False
    return True


def articles(folder: Path) -> None:
    """Print what the pages of each site repeat, and what of it is learnt."""
    pages: dict[str, list[Entry]] = {}
    for each in map(json.loads, (folder / "articles.jsonl").open()):
        with tarfile.open(folder / f"{each['site']}.tar.xz") as tar:
            file = tar.extractfile(each["file"])
            assert file
            pages.setdefault(each["site"], []).append(
                Entry(link=each["url"], article=file.read().decode("utf-8", "replace"))
            )
    ways: dict[str, Callable[[str], str]] = {"all of the page": html_to_text}
    if find_spec("trafilatura"):
        ways["extracted"] = _extracted
    for way, text in ways.items():
        print(f"\npages, {way}: site, pages, different ones, paragraphs in 2, in 4, learnt")
        for site, raw in pages.items():
            _site(site, [replace(each, title=_title(each.article), article=text(each.article)) for each in raw])


def _site(site: str, pages: Sequence[Entry]) -> None:
    ledger, said = Ledger(), Counter[str]()
    for each in pages:
        its = page(each, PAGE_FIELDS)
        ledger.learn(its, NOW)
        said.update({passage.said for passage in its.passages})
    twice, often = (sum(count >= least for count in said.values()) for least in (2, 4))
    learnt = [each.said for each in ledger.learnt()]
    print(f"  {site:20}{len(pages):4}{len(ledger.seen):4}{twice:6}{often:6}{len(learnt):6}")
    for words, count in said.most_common(3):
        print(f"        {'learnt' if words in learnt else 'not learnt'}, {count} pages: {words[:100]}")


def _title(html: str) -> str:
    found = re.search("<title[^>]*>([^<]*)", html)
    return html_to_text(found[1]) if found else ""


def _extracted(html: str) -> str:
    return import_module("trafilatura").extract(html, include_comments=False) or ""


def million(sites: int = 8, each: int = 500) -> None:
    """Print what ledgers take and cost, and come to for many sites: what one takes is to grow no more after a while."""
    random = Random(2)
    words = ["".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=random.randrange(3, 9))) for _ in range(20_000)]
    size, begun = Counter[int](), time.process_time()
    for _ in range(sites):
        packed = pack(Ledger())
        for number in range(1, each + 1):
            lines = [" ".join(random.choices(words, k=random.randrange(8, 60))) for _ in range(random.randrange(6, 30))]
            said = "\n".join([*lines, *BANNER.split(". "), f"{number % 28} May 2024, {number} comments"])
            entry = Entry(title=lines[0][:60], link=f"https://x.example/{number}", article=said)
            ledger = unpack(packed)
            ledger.learn(page(entry, PAGE_FIELDS), NOW)
            packed = pack(ledger)
            if number % (each // 5) == 0:
                size[number] += len(packed)
    spent = (time.process_time() - begun) / (sites * each) * 1e3
    print(
        f"\n{sites * each:,} pages of {sites} sites, one at a time: {spent:.1f} ms each, read and written; of one site:"
    )
    for number, total in size.items():
        print(
            f"    after {number:,} pages {total / sites / 1000:.1f} KB; of 900 sites {total / sites * 900 / 1e6:.1f} MB"
        )
