"""Several messages as one: a digest, or what came in a burst."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from types import MappingProxyType

from monitor.model.alert import HEADING, Alert, Notice, Notification
from monitor.model.calm import Priority
from monitor.model.match import Reason
from monitor.render.also import also_in
from monitor.render.fitting import cut
from monitor.render.message import (
    SIGNATURE,
    TITLE_LIMIT,
    called,
    follow_up,
    found_in,
    headline,
    identity,
    local_time,
    of_what_kind,
)
from monitor.render.neutral import harmless_link, one_line

_FEED_LIMIT = 60


def digest(
    messages: Sequence[Alert | Notice],
    *,
    message_id: str,
    timezone: tzinfo,
    why: str = "",
    earlier: Mapping[int, Alert] = MappingProxyType({}),
) -> Notification:
    """Return one message that lists alerts and notices, in the order given; times are shown in `timezone`.

    `message_id` is shown; `why` says in a sentence why they come together; `earlier` are the alerts that some follow,
    by the numbers of these. `fit` shortens titles, never ids and links.
    """
    alerts = [each for each in messages if isinstance(each, Alert)]
    blocks = ["\n".join(_lines(each, timezone, earlier)) for each in messages]
    name = f"Message {message_id}"
    return Notification(
        title=cut(_title(messages, alerts), TITLE_LIMIT),
        body="\n\n".join(part for part in (why, *blocks, f"{name} · {SIGNATURE}") if part),
        keep=(*(kept for each in alerts for kept in _kept(each)), name),
        several=True,
        id=_identity(message_id, alerts),
        priority=_priority(messages),
    )


def _lines(told: Alert | Notice, timezone: tzinfo, earlier: Mapping[int, Alert]) -> list[str]:
    if isinstance(told, Notice):
        return [HEADING + one_line(told.title), *(one_line(line) for line in told.body.splitlines())]
    feed = cut(one_line(told.entry.feed), _FEED_LIMIT)
    kind = [said] if (said := of_what_kind(told)) else []
    urgency = [] if told.priority is Priority.NORMAL else [f"{told.priority.capitalize()} priority"]
    doubt = ["unproven"] if told.reason is Reason.UNPROVEN else []
    when = local_time(told.entry.entry.believable(told.entry.seen) or told.entry.seen, timezone)
    return [
        cut(f"{HEADING}[{one_line(told.watchlist)}] {headline(told.entry)}", TITLE_LIMIT),
        *filter(None, [follow_up(earlier.get(told.number))]),
        " · ".join((*urgency, *kind, feed, when, *found_in(told), called(told), *doubt)),
        *filter(None, [also_in(told)]),
        *_kept(told)[1:],
    ]


def _priority(messages: Sequence[Alert | Notice]) -> Priority:
    """Return that of the most urgent; what the service says of itself is as urgent as any."""
    said = (each.priority if isinstance(each, Alert) else Priority.NORMAL for each in messages)
    return max(said, key=lambda priority: priority.order, default=Priority.NORMAL)


def _kept(alert: Alert) -> tuple[str, ...]:
    link = harmless_link(alert.entry.entry.link)
    return (called(alert), link) if link else (called(alert),)


def _title(messages: Sequence[Alert | Notice], alerts: Sequence[Alert]) -> str:
    many = Counter(one_line(each.watchlist) for each in alerts)
    named = ", ".join(f"{name} {number}" for name, number in many.items())
    kind = "alerts" if len(alerts) == len(messages) else "messages"
    return f"[{SIGNATURE}] {len(messages)} {kind}" + (f": {named}" if named else "")


def _identity(message_id: str, alerts: Sequence[Alert]) -> str:
    said = "\n".join(identity(each) for each in alerts)
    return f"digest-{message_id}.{hashlib.blake2b(said.encode(), digest_size=8).hexdigest()}" if alerts else ""
