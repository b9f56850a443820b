"""Ledgers as bytes, and back: what is kept of a site between two polls."""

import json
import zlib
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from monitor.text.boilerplate.ledger import Known, Ledger, Seen

#: First byte. Fingerprints that are made in another way need another version; what is of another one is learnt anew.
_VERSION: Final = b"\x01"
#: Quick rather than small.
_LEVEL: Final = 1


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
