"""Binders for priorities and for when a receiver is left alone: quiet hours, digests, bursts."""

import re
from datetime import time, timedelta

from monitor.config.bind import Context, Record, limits, many, scalar
from monitor.config.fault import Wrong, meant, shown
from monitor.config.nodes import Node
from monitor.config.values import choice, count, duration
from monitor.group import always
from monitor.model.calm import DAYS, EVERY_DAY, Burst, Priority, Quiet, Slot

_SHORT = [day[:3] for day in DAYS]
_WORDS = re.compile(r"(?:(?P<days>[^\W\d][^\s\d]*) +)?(?P<rest>\d.*)")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)")
#: What people write instead, for the hint.
_LOOSE = re.compile(r"(\d{1,2})(?:[:.h]?(\d\d))?h? ?([ap]m)?", re.IGNORECASE)
_LAST_HOUR, _LAST_MINUTE = 23, 59


priority = choice(Priority, "{} is no priority", guess=True)


def quiet(node: Node, context: Context) -> tuple[Quiet, ...] | None:
    """Take one quiet time, or several; they must leave some time free."""
    found = many(_quiet)(node, context)
    if found and always(found):
        raise Wrong(node.place, "this leaves no time at all: nothing would ever be sent", "leave some hours free")
    return found


def _quiet(node: Node, _context: Context) -> Quiet:
    text, days, rest = _parts(node)
    start, dash, end = (part.strip() for part in re.sub("[–—]", "-", rest).partition("-"))
    if not dash:
        hint = f'write its begin and its end: "{_guess(start)}-07:00"'
        raise Wrong(node.place, f"{shown(text)} is no span of hours", hint)
    begins, ends = _clock(start), time(0) if end == "24:00" else _clock(end)
    if begins is None or ends is None:
        hint = f'write hours and minutes: "{_days_of(text)}{_guess(start)}-{_guess(end)}"'
        raise Wrong(node.place, f"{shown(text)} is no span of hours", hint)
    if begins == ends and end != "24:00":
        hint = f'write "{_days_of(text)}00:00-24:00" for whole days'
        raise Wrong(node.place, f"{shown(text)} begins when it ends", hint)
    return Quiet(start=begins, end=ends, days=days)


def slot(node: Node, _context: Context) -> Slot:
    """Take the time of a digest, on every day or on some days of the week."""
    text, days, rest = _parts(node)
    at = _clock(rest)
    if at is None:
        hint = f'write hours and minutes: "{_days_of(text)}{_guess(rest)}"'
        raise Wrong(node.place, f"{shown(text)} is no time of day", hint)
    return Slot(at=at, days=days)


digest = many(slot)


BURST = Record(what="burst", keys={"messages": count, "within": duration(timedelta(seconds=1))})
#: After how many messages in which time the rest is bundled.
burst = limits(Burst, BURST, "write off, or {messages: 5, within: 5m}")


def _parts(node: Node) -> tuple[str, frozenset[int], str]:
    """Return the text, its days of the week, and what follows them."""
    text = scalar(node).text
    found = _WORDS.fullmatch(text.strip())
    if not found:
        hint = 'write hours and minutes, with a day of the week or days before them if you like: "Mon-Fri 08:00"'
        raise Wrong(node.place, f"{shown(text)} is no time of day", hint)
    return text, _weekdays(node, found["days"]) if found["days"] else EVERY_DAY, found["rest"]


def _weekdays(node: Node, text: str) -> frozenset[int]:
    """Return the days that `Mon`, `Monday` or `Mon-Fri` means; from the first to the last, also over Sunday."""
    numbers = []
    for word in text.split("-", 1):
        short = word[:3].capitalize()
        if short not in _SHORT:
            raise Wrong(node.place, f"{shown(word)} is no day of the week", meant(short, _SHORT))
        numbers.append(_SHORT.index(short))
    first, last = numbers[0], numbers[-1]
    return frozenset((first + ahead) % 7 for ahead in range((last - first) % 7 + 1))


def _days_of(text: str) -> str:
    found = _WORDS.fullmatch(text.strip())
    return f"{found['days']} " if found and found["days"] else ""


def _clock(text: str) -> time | None:
    found = _CLOCK.fullmatch(text)
    if not found or int(found[1]) > _LAST_HOUR or int(found[2]) > _LAST_MINUTE:
        return None
    return time(int(found[1]), int(found[2]))


def _guess(text: str) -> str:
    """Return the time that was probably meant, as it should be written."""
    found = _LOOSE.fullmatch(text.strip())
    if not found:
        return "08:00"
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    hour = hour % 12 + 12 * (half == "pm") if half else hour % 24
    return f"{hour:02}:{min(minute, _LAST_MINUTE):02}"
