"""The entries of the corpus's feeds, each once, in the order in which they came."""

import json
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from monitor.identity import identities, marks, unseen
from monitor.model.entry import Entry
from monitor.model.feed import Validators
from monitor.model.poll import Fetched, Parsed
from monitor.parse.document import parse_document


def feeds(corpus: Path) -> dict[str, str]:
    """Addresses of the recorded feeds, by their names."""
    return {each["id"]: each["url"] for each in map(json.loads, (corpus / "sequences/feeds.jsonl").open())}


def entries(corpus: Path, name: str, url: str) -> list[tuple[datetime, Entry]]:
    """What a feed brought and when, oldest first."""
    return [*_entries(corpus / f"sequences/{name}.tar.xz", url)]


def _entries(archive: Path, url: str) -> Iterator[tuple[datetime, Entry]]:
    known: set[bytes] = set()
    parsed: frozenset[bytes] = frozenset()
    with tarfile.open(archive) as tar:
        versions = sorted((each.name, file.read()) for each in tar if (file := tar.extractfile(each)))
    for version, body in versions:
        document = parse_document(Fetched(body=body, content_type="", url=url, validators=Validators()), parsed)
        if not isinstance(document, Parsed):
            continue
        parsed = frozenset(document.outline.entries) if document.outline else frozenset()
        found = identities([marks(entry) for entry in document.entries])
        at = datetime.strptime(Path(version).stem, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        yield from ((at, document.entries[place]) for place in reversed(unseen(found, known)))
        known.update(alias for identity in found for alias in identity.aliases)
