"""Polls every version of the corpus's feeds and says which entries would be lost, or alerted twice.

python -m bench identity CORPUS [PATTERN]     PATTERN picks feeds by name: 'served*'

An entry of the oracle that was not in the first version must be new exactly once. Where all entries of a feed come to
share one key (bridge-ru-meduza), titles take its place.
"""

import gzip
import html
import json
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from monitor.identity import identities, marks, unseen
from monitor.model.entry import Entry
from monitor.model.feed import Validators
from monitor.model.poll import Fetched, Parsed
from monitor.parse.document import parse_document

#: Titles of one key from which on it is no key.
_MANY = 50


def documents(archive: Path, url: str) -> Iterator[Parsed]:
    """The feed's versions in the order of time, each as often as it changed."""
    with tarfile.open(archive) as tar:
        bodies = {member.name: file.read() for member in tar if (file := tar.extractfile(member))}
    before = b""
    for _, body in sorted(bodies.items()):
        if body != before:
            outcome = parse_document(Fetched(body=body, content_type="", url=url, validators=Validators()))
            if isinstance(outcome, Parsed):
                yield outcome
        before = body


def polled(archive: Path, url: str) -> Counter[tuple[str, str]]:
    """How often each key and title was new, the first version apart."""
    known: set[bytes] = set()
    news: Counter[tuple[str, str]] = Counter()
    first = True
    for document in documents(archive, url):
        found = identities([marks(entry) for entry in document.entries])
        if not first:
            news.update(_key(document.entries[place]) for place in unseen(found, known))
        known.update(alias for identity in found for alias in identity.aliases)
        first = False
    return news


def _key(entry: Entry) -> tuple[str, str]:
    return html.unescape(entry.id or entry.link).replace("&ampref=", "&ref="), entry.title


def main(arguments: Sequence[str]) -> int:
    corpus, pattern = Path(arguments[0]), (*arguments, "*")[1]
    sequences = corpus / "sequences"
    expected: dict[str, set[str]] = defaultdict(set)
    with gzip.open(sequences / "items.jsonl.gz", "rt") as lines:
        for item in map(json.loads, lines):
            if not item.get("backlog"):
                expected[item["feed"]].add(html.unescape(item["key"]))
    urls = {feed["id"]: feed["url"] for feed in map(json.loads, (sequences / "feeds.jsonl").open())}
    print(f"{'feed':34}{'expected':>10}{'new':>10}{'lost':>8}{'doubled':>8}")
    total: Counter[str] = Counter()
    for archive in sorted(sequences.glob(f"{pattern}.tar.xz")):
        name = archive.name.removesuffix(".tar.xz")
        news = polled(archive, urls[name])
        keys: Counter[str] = Counter()
        for (key, _), count in news.items():
            keys[key] += count
        shared = {key for key, count in Counter(key for key, _ in news).items() if count >= _MANY}
        doubled = [key for key, count in keys.items() if count > 1 and key not in shared]
        doubled += [title for (key, title), count in news.items() if key in shared and count > 1]
        lost = expected[name] - keys.keys()
        print(f"{name:34}{len(expected[name]):10,}{news.total():10,}{len(lost):8}{len(doubled):8}", flush=True)
        for what, which in (("lost", lost), ("doubled", doubled), ("shared by different entries", shared)):
            for key in sorted(which)[:10]:
                print(f"    {what}: {key}")
        total.update(expected=len(expected[name]), new=news.total(), lost=len(lost), doubled=len(doubled))
    print(f"{'all':34}{total['expected']:10,}{total['new']:10,}{total['lost']:8}{total['doubled']:8}")
    return int(total["lost"] + total["doubled"] > 0)
