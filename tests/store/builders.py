"""Short ways to say what a poll brought."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from monitor.model.calm import Priority
from monitor.model.entry import Entry, Field
from monitor.model.feed import Feed, FeedState
from monitor.model.match import Decision, Match, Reason
from monitor.model.record import NewEntry, PollRecord, Route
from monitor.model.secret import Secret

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def feed(name: str = "times", url: str = "") -> Feed:
    address = url or f"https://{name}.example/rss"
    return Feed(name=name, url=Secret(address), shown_url=address)


def matched(watchlist: str = "war", reason: Reason = Reason.MATCHED) -> Decision:
    match = Match(watchlist=watchlist, term="мобилизация", field=Field.TITLE, start=2, end=13, form="Мобилизация")
    return Decision(watchlist=watchlist, reason=reason, matches=(match,))


def nothing(watchlist: str = "sport", reason: Reason = Reason.NO_MATCH) -> Decision:
    return Decision(watchlist=watchlist, reason=reason)


def new(title: str, *decisions: Decision, aliases: Sequence[bytes] = ()) -> NewEntry:
    entry = Entry(id=f"urn:{title}", link=f"https://times.example/{title}", title=title)
    return NewEntry(entry=entry, aliases=tuple(aliases) or (title.encode(),), decisions=decisions)


def poll(
    *news: NewEntry,
    at: datetime = NOW,
    state: FeedState | None = None,
    aliases: Sequence[bytes] = (),
    receivers: tuple[str, ...] = ("desk", "phone"),
    priority: Priority = Priority.NORMAL,
) -> PollRecord:
    """A poll of the feed "times", which is due again an hour later; every watchlist tells both receivers."""
    return PollRecord(
        at=at,
        state=state or FeedState(feed="times", last_polled=at, next_poll=at + HOUR),
        new=news,
        aliases=tuple(aliases),
        routes=dict.fromkeys(("war", "army", "sport"), Route(priority=priority, receivers=receivers)),
    )
