"""What is pushed of a feed that no poll has read yet."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from monitor.model.configuration import FirstRun
from tests.websub.conftest import FEED, Room, rss
from tests.websub.hub import Page

HOURS = timedelta(hours=1)


async def not_read_yet(room: Room) -> dict[str, str]:
    """A page stands where the feed should be, which names a hub all the same."""
    links = f"<link rel=hub href='{room.hub.url('/hub')}'><link rel=self href='{room.hub.url(FEED)}'>"
    room.hub.pages[FEED] = Page(f"<!doctype html><html><head>{links}</head></html>".encode())
    form = await room.subscribe()
    assert not room.store.states()["paper"].baselined
    return form


def dated(room: Room, ages: dict[str, timedelta]) -> bytes:
    times = {title: format_datetime(room.clock() - age) for title, age in ages.items()}
    items = (f"<item><title>{title}</title><pubDate>{time}</pubDate></item>" for title, time in times.items())
    return f"<rss version='2.0'><channel><title>Paper</title>{''.join(items)}</channel></rss>".encode()


def alerted(room: Room) -> list[str]:
    return [record.alert.entry.entry.title for record in room.store.alerts()]


async def test_the_newest_alerts_and_the_first_poll_makes_the_baseline(room: Room) -> None:
    """R27: what was pushed is told; what the first poll finds beside it is not; what comes later is."""
    form = await not_read_yet(room)
    assert await room.hub.push(form, rss("mobilized: new", "mobilized: old")) == 202
    await room.read()
    assert alerted(room) == ["mobilized: new"]
    room.publish("mobilized: new", "mobilized: old", "mobilized: older")
    await room.poll()
    assert alerted(room) == ["mobilized: new"]
    room.publish("mobilized: last", "mobilized: new", "mobilized: old", "mobilized: older")
    await room.poll()
    assert alerted(room) == ["mobilized: new", "mobilized: last"]


async def test_all_that_was_published_of_late_alerts(room: Room) -> None:
    """A hub that sends the whole feed, or several entries at once: dates tell what it was sent for."""
    form = await not_read_yet(room)
    ages = {"mobilized c": 0 * HOURS, "mobilized b": 0.5 * HOURS, "mobilized a": 2 * HOURS, "mobilized 0": 99 * HOURS}
    assert await room.hub.push(form, dated(room, ages)) == 202
    await room.read()
    assert alerted(room) == ["mobilized b", "mobilized c"]


async def test_what_came_while_nobody_listened_is_of_late_too(room: Room) -> None:
    """What was published since the feed was last asked in vain is news, however long the hub tried to push it."""
    form = await not_read_yet(room)
    room.clock.advance(20 * HOURS)
    assert await room.hub.push(form, dated(room, {"mobilized b": 1 * HOURS, "mobilized a": 19 * HOURS})) == 202
    await room.read()
    assert alerted(room) == ["mobilized a", "mobilized b"]


@pytest.mark.parametrize(
    ("last", "expected"), [(2, ["mobilized b", "mobilized c"]), (None, ["mobilized a", "mobilized b", "mobilized c"])]
)
async def test_first_run_may_ask_for_more(room: Room, last: int | None, expected: list[str]) -> None:
    """With `first_run: last 2` or `all` so many of what is pushed alert."""
    room.first_run = FirstRun(last=last)
    form = await not_read_yet(room)
    assert await room.hub.push(form, rss("mobilized c", "mobilized b", "mobilized a")) == 202
    await room.read()
    assert alerted(room) == expected
