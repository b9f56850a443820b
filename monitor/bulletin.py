"""What the service has to say of its feeds and of itself, in words. Pure."""

import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from monitor.model.alert import Alert, Gone, Notice
from monitor.model.feed import Cause, FeedHealth, FeedState, Trouble
from monitor.model.record import Activity
from monitor.render import moment
from monitor.text.excerpt import excerpts
from monitor.text.quantities import counted

#: Feeds that are listed by name.
MOST_NAMED = 50
#: Titles of a flood that are shown.
_TITLES_SHOWN = 3
#: Excerpts of an alert that are shown.
_EXCERPTS = 3

_MEANING = {
    Trouble.DEAD: "No good answer since {since}.",
    Trouble.GONE: "The site says that this feed is gone for good. Last good answer: {since}.",
    Trouble.BLOCKED: "The site keeps us out since {since}.",
    Trouble.NOT_A_FEED: "No feed is at this address since {since}.",
    Trouble.EMPTIED: "It had entries, and has none since {since}.",
    Trouble.STALE: "Nothing new since {since}, which is far longer than its usual silence.",
    Trouble.ENCODING_SUSPECT: "Its text reads as if in another encoding, since {since}: terms may not be found in it.",
    Trouble.NO_ARTICLES: "Most of its articles can not be read since {since}: they are matched by what the feed says.",
    Trouble.POSSIBLE_GAP: "More may have been published between two polls than it holds, since {since}.",
}
_REMEDY = {
    Trouble.DEAD: "See whether a browser reaches it. It may have moved, or be blocked where you are: then use mirrors.",
    Trouble.GONE: "Look on the site for another feed, and change its url.",
    Trouble.BLOCKED: "A browser may still reach it. Ask the site to let rss-monitor in, or use mirrors.",
    Trouble.NOT_A_FEED: "Look on the site for the feed's address, and change its url.",
    Trouble.EMPTIED: "Look at the feed in a browser: the site may have begun another one.",
    Trouble.STALE: "See whether the site has published since; if it has, look there for another feed.",
    Trouble.ENCODING_SUSPECT: "Look at the feed in a browser. If it is readable in some encoding, say so: encoding.",
    Trouble.NO_ARTICLES: "See whether a browser shows them. If they are not for us, say so: full_text: no.",
    Trouble.POSSIBLE_GAP: "Let it be asked more often: every.",
}
_STILL_ASKED = "It is still asked, and you will be told when it is well again."
_ALL_STILL_ASKED = "They are still asked, and you will be told when they are well again."


def orphaned(receiver: str, messages: int) -> Notice:
    """Return the notice that messages wait for a receiver that the configuration no longer names."""
    them = f"{messages} messages wait" if messages > 1 else "A message waits"
    name = shlex.quote(receiver)
    return Notice(
        title=f"{them} for {receiver}, which is gone",
        body="The configuration no longer names this receiver. What waits for it is given up in a while "
        "(settings.retry.give_up).\n"
        f"Send it to another one: rss-monitor deliveries move {name} RECEIVER\nSee it: rss-monitor deliveries",
    )


def troubles(
    states: Sequence[FeedState], addresses: Mapping[str, str], *, now: datetime, timezone: tzinfo
) -> tuple[Notice, ...]:
    """Return the notices of feeds that broke, or broke otherwise than was told, and of those that are well again.

    One feed is told of at length; several are one notice, which lists them. `addresses` are shown, by feed.
    """
    broke = [state for state in states if state.trouble is not None and not state.quiet]
    well = [state for state in states if state not in broke]
    notices = [_one(some[0], addresses[some[0].feed], now, timezone) for some in (broke, well) if len(some) == 1]
    if len(broke) > 1:
        kinds = Counter(str(state.trouble) for state in broke)
        words = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
        lines = [*_listed([_line(state, timezone) for state in sorted(broke, key=_by_trouble)]), _ALL_STILL_ASKED]
        notices.append(Notice(title=f"{len(broke):,} feeds are broken: {words}", body="\n".join(lines)))
    if len(well) > 1:
        lines = _listed([f"{state.feed}: was {_lasted(state, now)}" for state in well])
        notices.append(Notice(title=f"{len(well):,} feeds are well again", body="\n".join(lines)))
    return tuple(notices)


