"""`feeds`: how each feed does, for people and for programs."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from monitor import clock
from monitor.cli import pages, ways
from monitor.cli.context import FAILED, Json, configuration, opened, refuse_unknown, stored
from monitor.cli.show import answer, err, listing, moment
from monitor.model.article import ArticleState
from monitor.model.calm import DAYS
from monitor.model.feed import Feed, FeedState
from monitor.model.record import FeedRecord
from monitor.model.subscription import Mode, Push
from monitor.text.quantities import counted, duration

if TYPE_CHECKING:
    from monitor.store import Store

T = TypeVar("T")

#: A feed, what is kept of it, whether its site pushes, and how many of its articles are in which state.
_Listed = tuple[Feed, FeedRecord, Push, Mapping[ArticleState, int]]

#: What programs are told of a feed's state, under its own words.
_STATE = (
    *("reason", "trouble", "trouble_since", "last_polled", "last_success", "last_entry", "next_poll"),
    *("failures", "interval_reason"),
)

feeds = typer.Typer(
    invoke_without_command=True, help="List the feeds and how each does; decide what becomes of entries that are held."
)


@feeds.callback()
def list_feeds(context: typer.Context, as_json: Json = False) -> None:
    """List the feeds and how each does. `release` and `accept` decide what becomes of entries that are held."""
    if context.invoked_subcommand is not None:
        return
    store = stored(context)
    polled = {each.state.feed: each for each in (store.feeds() if store else ())}
    now = clock.now()
    subscriptions = store.subscriptions() if store else ()
    push = {each.feed: each.push(now) for each in subscriptions if each.mode is Mode.SUBSCRIBE}
    articles = store.articles_of_feeds() if store else {}
    rows: list[_Listed] = [
        (
            feed,
            polled.get(feed.name) or FeedRecord(url=feed.shown_url, state=FeedState(feed=feed.name), entries=0),
            push.get(feed.name, Push.OFF),
            articles.get(feed.name, {}),
        )
        for feed in configuration(context.obj).feeds
    ]
    columns, empty = "feed, state, next poll, interval, entries", "There is no feed."
    listing(rows, _record, columns, _row, as_json=as_json, empty=empty)


Name = Annotated[str, typer.Argument(metavar="NAME", help="The feed's name.")]


@feeds.command()
def release(context: typer.Context, name: Name, as_json: Json = False) -> None:
    """Have the alerts sent that are held of a feed because it brought too much at once: oldest first, together."""
    from monitor.pipeline import Desk

    routes = Desk.routes_of(configuration(context.obj))
    alerts = len(_decided(context, name, lambda store: store.release(name, at=clock.now(), routes=routes)))
    words = f"{name}: {counted(alerts, 'alert', 'alerts')} released; pages that waited are read next."
    answer({"feed": name, "alerts": alerts}, words, as_json=as_json)


@feeds.command()
def accept(context: typer.Context, name: Name, as_json: Json = False) -> None:
    """Take what is held of a feed for old news: it is seen, and nobody is told."""
    count = _decided(context, name, lambda store: store.accept(name))
    words = f"{name}: {counted(count, 'match', 'matches')} taken for old news."
    answer({"feed": name, "accepted": count}, words, as_json=as_json)


def _decided(context: typer.Context, name: str, decide: Callable[["Store"], T]) -> T:
    """Return what deciding on what is held came to; refuse a feed that is unknown, or holds nothing."""
    refuse_unknown("feed is called", name, [feed.name for feed in configuration(context.obj).feeds])
    store = stored(context)
    if store is None or not any(each.state.flood for each in store.feeds() if each.state.feed == name):
        err.print(f"nothing is held of {name}; `rss-monitor feeds` shows what is.", markup=False)
        raise typer.Exit(FAILED)
    return decide(opened(context))


def _row(listed: _Listed) -> tuple[object, ...]:
    feed, each, push, articles = listed
    interval = "" if each.state.interval is None else duration(each.state.interval, units=2)
    words = "; ".join(filter(None, (_words(feed, each, push), pages.failing(each.state, articles))))
    return feed.name, words, moment(each.state.next_poll), interval, each.entries


def _words(feed: Feed, each: FeedRecord, push: Push) -> str:
    """Say how a feed does, why, since when, what of it is held, and how it is reached."""
    state, flood = each.state, each.state.flood
    reason = ways.reason(feed, state)
    said = (
        f"{state.health}: {reason}" if reason else str(state.health),
        f"{state.trouble} since {moment(state.trouble_since)}" if state.trouble else "",
        f"last well {moment(state.last_success)}" if state.reason and state.last_success else "",
        f"interval: {state.interval_reason}" if state.interval_reason else "",
        f"{f'{each.held:,}' if each.held else 'pages'} held since {moment(flood.since)}: {flood.cause}"
        if flood
        else "",
        "its ids tell nothing: known by links" if state.by_link else "",
        f"push {push}" if push is not Push.OFF else "",
    )
    return "; ".join(filter(None, said))


def _record(listed: _Listed) -> dict[str, object]:
    feed, each, push, articles = listed
    state, flood = each.state, each.state.flood
    return {
        "name": state.feed,
        "url": each.url,
        "address": ways.in_use(feed, state),
        "proxy": feed.proxy.shown if feed.proxy else None,
        "state": state.health,
        **{key: getattr(state, key) for key in _STATE},
        "entries": each.entries,
        "full_text": feed.full_text,
        "articles": {
            **{str(kind): articles.get(kind, 0) for kind in ArticleState},
            "failing_since": state.articles.since,
            "reason": state.articles.reason,
        },
        "push": push,
        "interval": state.interval and round(state.interval.total_seconds()),
        "hints": _hints(state),
        "identity": "link" if state.by_link else "id",
        "held": flood and {"since": flood.since, "cause": flood.cause, "entries": flood.entries, "matches": each.held},
    }


def _hints(state: FeedState) -> dict[str, object]:
    """Return what the publisher says, times in seconds, under the publisher's own words."""
    hints = state.hints
    spans = {"max_age": hints.fresh, "ttl": hints.ttl, "update_period": hints.updates}
    return {
        **{name: span and round(span.total_seconds()) for name, span in spans.items()},
        "skip_hours": list(hints.skip_hours),
        "skip_days": [DAYS[day] for day in hints.skip_days],
        "validators_untrusted": state.untrusted,
        "possible_gap": state.gap,
    }
