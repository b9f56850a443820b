"""`feeds`: how each feed does, for people and for programs."""

from collections.abc import Callable, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from monitor import clock
from monitor.cli import ways
from monitor.cli.context import FAILED, Json, configuration, stored
from monitor.cli.show import counted, duration, err, json_line, moment, out, table
from monitor.model.article import ArticleState
from monitor.model.feed import FeedState
from monitor.model.record import FeedRecord
from monitor.model.subscription import Mode, Push

if TYPE_CHECKING:
    from monitor.model.feed import Feed
    from monitor.store import Store

T = TypeVar("T")

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


feeds = typer.Typer(
    invoke_without_command=True, help="List the feeds and how each does; decide what becomes of entries that are held."
)


@feeds.callback()
def list_feeds(context: typer.Context, as_json: Json = False) -> None:
    """List the feeds and how each does. `release` and `accept` decide what becomes of entries that are held."""
    if context.invoked_subcommand is not None:
        return
    store = stored(context)
    known = {each.state.feed: each for each in (store.feeds() if store else ())}
    now = clock.now()
    subscriptions = store.subscriptions() if store else ()
    push = {each.feed: each.push(now) for each in subscriptions if each.mode is Mode.SUBSCRIBE}
    articles = store.articles_of_feeds() if store else {}
    rows = [
        (
            feed,
            known.get(feed.name) or FeedRecord(url=feed.shown_url, state=FeedState(feed=feed.name), entries=0),
            push.get(feed.name, Push.OFF),
            articles.get(feed.name, {}),
        )
        for feed in configuration(context.obj).feeds
    ]
    if as_json:
        for row in rows:
            json_line(_record(*row))
        return
    table(
        ("feed", "state", "next poll", "interval", "entries"),
        (
            (
                feed.name,
                _words(feed, each, pushed),
                moment(each.state.next_poll),
                duration(each.state.interval) if each.state.interval is not None else "",
                str(each.entries),
            )
            for feed, each, pushed, _ in rows
        ),
        empty="There is no feed.",
    )


Name = Annotated[str, typer.Argument(metavar="NAME", help="The feed's name.")]


@feeds.command()
def release(context: typer.Context, name: Name, as_json: Json = False) -> None:
    """Have the alerts sent that are held of a feed because it brought too much at once: oldest first, together."""
    from monitor.pipeline import Desk

    routes = Desk.routes_of(configuration(context.obj))
    alerts = len(_decided(context, name, lambda store: store.release(name, at=clock.now(), routes=routes)))
    _tell({"feed": name, "alerts": alerts}, f"{name}: {counted(alerts, 'alert', 'alerts')} released.", as_json)


@feeds.command()
def accept(context: typer.Context, name: Name, as_json: Json = False) -> None:
    """Take what is held of a feed for old news: it is seen, and nobody is told."""
    count = _decided(context, name, lambda store: store.accept(name))
    words = f"{name}: {counted(count, 'match', 'matches')} taken for old news."
    _tell({"feed": name, "accepted": count}, words, as_json)


def _decided(context: typer.Context, name: str, decide: Callable[["Store"], T]) -> T:
    """Return what deciding on what is held came to; refuse a feed that is unknown, or holds nothing."""
    from monitor.config.fault import meant
    from monitor.store import Store

    found = configuration(context.obj)
    names = [feed.name for feed in found.feeds]
    if name not in names:
        raise typer.BadParameter(f"no feed is called {name!r}: {meant(name, names)}")
    store = stored(context)
    if store is None or not any(each.held for each in store.feeds() if each.state.feed == name):
        err.print(f"nothing is held of {name}; `rss-monitor feeds` shows what is.", markup=False)
        raise typer.Exit(FAILED)
    with closing(Store.open(found.settings.data, now=clock.now())) as store:
        return decide(store)


def _tell(record: dict[str, object], words: str, as_json: Json) -> None:
    if as_json:
        json_line(record)
    else:
        out.print(words, markup=False)


def _words(feed: "Feed", each: FeedRecord, push: Push) -> str:
    """Say how a feed does, why, since when, what of it is held, and how it is reached."""
    state, flood = each.state, each.state.flood
    reason = ways.reason(feed, state)
    return "; ".join(
        filter(
            None,
            (
                f"{state.health}: {reason}" if reason else str(state.health),
                f"{state.trouble} since {moment(state.trouble_since)}" if state.trouble else "",
                f"last well {moment(state.last_success)}" if state.reason and state.last_success else "",
                f"interval: {state.interval_reason}" if state.interval_reason else "",
                f"{each.held:,} held since {moment(flood.since)}: {flood.cause}" if flood else "",
                "its ids tell nothing: known by links" if state.by_link else "",
                f"articles fail since {moment(state.articles.since)}: {state.articles.reason}"
                if state.articles.since
                else "",
                f"push {push}" if push is not Push.OFF else "",
            ),
        )
    )


def _record(feed: "Feed", each: FeedRecord, push: Push, articles: "Mapping[ArticleState, int]") -> dict[str, object]:
    state = each.state
    return {
        "name": state.feed,
        "url": each.url,
        "address": ways.in_use(feed, state),
        "proxy": feed.proxy.shown if feed.proxy else None,
        "state": state.health,
        "reason": state.reason,
        "trouble": state.trouble,
        "trouble_since": state.trouble_since,
        "last_polled": state.last_polled,
        "last_success": state.last_success,
        "last_entry": state.last_entry,
        "next_poll": state.next_poll,
        "entries": each.entries,
        "failures": state.failures,
        "full_text": feed.full_text,
        "articles": {
            **{str(kind): articles.get(kind, 0) for kind in ArticleState},
            "failing_since": state.articles.since,
            "reason": state.articles.reason,
        },
        "push": push,
        "interval": state.interval and round(state.interval.total_seconds()),
        "interval_reason": state.interval_reason,
        "hints": _hints(state),
        "identity": "link" if state.by_link else "id",
        "held": _flood(each),
    }


def _flood(each: FeedRecord) -> dict[str, object] | None:
    """Return what is held of a feed; None if nothing is."""
    flood = each.state.flood
    if flood is None:
        return None
    return {"since": flood.since, "cause": flood.cause, "entries": flood.entries, "matches": each.held}


def _hints(state: FeedState) -> dict[str, object]:
    """Return what the publisher says, times in seconds, under the publisher's own words."""
    hints = state.hints
    spans = {"max_age": hints.fresh, "ttl": hints.ttl, "update_period": hints.updates}
    return {
        **{name: span and round(span.total_seconds()) for name, span in spans.items()},
        "skip_hours": list(hints.skip_hours),
        "skip_days": [_DAYS[day] for day in hints.skip_days],
        "validators_untrusted": state.untrusted,
        "possible_gap": state.gap,
    }
