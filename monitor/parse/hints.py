"""What a feed says of how often to ask for it, read from the part before its first entry. Bounded, never exact."""

import re
from datetime import timedelta

from monitor.model.rhythm import Hints

#: Bytes of a document that are looked at, at most.
_HEAD = 65_536
_ENTRY = re.compile(rb"<(?:item|entry)[\s>]")
_PERIODS = {
    b"hourly": timedelta(hours=1),
    b"daily": timedelta(days=1),
    b"weekly": timedelta(weeks=1),
    b"monthly": timedelta(days=30),
    b"yearly": timedelta(days=365),
}
_DAYS = (b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun")
#: More is what no publisher means.
_MOST_MINUTES = 60 * 24 * 365
_MOST_UPDATES = 10_000


def read_hints(body: bytes) -> Hints:
    """Read ttl, skipHours and skipDays (RSS 2.0), updatePeriod and updateFrequency (RSS 1.0, module Syndication).

    feedparser keeps only the last of several hours or days. The hour 24 of older versions of RSS is 0.
    """
    head = body[:_HEAD]
    entry = _ENTRY.search(head)
    head = head[: entry.start()] if entry else head
    ttl = _number(_text(head, b"ttl"), most=_MOST_MINUTES)
    hours = {
        number % 24 for text in _texts(head, b"skipHours", b"hour") if (number := _number(text, most=24)) is not None
    }
    days = {text.strip().lower()[:3] for text in _texts(head, b"skipDays", b"day")}
    return Hints(
        ttl=timedelta(minutes=ttl) if ttl else None,
        updates=_updates(head),
        skip_hours=tuple(sorted(hours)),
        skip_days=tuple(number for number, day in enumerate(_DAYS) if day in days),
    )


def _updates(head: bytes) -> timedelta | None:
    period = _PERIODS.get(_text(head, b"updatePeriod").lower())
    return period and period / (_number(_text(head, b"updateFrequency"), most=_MOST_UPDATES) or 1)


def _text(head: bytes, name: bytes) -> bytes:
    found = re.search(rb"<(?:\w{1,40}:)?" + name + rb"(?:\s[^<>]{0,200})?>([^<]{0,100})<", head)
    return found[1].strip() if found else b""


def _texts(head: bytes, outer: bytes, inner: bytes) -> list[bytes]:
    found = re.search(rb"<" + outer + rb"\s*>(.{0,4000}?)</" + outer, head, re.DOTALL)
    return re.findall(rb"<" + inner + rb"\s*>([^<]{1,40})<", found[1]) if found else []


def _number(text: bytes, *, most: int) -> int | None:
    text = text.strip()
    return int(text) if text.isdigit() and len(text) < len(str(most)) + 1 and int(text) <= most else None
