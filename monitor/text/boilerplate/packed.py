"""Ledgers as bytes, and back: what is kept of a site between two polls."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from monitor.text.boilerplate.ledger import Known, Ledger, Seen
from monitor.text.boilerplate.passages import Page

#: First byte. Fingerprints that are made in another way need another version; what is of another one is learnt anew.
_VERSION: Final = b"\x01"
#: Quick rather than small.
_LEVEL: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """A ledger before and after entries were taught to it: what they teach can be told again to another one."""

    before: bytes | None
    after: bytes
    pages: Sequence[Page]
    at: datetime

    @classmethod
    def of(cls, before: bytes | None, pages: Sequence[Page], ledger: Ledger, at: datetime) -> "Taught":
        """Return what these entries, that this ledger knows by now, taught."""
        return cls(before=before, after=pack(ledger), pages=pages, at=at)

    def __call__(self, kept: bytes | None) -> bytes:
        """Return what is known with this, if `kept` is what is known without it."""
        if kept == self.before:
            return self.after
        ledger = unpack(kept)
        for page in self.pages:
            ledger.learn(page, self.at)
        return pack(ledger)


def pack(ledger: Ledger) -> bytes:
    """Return a ledger as bytes."""
    order = {number: place for place, number in enumerate(ledger.known)}
    known = [
        [each.print.hex(), each.entries, *map(_seconds, (each.since, each.last, each.learnt)), each.said]
        for each in ledger.known.values()
    ]
    seen = [
        [each.link, each.host, each.title, sorted(each.subject), sorted(order[number] for number in each.passages)]
        for each in ledger.seen
    ]
    return _VERSION + zlib.compress(json.dumps([known, seen], separators=(",", ":")).encode(), _LEVEL)


def unpack(packed: bytes | None) -> Ledger:
    """Return the ledger of these bytes; an empty one if there are none, or if they are of another version."""
    if packed is None or packed[:1] != _VERSION:
        return Ledger()
    known, seen = json.loads(zlib.decompress(packed[1:]))
    return Ledger.of(
        dict(enumerate(map(_known, known))),
        [Seen(link, host, title, frozenset(about), frozenset(its)) for link, host, title, about, its in seen],
    )


def _known(kept: list[Any]) -> Known:
    print_, entries, since, last, learnt, said = kept
    return Known(
        print=bytes.fromhex(print_),
        entries=entries,
        since=_time(since),
        last=_time(last),
        learnt=None if learnt is None else _time(learnt),
        said=said,
    )


@lru_cache(maxsize=256)
def _seconds(time: datetime | None) -> int | None:
    return None if time is None else int(time.timestamp())


@lru_cache(maxsize=256)
def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
