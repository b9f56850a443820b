"""`feeds`: how each feed does, for people and for programs."""

from typing import TYPE_CHECKING

import typer

from monitor import clock
from monitor.cli import ways
from monitor.cli.context import Json, configuration, stored
from monitor.cli.show import duration, json_line, moment, table
from monitor.model.feed import FeedState
from monitor.model.record import FeedRecord
from monitor.model.subscription import Mode, Push

if TYPE_CHECKING:
    from monitor.model.feed import Feed

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def feeds(context: typer.Context, as_json: Json = False) -> None:
    """List the feeds and how each does."""
    store = stored(context)
    known = {each.state.feed: each for each in (store.feeds() if store else ())}
    now = clock.now()
    subscriptions = store.subscriptions() if store else ()
    push = {each.feed: each.push(now) for each in subscriptions if each.mode is Mode.SUBSCRIBE}
    rows = [
        (
            feed,
            known.get(feed.name) or FeedRecord(url=feed.shown_url, state=FeedState(feed=feed.name), entries=0),
            push.get(feed.name, Push.OFF),
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
                _words(feed, each.state, pushed),
                moment(each.state.next_poll),
                duration(each.state.interval) if each.state.interval is not None else "",
                str(each.entries),
            )
            for feed, each, pushed in rows
        ),
        empty="There is no feed.",
    )


def _words(feed: "Feed", state: FeedState, push: Push) -> str:
    """Say how a feed does, why, since when, and how it is reached."""
    reason = ways.reason(feed, state)
    return "; ".join(
        filter(
            None,
            (
                f"{state.health}: {reason}" if reason else str(state.health),
                f"{state.trouble} since {moment(state.trouble_since)}" if state.trouble else "",
                f"last well {moment(state.last_success)}" if state.reason and state.last_success else "",
                f"interval: {state.interval_reason}" if state.interval_reason else "",
                f"push {push}" if push is not Push.OFF else "",
            ),
        )
    )


def _record(feed: "Feed", each: FeedRecord, push: Push) -> dict[str, object]:
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
        "push": push,
        "interval": state.interval and round(state.interval.total_seconds()),
        "interval_reason": state.interval_reason,
        "hints": _hints(state),
    }


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
