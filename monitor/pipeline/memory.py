"""What the last version of each feed's document held, so that it need not be parsed again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import starmap
from struct import Struct

from monitor.identity import Marks, marks
from monitor.model.entry import Entry
from monitor.model.poll import Parsed

#: Entries remembered, of all feeds together; each takes about 210 bytes.
MOST_REMEMBERED = 500_000

_MARKS = Struct("17s17s17s17s17s17s17s4s?")
_ALIAS = Struct("17s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document with all its entries."""

    parsed: Parsed
    #: In the document's order; None for one that was in the last version and was not parsed again.
    entries: Sequence[Entry | None]
    #: Of each entry; none if `unchanged`.
    marks: Sequence[Marks]
    #: Whether it differs from the last version in dates at most, and in no entry.
    unchanged: bool = False
    #: Aliases that the store has for certain.
    stored: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class Version:
    """What is remembered of a document."""

    #: Without entries.
    parsed: Parsed
    #: Packed: as objects they would take three times as much.
    marks: bytes
    #: The digest of it all.
    digest: bytes
    #: Packed: aliases that decide on its entries, and that the store has.
    stored: bytes


def complete(parsed: Parsed, before: Version | None) -> Reading:
    """Return a document with what is remembered of the entries that were left out, since they were in `before`."""
    if before is None or before.parsed.outline is None or parsed.outline is None:
        return Reading(parsed=parsed, entries=parsed.entries, marks=[marks(entry) for entry in parsed.entries])
    if parsed is before.parsed:
        return Reading(parsed=parsed, entries=[None] * len(parsed.outline.entries), marks=(), unchanged=True)
    its_marks = starmap(Marks, _MARKS.iter_unpack(before.marks))
    known = dict(zip(before.parsed.outline.entries, its_marks, strict=True))
    parsed_now = iter(parsed.entries)
    entries = [None if digest in known else next(parsed_now) for digest in parsed.outline.entries]
    all_marks = [
        known[digest] if entry is None else marks(entry)
        for digest, entry in zip(parsed.outline.entries, entries, strict=True)
    ]
    stored = frozenset(alias for (alias,) in _ALIAS.iter_unpack(before.stored))
    return Reading(parsed=parsed, entries=entries, marks=all_marks, stored=stored)


@dataclass(slots=True)
class Memory:
    """Remembers each feed's last version while the process runs."""

    most: int = MOST_REMEMBERED
    _versions: dict[str, Version] = field(default_factory=dict)
    _size: int = 0

    def last(self, feed: str, digest: bytes | None) -> Version | None:
        """Return the last version of a feed, if it has this digest: else the name means another feed than it did."""
        version = self._versions.get(feed)
        return version if version is not None and version.digest == digest else None

    def keep(self, feed: str, reading: Reading, digest: bytes, stored: Collection[bytes]) -> None:
        """Remember a version, once the store has what is new in it, and `stored` for certain."""
        if reading.unchanged:
            if (version := self._versions.get(feed)) is not None:
                self._versions[feed] = replace(version, digest=digest)
            return
        self.forget(feed)
        if reading.parsed.outline is None:
            return
        packed = b"".join(_MARKS.pack(*each) for each in reading.marks)
        self._versions[feed] = Version(replace(reading.parsed, entries=()), packed, digest, b"".join(stored))
        self._size += len(reading.marks)
        while self._size > self.most:  # feeds come in turn: whichever was kept last waits longest for its next
            self.forget(next(reversed(self._versions)))

    def forget(self, feed: str) -> None:
        """Have the feed's next version parsed whole."""
        gone = self._versions.pop(feed, None)
        self._size -= len(gone.marks) // _MARKS.size if gone else 0