def flood(feed: str, cause: Cause, *, entries: int, held: int, unread: int, titles: Sequence[str]) -> Notice:
    """Return the notice of entries that came all at once and are held.

    `held` alerts would be made of them, and so many more as the pages of `unread` entries give.
    """
    name = shlex.quote(feed)
    lines = (
        f"{_waiting(held, unread)} wait for your word; none was sent, and nothing is lost. They begin with:",
        *titles[:_TITLES_SHOWN],
        f"To have them sent: rss-monitor feeds release {name}",
        f"If they are old news: rss-monitor feeds accept {name}",
    )
    return Notice(title=f"{feed}: {entries:,} entries at once, {cause}", body="\n".join(lines))


def _waiting(held: int, unread: int) -> str:
    if not unread:
        return f"{held:,} alerts of them"
    pages = f"{counted(unread, 'page', 'pages')} not read yet"
    return f"{held:,} alerts of them, and {pages}," if held else f"{pages.capitalize()}"


def vanished(alert: Alert, what: Gone, *, now: datetime, timezone: tzinfo) -> Notice:
    """Return the notice of an alert that tells of something that is gone."""
    entry = alert.entry.entry
    lines = (
        f"Alert {alert.number} of {moment(alert.created, timezone)}, {alert.entry.feed}, watchlist {alert.watchlist}.",
        f"Noticed: {moment(now, timezone)}. It said:",
        *(each.text for each in excerpts(entry, alert.matches)[:_EXCERPTS]),
        entry.link,
    )
    title = f"{str(what).capitalize()}: {entry.title or entry.link}"
    return Notice(title=title, body="\n".join(filter(None, lines)), about=alert.number)


def _one(state: FeedState, address: str, now: datetime, timezone: tzinfo) -> Notice:
    was = ""
    if state.told is not None:
        since = "an unknown time" if state.told_since is None else moment(state.told_since, timezone)
        was = f"It was {_lasted(state, now)}, since {since}."
    if state.trouble is None or state.quiet:
        return Notice(title=f"{state.feed}: well again", body="\n".join((was, address)))
    reason = f"Reason: {_reason(state)}" if _reason(state) else ""
    lines = (was, _meaning(state.trouble, state, timezone), reason, _REMEDY[state.trouble], _STILL_ASKED, address)
    return Notice(title=f"{state.feed}: {state.trouble}", body="\n".join(line for line in lines if line))


def _lasted(state: FeedState, now: datetime) -> str:
    return f"{state.told} for {_span(now - (state.told_since or now))}"


def _line(state: FeedState, timezone: tzinfo) -> str:
    return f"{state.feed}: {state.trouble} since {_since(state, timezone)}{_why(state)}"


def _by_trouble(state: FeedState) -> tuple[str, str]:
    return str(state.trouble), state.feed


def _listed(lines: Sequence[str]) -> list[str]:
    """Return as many lines as are shown, and how many there are more."""
    more = len(lines) - MOST_NAMED
    return [*lines[:MOST_NAMED], *([f"and {more} more: rss-monitor feeds"] if more > 0 else [])]


def outage_began(*, since: datetime, timezone: tzinfo) -> Notice:
    """Return the notice that our own network is out; it arrives when it no longer is."""
    return Notice(
        title="The network of rss-monitor is out",
        body=f"Nearly no site answers since {moment(since, timezone)}, so the fault is taken to be on our side.\n"
        "Meanwhile no feed is called dead; all are asked every few minutes.",
    )


def outage_ended(*, since: datetime, now: datetime, timezone: tzinfo) -> Notice:
    """Return the notice that our own network works again."""
    return Notice(
        title="The network of rss-monitor works again",
        body=f"It was out for {_span(now - since)}, since {moment(since, timezone)}.\n"
        "What the feeds published meanwhile is found if it still stands in them.",
    )


