"""What it saves to parse only the entries that are new, and whether that gives what parsing all of them does.

    python -m bench parts                        CPU time of each way that a document can have changed
    python -m bench parts CORPUS [--step N]      also every fixture, and every Nth version of every recorded feed (20)

The whole is read by feedparser.parse, for a document type declaration is put into it. Of each fixture's entries the
first, the middle one and the last are read without the others; of each recorded version, what the one before it had
not.
"""

import argparse
import dataclasses
import fnmatch
import re
import tarfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from bench.paper import ENTRIES, document
from bench.parsing import bodies
from monitor.model.feed import Validators
from monitor.model.poll import Fetched, Parsed, ParseOutcome
from monitor.parse.document import parse_document
from monitor.parse.outline import unchanged

_DECLARATION = re.compile(rb"^\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*\?>)?")
HOST = "paper.example"


def fetched(body: bytes) -> Fetched:
    return Fetched(body=body, content_type="", url=f"http://{HOST}/feed", validators=Validators())


def whole(body: bytes) -> ParseOutcome:
    """Have a document read by feedparser alone."""
    end = _DECLARATION.match(body)
    at = end.end() if end else 0
    return parse_document(fetched(body[:at] + b"\n<!DOCTYPE feed>\n" + body[at:]))


def differs(body: bytes, known: frozenset[bytes]) -> str:
    """Say what came of parsing a document without known entries: "" if it is what the whole gives."""
    part, all_of_it = parse_document(fetched(body), known), whole(body)
    if not isinstance(part, Parsed) or not isinstance(all_of_it, Parsed):
        return "" if part == all_of_it else "no feed"
    entries = all_of_it.entries
    if part.outline:
        its = zip(entries, part.outline.entries, strict=True)
        entries = tuple(entry for entry, digest in its if digest not in known)
    expected = dataclasses.replace(all_of_it, entries=entries, outline=part.outline)
    return "" if part == expected else "other values"


def fixtures(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what was read, and what became of it."""
    for name, body in bodies(folder):
        first = parse_document(fetched(body))
        if not isinstance(first, Parsed) or first.outline is None:
            yield name, "read whole"
            continue
        digests = first.outline.entries
        for at in {0, len(digests) // 2, len(digests) - 1}:
            yield f"{name} entry {at}", differs(body, frozenset(digests) - {digests[at]}) or "the same"
        yield name, differs(body, frozenset()) or "the same"


def sequences(folder: Path, *, glob: str = "*", step: int = 20, most: int = 10**6) -> Iterator[tuple[str, str]]:
    """Yield every pair of versions that was read, and what became of it."""
    for archive in sorted(folder.glob("*.tar.xz")):
        if not fnmatch.fnmatch(archive.name, f"{glob}.tar.xz"):
            continue
        with tarfile.open(archive) as tar:
            versions = sorted((each.name, file.read()) for each in tar if (file := tar.extractfile(each)))
        for (_, before), (name, after) in list(pairwise(versions))[::step][:most]:
            last = parse_document(fetched(before))
            if not isinstance(last, Parsed) or last.outline is None:
                yield name, "read whole"
                continue
            became = differs(after, frozenset(last.outline.entries))
            yield name, became or ("but for dates unchanged" if unchanged(fetched(after), last.outline) else "the same")


def cpu(work: Callable[[], object], times: int = 40) -> float:
    """Return the least CPU time in ms: what else the machine does only adds to it."""
    spent = []
    for _ in range(times):
        before = time.process_time()
        work()
        spent.append(time.process_time() - before)
    return min(spent) * 1e3


def costs() -> None:
    newest = 1000
    old, dated = (fetched(document(HOST, newest=newest, built=built)) for built in (1, 2))
    one = fetched(document(HOST, newest=newest + 1, built=2))
    first = parse_document(old)
    assert isinstance(first, Parsed)
    outline = first.outline
    assert outline
    assert unchanged(dated, outline)
    assert not unchanged(one, outline)
    known = frozenset(outline.entries)
    print(f"{ENTRIES} entries, {len(old.body) / 1000:.0f} KB: CPU ms")
    alone = cpu(lambda: whole(old.body))
    for what, work in (
        ("feedparser, whole", lambda: whole(old.body)),
        ("all new", lambda: parse_document(old)),
        ("one new", lambda: parse_document(one, known)),
        ("none new, another date", lambda: unchanged(dated, outline)),
    ):
        spent = cpu(work)
        print(f"{what:30}{spent:8.3f}{alone / spent:8.1f} x")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--step", type=int, default=20)
    options = parser.parse_args(arguments)
    costs()
    if not options.corpus:
        return 0
    wrong = False
    for title, read in (
        ("fixtures", fixtures(options.corpus / "fixtures")),
        ("recorded feeds", sequences(options.corpus / "sequences", step=options.step)),
    ):
        counts: dict[str, list[str]] = defaultdict(list)
        for name, became in read:
            counts[became].append(name)
        print(f"\n{title}: {dict(Counter({became: len(names) for became, names in counts.items()}))}")
        for became in ("other values", "no feed"):
            wrong = wrong or bool(counts[became])
            print("".join(f"  {became}: {name}\n" for name in counts[became]), end="")
    return 1 if wrong else 0
