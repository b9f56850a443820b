"""An alert as title and body, and both made to fit a receiver; feed text is made harmless here (R45)."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from monitor.model.alert import Alert, Notice, Notification
from monitor.model.entry import StoredEntry
from monitor.text.excerpt import as_plain, excerpts, without_tricks

TITLE_LIMIT = 200

_SIGNATURE = "rss-monitor"
_TERMS = "Terms: "
_TERMS_SHOWN = 8
_EXCERPTS = 3
_ELLIPSIS = "…"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EARLIEST_YEAR = 1990

# What would ping people: `@everyone`, Slack's `<!channel>` and `<@U123>`.
_PING = re.compile(r"@|<(?=[!@])")
_LINK_PING = re.compile(r"@(?=everyone|here|channel|all\b)", re.IGNORECASE)
_NOT_IN_LINK = re.compile(r"[\s<>\"\x00-\x20\x7f-\xa0]")
_MARK = re.compile(r"\*[^*\n]+\*")


def alert(alert: Alert, *, timezone: tzinfo) -> Notification:
    """Return the message that tells of an alert; times are shown in `timezone`."""
    stored = alert.entry
    link = harmless_link(stored.entry.link)
    found = [_line(as_plain(excerpt)) for excerpt in excerpts(stored.entry, alert.matches)[:_EXCERPTS]]
    title = _line(stored.entry.title) or _line(stored.entry.summary) or link or _line(stored.feed)
    tail = (_terms(alert.terms), link, f"Alert {alert.number} · {_SIGNATURE}")
    paragraphs = (_source(stored, timezone), *found, "\n".join(line for line in tail if line))
    return Notification(
        title=cut(f"[{_line(alert.watchlist)}] {title}", TITLE_LIMIT),
        body="\n\n".join(paragraph for paragraph in paragraphs if paragraph),
    )


def notice(notice: Notice) -> Notification:
    """Return the message that tells of something about the service itself."""
    lines = (_line(line) for line in notice.body.splitlines())
    return Notification(
        title=cut(f"[{_SIGNATURE}] {_line(notice.title)}", TITLE_LIMIT), body="\n".join((*lines, _SIGNATURE))
    )


def fit(
    notification: Notification, *, title_limit: int, body_limit: int, size: Callable[[str], int] = len
) -> Notification:
    """Return the message within a receiver's limits: never longer, and the link, the id and the first mark are kept.

    `title_limit` is 0 for a receiver without titles: there the title becomes the body's first line, and both share
    `body_limit`. `size` says how long the receiver will find a text. A limit too small for link, id and mark
    leaves as much of them as fits.
    """
    if title_limit > 0:
        body = _fit_body(notification.body, body_limit, size)
        return Notification(title=cut(notification.title, title_limit), body=body)
    room = body_limit - size(_barest(notification.body)) - size("\r\n")
    title = _widest(lambda width: cut(notification.title, width), len(notification.title), room, size)
    taken = size(f"{title}\r\n") if title else 0
    return Notification(title=title, body=_fit_body(notification.body, body_limit - taken, size))


def cut(text: str, limit: int) -> str:
    """Return the text within `limit` characters, cut at a word and with an ellipsis."""
    if len(text) <= limit:
        return text
    if limit <= 1:
        return ""
    head = text[: limit - 1]
    at_word = head.rsplit(maxsplit=1)[0] if not text[limit - 1].isspace() else head
    return (at_word if len(at_word) > limit // 2 else head).rstrip() + _ELLIPSIS


def harmless(text: str) -> str:
    """Return feed text that pings nobody and hides nothing; lines are kept."""
    return _PING.sub("\\g<0>\u200b", without_tricks(text))


def harmless_link(link: str) -> str:
    """Return the link in one piece and unable to ping, or "" if it is not http or https."""
    if not link.lower().startswith(("http://", "https://")):
        return ""
    link = _NOT_IN_LINK.sub(lambda found: _percent(found[0]), without_tricks(link.strip()))
    return _LINK_PING.sub("%40", link)


def moment(when: datetime, timezone: tzinfo) -> str:
    """Return a time as a reader in `timezone` knows it, with the zone."""
    local = when.astimezone(timezone)
    return f"{_day(local)} {local:%H:%M} ({timezone})"


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


def _line(text: str) -> str:
    return " ".join(harmless(text).split())


def _terms(terms: tuple[str, ...]) -> str:
    shown = [_line(term) for term in terms[:_TERMS_SHOWN]]
    more = len(terms) - len(shown)
    return _TERMS + ", ".join(shown) + (f" and {more} more" if more else "") if shown else ""


def _source(stored: StoredEntry, timezone: tzinfo) -> str:
    """Feed, times and time zone; a time of publication that can not be true is left out (R30)."""
    published, seen = stored.entry.published, stored.seen
    local = seen.astimezone(timezone)
    times = [f"seen {_day(local)} {local:%H:%M}"]
    if published and published.year >= _EARLIEST_YEAR and published <= seen + timedelta(days=1):
        then = published.astimezone(timezone)
        same_day = then.date() == local.date()
        times = [f"published {_day(then)} {then:%H:%M}", f"seen {local:%H:%M}" if same_day else times[0]]
    return f"{_line(stored.feed)} · {', '.join(times)} ({timezone})"


def _day(when: datetime) -> str:
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def _fit_body(body: str, limit: int, size: Callable[[str], int]) -> str:
    """Return the richest form of a body within the limit: fewer excerpts, then a shorter one, then the bare facts."""
    if size(body) <= limit:
        return body
    if not _is_alert(body):
        return _widest(lambda width: cut(body, width), len(body), limit, size)
    head, *found, tail = body.split("\n\n")
    for kept in range(len(found) - 1, 0, -1):
        if size(shorter := "\n\n".join((head, *found[:kept], tail))) <= limit:
            return shorter
    first, barest = found[0] if found else "", _barest(body)
    for before, after in ((f"{head}\n\n", f"\n\n{tail}"), ("", f"\n{_facts(tail)}")):
        room = limit - size(before) - size(after)
        text = _widest(lambda width: _around_mark(first, width), len(first), room, size)
        if text and _first_mark(first) in text and size(before + text + after) <= limit:
            return before + text + after
    return barest if size(barest) <= limit else _widest(lambda width: cut(_facts(tail), width), len(tail), limit, size)


def _is_alert(body: str) -> bool:
    return body.endswith(f" · {_SIGNATURE}")


def _barest(body: str) -> str:
    """Return the least that says something: the first mark, the link and the id."""
    if not _is_alert(body):
        return ""
    _, *found, tail = body.split("\n\n")
    return "\n".join(line for line in (_first_mark(found[0] if found else ""), _facts(tail)) if line)


def _facts(tail: str) -> str:
    """Link and id."""
    return "\n".join(line for line in tail.split("\n") if not line.startswith(_TERMS))


def _first_mark(text: str) -> str:
    found = _MARK.search(text)
    return found[0] if found else ""


def _around_mark(text: str, width: int) -> str:
    """Return the text within `width`, cut at words around its first mark; longer only if the mark alone is."""
    found = _MARK.search(text)
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


def _widest(make: Callable[[int], str], most: int, limit: int, size: Callable[[str], int]) -> str:
    """Return what `make` gives for the greatest width up to `most` that keeps the limit; for 0 if none does."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(make(middle)) <= limit else (low, middle - 1)
    return make(low)
