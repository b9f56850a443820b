"""Parses every file of a folder through the limits of the service, and says what came of it.

python -m bench parsing FOLDER     archives (.tar.xz) in it are read too; nothing is unpacked
"""

import asyncio
import tarfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from monitor.model.feed import Validators
from monitor.model.poll import Fetched, Parsed
from monitor.parse import Parser


def bodies(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.name.endswith(".tar.xz"):
            with tarfile.open(path) as archive:
                for member in archive:
                    if file := archive.extractfile(member):
                        yield f"{path.name}:{member.name}", file.read()
        elif path.is_file():
            yield str(path), path.read_bytes()


def main(arguments: Sequence[str]) -> int:
    asyncio.run(parse(Path(arguments[0])))
    return 0


async def parse(folder: Path) -> None:
    outcomes: Counter[str] = Counter()
    entries = 0
    slowest = (0.0, "")
    parser = Parser(children=1)
    for name, body in bodies(folder):
        started = time.perf_counter()
        outcome = await parser.parse(
            Fetched(body=body, content_type="", url="http://feed.example/", validators=Validators())
        )
        slowest = max(slowest, (time.perf_counter() - started, name))
        if isinstance(outcome, Parsed):
            outcomes["parsed" if outcome.entries else "parsed, no entries"] += 1
            entries += len(outcome.entries)
        else:
            outcomes[str(outcome.failure)] += 1
            print(f"{name}: {outcome.reason}")
    parser.close()
    print(f"\n{outcomes.total():,} files, {entries:,} entries; slowest {slowest[0]:.2f} s: {slowest[1]}")
    for what, count in outcomes.most_common():
        print(f"{count:7,} {what}")
