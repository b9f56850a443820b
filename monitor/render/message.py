"""An alert, or a notice, as title and body."""

import hashlib
from datetime import datetime, tzinfo

from monitor.model.alert import MARK, UNMARK, Alert, FoundIn, Notice, Notification
from monitor.model.calm import Priority
from monitor.model.entry import StoredEntry
from monitor.model.match import Reason
from monitor.render.also import also_in, carried
from monitor.render.fitting import cut
from monitor.render.neutral import harmless, harmless_link, one_line
from monitor.text.excerpt import Excerpt, excerpts

TITLE_LIMIT = 200
SIGNATURE = "rss-monitor"

_UNPROVEN = "Unproven: too few pages of this site were seen to tell its own text from the article."
_TERMS_SHOWN = 8
_EXCERPTS = 3
#: Characters of the title of an earlier alert.
_EARLIER = 100
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def alert(alert: Alert, *, timezone: tzinfo, earlier: Alert | None = None) -> Notification:
    """Return the message that tells of an alert, and which `earlier` one it follows; times are shown in `timezone`."""
    link, name = harmless_link(alert.entry.entry.link), called(alert)
    tail = (_terms(alert.terms), link, f"{name} · {SIGNATURE}")
    source = _source(alert.entry, timezone)
    if said := of_what_kind(alert):
        source = f"{said} · {source}"
    if alert.priority is not Priority.NORMAL:
        source = f"{alert.priority.capitalize()} priority · {source}"
    head = "\n".join(line for line in (follow_up(earlier), source, *found_in(alert)) if line)
    paragraphs = (head, *found(alert), doubt(alert), also_in(alert), "\n".join(line for line in tail if line))
    return Notification(
        title=cut(f"[{one_line(alert.watchlist)}] {_updated(alert)}{headline(alert.entry)}", TITLE_LIMIT),
        body="\n\n".join(paragraph for paragraph in paragraphs if paragraph),
        keep=(link, name) if link else (name,),
        alert=alert.number,
        id=identity(alert),
        priority=alert.priority,
    )


def notice(notice: Notice) -> Notification:
    """Return the message of a notice."""
    lines = (one_line(line) for line in notice.body.splitlines())
    title = cut(f"[{SIGNATURE}] {one_line(notice.title)}", TITLE_LIMIT)
    return Notification(title=title, body="\n".join((*lines, SIGNATURE)), alert=notice.about)


def of_what_kind(alert: Alert) -> str:
    """Return what sets an alert apart from those of new entries; "" for nothing."""
    if alert.reason is Reason.CORROBORATED:
        return carried(alert)
    return {Reason.EDITED: "Updated", Reason.LATE: "Late"}.get(alert.reason, "")


def called(alert: Alert) -> str:
    """Return what an alert is called in every message that tells of it (R36)."""
    return f"Alert {alert.number}"


def follow_up(earlier: Alert | None) -> str:
    """Return the line that says what an alert follows; "" for nothing."""
    return f"Follow-up to {called(earlier).lower()}: {cut(headline(earlier.entry), _EARLIER)}" if earlier else ""


def headline(stored: StoredEntry) -> str:
    """Return what an entry is called: its title, else its summary, its link or its feed."""
    entry = stored.entry
    return one_line(entry.title) or one_line(entry.summary) or harmless_link(entry.link) or one_line(stored.feed)


def found_in(alert: Alert) -> list[str]:
    """Say of what the feed itself does not say where it was found."""
    return ["Found in the article"] if alert.found_in is FoundIn.ARTICLE else []


def found(alert: Alert) -> list[str]:
    """Return the excerpts, with the matched words marked."""
    return [_marked(excerpt) for excerpt in excerpts(alert.entry.entry, alert.matches)[:_EXCERPTS]]


def doubt(alert: Alert) -> str:
    """Return what speaks against an alert; "" if nothing does."""
    return _UNPROVEN if alert.reason is Reason.UNPROVEN else ""


def identity(alert: Alert) -> str:
    """Return what no other alert is called, also not by another installation that counts from 1 as well."""
    entry = alert.entry.entry
    said = "\n".join((alert.created.isoformat(), alert.watchlist, alert.entry.feed, entry.id, entry.link, entry.title))
    return f"alert-{alert.number}.{hashlib.blake2b(said.encode(errors='replace'), digest_size=8).hexdigest()}"


def moment(when: datetime, timezone: tzinfo) -> str:
    """Return a time as a reader in `timezone` knows it, with the zone."""
    return f"{local_time(when, timezone)} ({timezone})"


def local_time(when: datetime, timezone: tzinfo) -> str:
    """Return a time as a reader in `timezone` knows it."""
    local = when.astimezone(timezone)
    return f"{_day(local)} {local:%H:%M}"


def _marked(excerpt: Excerpt) -> str:
    safe = ((harmless(piece), marked) for piece, marked in excerpt.pieces)
    return "".join(f"{MARK}{piece}{UNMARK}" if marked else piece for piece, marked in safe)


def _updated(alert: Alert) -> str:
    return "Updated: " if alert.reason is Reason.EDITED else ""


def _terms(terms: tuple[str, ...]) -> str:
    shown = [one_line(term) for term in terms[:_TERMS_SHOWN]]
    more = len(terms) - len(shown)
    return "Terms: " + ", ".join(shown) + (f" and {more} more" if more else "") if shown else ""


def _source(stored: StoredEntry, timezone: tzinfo) -> str:
    """Feed, times and time zone."""
    seen = local_time(stored.seen, timezone)
    times = f"seen {seen}"
    if published := stored.entry.believable(stored.seen):
        then, local = published.astimezone(timezone), stored.seen.astimezone(timezone)
        times = f"published {local_time(published, timezone)}, "
        times += f"seen {local:%H:%M}" if then.date() == local.date() else f"seen {seen}"
    return f"{one_line(stored.feed)} · {times} ({timezone})"


def _day(when: datetime) -> str:
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
