"""A message made to fit a receiver: less of everything but its link, its id and its first marked word."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from monitor.model.alert import MARK, UNMARK, Notification

_ELLIPSIS = "…"
#: Lines of a digest are not cut shorter than this.
_NARROW = 40
_MARKED = re.compile(f"{MARK}[^{MARK}{UNMARK}\n]*{UNMARK}")

Size = Callable[[str], int]


def fit(notification: Notification, *, title_limit: int, body_limit: int, size: Size = len) -> Notification:
    """Return the message within a receiver's limits: what it must keep, and the first mark, are kept.

    `title_limit` is 0 for a receiver without titles: there the title becomes the body's first line, and both share
    `body_limit`. `size` says how long the receiver will find a text. A limit too small for what must be kept leaves as
    much of it as fits; only what tells of several alerts is then left too long.
    """
    if title_limit > 0:
        title = cut(notification.title, title_limit)
        return replace(notification, title=title, body=_fit_body(notification, body_limit, size))
    least = _narrower(notification, _NARROW) if notification.several else _barest(notification)
    room = body_limit - size(least) - size("\r\n")
    title = widest(lambda width: cut(notification.title, width), len(notification.title), room, size)
    taken = size(f"{title}\r\n") if title else 0
    return replace(notification, title=title, body=_fit_body(notification, body_limit - taken, size))


def cut(text: str, limit: int) -> str:
    """Return the text within `limit` characters, cut at a word and with an ellipsis."""
    if len(text) <= limit:
        return text
    if limit <= 1:
        return ""
    head = text[: limit - 1]
    at_word = head if text[limit - 1].isspace() else (head.rsplit(maxsplit=1) or [""])[0]
    return (at_word if len(at_word) > limit // 2 else head).rstrip() + _ELLIPSIS


def widest(make: Callable[[int], str], most: int, limit: int, size: Size) -> str:
    """Return what `make` gives for the greatest width up to `most` that keeps the limit; for 0 if none does."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(make(middle)) <= limit else (low, middle - 1)
    return make(low)


def _fit_body(notification: Notification, limit: int, size: Size) -> str:
    """Return the richest form of a body within the limit."""
    body = notification.body
    if size(body) <= limit:
        return body
    if notification.several:
        return widest(lambda width: _narrower(notification, max(width, _NARROW)), len(body), limit, size)
    if notification.keep:
        return _less(notification, limit, size)
    return widest(lambda width: cut(body, width), len(body), limit, size)


def _less(notification: Notification, limit: int, size: Size) -> str:
    """Return fewer excerpts, then a shorter one, then the bare facts."""
    paragraphs = notification.body.split("\n\n")
    first, *others = _excerpts(paragraphs, notification.keep) or [-1]
    for place in reversed(others):
        del paragraphs[place]
        if size(shorter := "\n\n".join(paragraphs)) <= limit:
            return shorter
    if first >= 0:
        around = "\n\n".join((*paragraphs[:first], "\0", *paragraphs[first + 1 :])), f"\0\n{_facts(notification)}"
        for frame in around:
            if shorter := _shortened(paragraphs[first], frame, limit, size):
                return shorter
    return _bare(notification, limit, size)


def _narrower(notification: Notification, width: int) -> str:
    """Return the body with its lines cut to `width`, but for those that must be kept: the longest lose most."""
    lines = notification.body.split("\n")
    kept = set(_facts(notification).split("\n"))
    return "\n".join(line if line in kept else cut(line, width) for line in lines)


def _excerpts(paragraphs: Sequence[str], keep: Sequence[str]) -> list[int]:
    """Return where the paragraphs are that may be shortened or left out: marked, and without what must be kept."""
    return [
        place
        for place, text in enumerate(paragraphs)
        if _MARKED.search(text) and not any(kept in text for kept in keep)
    ]


def _shortened(excerpt: str, frame: str, limit: int, size: Size) -> str:
    """Return the frame with as much of the excerpt as fits in the place of NUL; "" if its mark does not."""
    text = widest(lambda width: frame.replace("\0", _around_mark(excerpt, width)), len(excerpt), limit, size)
    return text if _first_mark(excerpt) in text and size(text) <= limit else ""


def _bare(notification: Notification, limit: int, size: Size) -> str:
    """Return what is left where no excerpt fits."""
    facts, least = _facts(notification), "\n".join(notification.keep)
    for text in (_barest(notification), facts):
        if size(text) <= limit:
            return text
    return widest(lambda width: cut(least, width), len(least), limit, size)


def _barest(notification: Notification) -> str:
    """Return the least that says something: the first mark and what must be kept."""
    facts = _facts(notification)
    mark = "" if _MARKED.search(facts) else _first_mark(notification.body)
    return "\n".join(line for line in (mark, facts) if line)


def _facts(notification: Notification) -> str:
    """Return the lines that hold what must be kept."""
    holds = re.compile("|".join(map(re.escape, notification.keep)) or "(?!)").search
    return "\n".join(line for line in notification.body.split("\n") if holds(line))


def _first_mark(text: str) -> str:
    found = _MARKED.search(text)
    return found[0] if found else ""


def _around_mark(text: str, width: int) -> str:
    """Return the text within `width`, cut at words around its first mark; longer only if the mark alone is."""
    found = _MARKED.search(text)
    if len(text) <= width or not found:
        return cut(text, width)
    room = max(0, width - len(found[0]) - 2 * len(_ELLIPSIS))
    start = max(0, found.start() - room // 2)
    end = max(found.end(), start + len(found[0]) + room)
    left, right = text[start : found.start()], text[found.end() : end]
    if start:
        left = _ELLIPSIS + left.partition(" ")[2]
    if end < len(text):
        right = right.rpartition(" ")[0] + _ELLIPSIS
    return left + found[0] + right