def receiver_fails(receiver: str, *, since: datetime, reason: str, owed: int, timezone: tzinfo) -> Notice:
    """Return the notice that a receiver takes nothing, for the others."""
    return Notice(
        title=f"{receiver} takes no alerts",
        body=f"Nothing could be delivered to {receiver} since {moment(since, timezone)}: {reason}.\n"
        f"{counted(owed, 'message waits', 'messages wait')}. "
        "It is still tried; what waits goes when it is well again.\n"
        f"What is wrong: rss-monitor test-receiver {receiver}\nYou will be told when it takes alerts again.",
    )


def receiver_well(receiver: str, *, since: datetime, now: datetime, timezone: tzinfo) -> Notice:
    """Return the notice that a receiver works again, for the others."""
    return Notice(
        title=f"{receiver} takes alerts again",
        body=f"It took none for {_span(now - since)}, since {moment(since, timezone)}. What waited goes out now.",
    )


def proof(receiver: str, *, sent: int, next_one: datetime, timezone: tzinfo) -> Notice:
    """Return the test that a receiver is sent; `sent` is how many alerts it took in the last week."""
    return Notice(
        title=f"TEST, no news: alerts for {receiver} arrive",
        body="This is the weekly test of this receiver. Nothing has happened, and there is nothing to do.\n"
        "It was made, stored and sent like an alert: as it has arrived, so do they.\n"
        f"In the last seven days {counted(sent, 'alert', 'alerts')} went to {receiver}.\n"
        f"The next test comes after {moment(next_one, timezone)}. If it does not, look at: rss-monitor deliveries",
    )


def coverage(
    states: Sequence[FeedState],
    activity: Activity,
    *,
    since: datetime,
    outage: datetime | None,
    unheard: datetime | None,
    timezone: tzinfo,
) -> Notice:
    """Return the notice of how all feeds do: numbers first, then those that are broken, by name.

    `outage` is since when our own network is out, `unheard` since when the heartbeat address does not answer.
    """
    broken = sorted((state for state in states if state.trouble is not None), key=_by_trouble)
    network = [f"Our own network is out since {moment(outage, timezone)}."] if outage is not None else []
    heart = [f"The heartbeat address does not answer since {moment(unheard, timezone)}."] if unheard else []
    happened = f"{counted(activity.entries, 'new entry', 'new entries')}, {counted(activity.alerts, 'alert', 'alerts')}"
    lines = (
        f"Since {moment(since, timezone)}: {happened}.",
        *network,
        *heart,
        *_listed([_line(state, timezone) for state in broken]),
    )
    return Notice(title=_numbers(states), body="\n".join(lines))


def _numbers(states: Sequence[FeedState]) -> str:
    """Count feeds by how they do: "412 feeds well, 3 dead, 5 stale"."""
    counts = Counter(_word(state) for state in states)
    well = counts.pop(str(FeedHealth.WELL), 0)
    order = [*map(str, Trouble), str(FeedHealth.FAILING), str(FeedHealth.NEW)]
    rest = (f"{counts[word]} {word}" for word in order if counts[word])
    return ", ".join((f"{counted(well, 'feed', 'feeds')} well", *rest))


def _word(state: FeedState) -> str:
    if state.trouble is not None:
        return str(state.trouble)
    return str(state.health) if state.health in {FeedHealth.WELL, FeedHealth.NEW} else str(FeedHealth.FAILING)


def _meaning(trouble: Trouble, state: FeedState, timezone: tzinfo) -> str:
    if trouble.fails and state.last_success is None:
        return "It has never worked."
    return _MEANING[trouble].format(since=_since(state, timezone))


def _since(state: FeedState, timezone: tzinfo) -> str:
    return moment(state.trouble_since, timezone) if state.trouble_since is not None else "an unknown time"


def _why(state: FeedState) -> str:
    return f" ({_reason(state)})" if _reason(state) else ""


def _reason(state: FeedState) -> str:
    return state.articles.reason if state.trouble is Trouble.NO_ARTICLES else state.reason


def _span(span: timedelta) -> str:
    """Say how long something lasted, in its two largest units."""
    minutes = max(int(span.total_seconds() // 60), 1)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    words = [counted(number, unit, f"{unit}s") for number, unit in parts if number]
    return " ".join(words[:2])
