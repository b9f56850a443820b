"""Subscriptions over time: asked for, renewed, refused, given up; and how polls wait meanwhile."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from monitor.model.feed import Address
from monitor.model.secret import Secret
from monitor.model.subscription import Mode, Push
from tests.websub.conftest import FEED, Room, rss
from tests.websub.hub import Page

HOUR = timedelta(hours=1)
TEN = timedelta(minutes=10)


def in_own_rhythm(room: Room) -> bool:
    """Whether the feed is polled as it would be without a hub: sooner than one that pushes."""
    return TEN <= room.next_poll() < HOUR * 2 / 3


async def test_polls_wait_while_a_hub_pushes(room: Room) -> None:
    """A feed whose hub pushes is polled once an hour, any other at its own time."""
    await room.subscribe()
    assert in_own_rhythm(room)
    await room.poll()
    assert room.next_poll() == HOUR


async def test_polls_wait_no_longer_than_the_user_says(room: Room) -> None:
    """Where the user says `at_most`, a hub makes no poll wait longer than that."""
    await room.subscribe()
    room.feeds = {"paper": replace(room.feeds["paper"], at_most=HOUR * 3 / 4)}
    await room.websub.configure(room.settings, room.feeds)
    await room.poll()
    assert room.next_poll() == HOUR * 3 / 4


async def test_polls_never_wait_past_the_lease(room: Room) -> None:
    """When the hub leases for three quarters of an hour, the next poll comes when that ends."""
    await room.subscribe(lease_seconds="2700")
    await room.poll()
    assert room.next_poll() == HOUR * 3 / 4
    room.clock.advance(HOUR * 3 / 4)
    assert room.push() is Push.ASKED
    await room.poll()
    assert in_own_rhythm(room)


async def test_denial(room: Room) -> None:
    """When the hub denies, polls are back at once, and it is asked again a day later."""
    form = await room.subscribe()
    await room.poll()
    assert (await room.hub.verify(form, mode="denied", topic="x")).status == 404
    assert room.push() is Push.ON
    assert (await room.hub.verify(form, mode="denied")).status == 200
    assert room.push() is Push.REFUSED
    assert in_own_rhythm(room)
    room.clock.advance(timedelta(days=1))
    await room.websub.tick()
    assert (await room.hub.asked())["hub.mode"] == "subscribe"


async def test_a_silent_hub_is_not_trusted(room: Room) -> None:
    """A poll that finds what was not pushed ends the waiting, until something is pushed again."""
    form = await room.subscribe()
    room.publish("Quiet day", "Not pushed")
    await room.poll()
    assert room.push() is Push.SILENT
    assert in_own_rhythm(room)
    await room.poll()
    assert in_own_rhythm(room)
    assert await room.hub.push(form, rss("Pushed")) == 202
    await room.read()
    assert room.push() is Push.ON
    await room.poll()
    assert room.next_poll() == HOUR


async def test_a_push_that_is_no_feed(room: Room) -> None:
    """When what is pushed can not be read, polls are back at once."""
    form = await room.subscribe()
    await room.poll()
    assert await room.hub.push(form, b"something happened") == 202
    assert await room.read() == ()
    assert room.push() is Push.SILENT
    assert in_own_rhythm(room)


async def test_renewal(room: Room) -> None:
    """A lease is renewed before its end, with the same callback, and pushes go on meanwhile."""
    form = await room.subscribe(lease_seconds="86400")
    room.clock.advance(timedelta(hours=12))
    await room.websub.tick()
    assert room.subscription().failures == 0
    room.clock.advance(timedelta(hours=11))
    await room.websub.tick()
    again = await room.hub.asked()
    assert again == form
    assert room.push() is Push.ON
    assert (await room.hub.verify(again, lease_seconds="86400")).status == 200
    assert room.subscription().lease_until == room.clock() + timedelta(days=1)


@pytest.mark.parametrize(("seconds", "lease"), [("", 10), ("many", 10), ("9" * 9, 30), ("9" * 4000, 10)])
async def test_odd_leases(room: Room, seconds: str, lease: int) -> None:
    """A lease that is missing or not understood is what was asked for; none is longer than a month."""
    await room.subscribe(lease_seconds=seconds)
    assert room.subscription().lease_until == room.clock() + timedelta(days=lease)


async def test_a_verification_counts_once(room: Room) -> None:
    """Only what was asked for is verified: not a second time, and not another mode."""
    form = await room.subscribe()
    assert (await room.hub.verify(form)).status == 404
    assert (await room.hub.verify(form, mode="unsubscribe")).status == 404
    assert room.push() is Push.ON


async def test_a_hub_that_fails_is_asked_less_and_less(room: Room) -> None:
    """A hub that answers with errors, or never verifies, is asked after ten minutes, then twenty, up to a day."""
    room.hub.answers["/hub"] = Page(status=503, headers={"Retry-After": "7200"})
    await room.poll()
    await room.websub.tick()
    await room.websub.settled()
    await room.hub.asked()
    assert room.push() is Push.FAILING
    assert room.subscription().reason == "HTTP error: 503 Service Unavailable"
    assert room.subscription().next_try > room.clock() + 2 * HOUR - TEN
    room.hub.answers["/hub"] = Page(status=202)
    waits = []
    for _ in range(10):
        room.clock.time = room.subscription().next_try
        await room.websub.tick()
        await room.hub.asked()
        await room.websub.settled()
        waits.append(room.subscription().next_try - room.clock())
    assert waits[:3] == [2 * TEN, 4 * TEN, 8 * TEN]
    assert waits[-1] == timedelta(days=1)
    assert room.next_poll() < timedelta(0)


async def test_a_private_hub_is_not_asked(room: Room) -> None:
    """R58: a hub at a private address that is not allowed is refused, and so is a redirect there."""
    room.publish("Quiet day", hub="http://127.0.0.2:9/hub")
    await room.poll()
    await room.websub.tick()
    await room.websub.settled()
    assert room.subscription().reason.startswith("address not allowed: private")


@pytest.mark.parametrize("status", [301, 302, 303])
async def test_redirects_that_lose_the_form_are_not_followed(room: Room, status: int) -> None:
    """Only 307 and 308 say that the form is wanted elsewhere."""
    room.hub.answers |= {"/hub": Page(status=status, headers={"Location": "/moved"}), "/moved": Page(status=202)}
    await room.poll()
    await room.websub.tick()
    await room.websub.settled()
    assert room.subscription().reason == f"bad redirect: {status} to a form"


async def test_two_feeds_with_one_topic(room: Room) -> None:
    """Each has its own callback, and a push for one is none for the other."""
    await room.configure("paper", "copy")
    first = await room.subscribe()
    await room.poll("copy")
    await room.websub.tick()
    second = await room.hub.asked()
    assert first["hub.topic"] == second["hub.topic"]
    assert first["hub.callback"] != second["hub.callback"]
    assert (await room.hub.verify(second)).status == 200
    assert await room.hub.push(second, rss("News")) == 202
    assert room.arrived == ["copy"]


async def test_a_feed_that_leaves_is_unsubscribed(room: Room) -> None:
    """The hub of a feed that is configured no more is told, takes our word for it, and is forgotten."""
    form = await room.subscribe()
    await room.configure()
    await room.websub.tick()
    goodbye = await room.hub.asked()
    assert goodbye == {**{name: form[name] for name in ("hub.callback", "hub.topic")}, "hub.mode": "unsubscribe"}
    assert await room.hub.push(form, rss("News")) == 410
    assert (await room.hub.verify(goodbye)).status == 200
    assert room.store.subscriptions() == ()
    assert (await room.hub.verify(goodbye)).status == 404


async def test_a_hub_that_hears_no_goodbye_is_forgotten(room: Room) -> None:
    """Unsubscribing is tried three times."""
    await room.subscribe()
    await room.configure()
    for _ in range(3):
        await room.websub.tick()
        assert (await room.hub.asked())["hub.mode"] == "unsubscribe"
        await room.websub.settled()
        room.clock.advance(timedelta(hours=2))
    await room.websub.tick()
    assert room.store.subscriptions() == ()


async def test_another_public_address(room: Room) -> None:
    """With a new public address the old callback is given up, and the next poll asks for a new one."""
    form = await room.subscribe()
    await room.configure("paper", public_url="http://new.example/x")
    room.publish("Quiet day", "Another")
    await room.poll()
    await room.websub.tick()
    asked = {each["hub.mode"]: each["hub.callback"] for each in (await room.hub.asked(), await room.hub.asked())}
    assert asked["unsubscribe"] == form["hub.callback"]
    assert asked["subscribe"].startswith("http://new.example/x/websub/")


async def test_without_a_public_address_hubs_are_ignored(room: Room) -> None:
    """Who only polls has no subscriptions, and keeps none from before."""
    await room.subscribe()
    await room.poll()
    await room.configure("paper", public_url=None)
    assert in_own_rhythm(room)
    await room.poll()
    await room.websub.tick()
    assert room.store.subscriptions() == ()
    assert room.hub.paths.count("/hub") == 1
    assert await room.callback.listen(room.settings) is False


async def test_a_feed_with_a_proxy_is_only_polled(room: Room) -> None:
    """R60: for a feed with a proxy no hub is asked, which would learn where we are."""
    await room.subscribe()
    proxy = Address(url=Secret("socks5://127.0.0.1:9"), shown="socks5://127.0.0.1:9")
    room.feeds = {"paper": replace(room.feeds["paper"], proxy=proxy)}
    await room.websub.configure(room.settings, room.feeds)
    assert room.subscription().mode is Mode.UNSUBSCRIBE


async def test_a_feed_without_a_hub(room: Room) -> None:
    """A feed that no longer names its hub is polled as before."""
    await room.subscribe()
    room.hub.pages[FEED] = Page(rss("Quiet day"))
    await room.poll()
    assert room.subscription().mode is Mode.UNSUBSCRIBE
    await room.poll()
    assert in_own_rhythm(room)


async def test_a_feed_that_does_not_name_itself(room: Room) -> None:
    """The hub is asked for the address that the feed was found at."""
    room.hub.pages[FEED] = Page(status=302, headers={"Location": "/new"})
    room.hub.pages["/new"] = Page(rss("Quiet day", head=f"<atom:link rel='hub' href='{room.hub.url('/hub')}'/>"))
    assert (await room.subscribe())["hub.topic"] == room.hub.url("/new")
    assert room.push() is Push.ON


@pytest.mark.parametrize(
    "secret", [{"auth": Secret("u:p")}, {"headers": (("X-Key", Secret("k")),)}, {"shown_url": "x"}]
)
async def test_an_address_with_a_secret_is_not_told(room: Room, secret: dict[str, Any]) -> None:
    """Where the address of a feed that does not name itself may hold a secret, no hub is asked for it."""
    room.feeds = {"paper": replace(room.feeds["paper"], **secret)}
    room.hub.pages[FEED] = Page(rss("Quiet day", head=f"<atom:link rel='hub' href='{room.hub.url('/hub')}'/>"))
    await room.poll()
    assert room.store.subscriptions() == ()


async def asked_in_turn(room: Room, times: int) -> list[str]:
    """The hubs that are asked when polls go on finding something."""
    asked = []
    for number in range(times):
        room.publish(f"News {number}", hub=[room.hub.url("/first"), room.hub.url("/second")])
        await room.poll()
        [wanted] = [each for each in room.store.subscriptions() if each.mode is Mode.SUBSCRIBE]
        room.clock.time = max(room.clock.time, wanted.next_try)
        await room.websub.tick()
        form = await room.hub.asked()
        await room.websub.settled()
        asked.append(room.hub.paths[-1])
        if room.hub.answers[asked[-1]].status == 202 and asked[-1] == "/first":
            assert (await room.hub.verify(form, mode="denied")).status == 200
    return asked


@pytest.mark.parametrize("status", [503, 202])
async def test_a_second_hub_is_asked_when_the_first_fails_or_refuses(room: Room, status: int) -> None:
    """A feed may name several hubs: one that works is enough, and is kept."""
    room.hub.answers = {"/first": Page(status=status), "/second": Page(status=202)}
    assert await asked_in_turn(room, 2) == ["/first", "/second"]
    kept = room.subscription()
    assert await room.websub.verify(kept, mode="subscribe", topic=kept.topic, seconds="99999")
    room.publish("More", hub=[room.hub.url("/first"), room.hub.url("/second")])
    await room.poll()
    assert room.subscription().hub == room.hub.url("/second")
    assert room.push() is Push.SILENT  # it did not push what was found


async def test_hubs_that_all_fail_are_asked_less_and_less(room: Room) -> None:
    """However many hubs a feed names, they are asked in turn, and no more often than one."""
    room.hub.answers = {"/first": Page(status=503), "/second": Page(status=404)}
    begun = room.clock()
    assert await asked_in_turn(room, 6) == ["/first", "/second"] * 3
    assert room.clock() - begun == TEN * (1 + 2 + 4 + 8 + 16)


@pytest.mark.parametrize(
    "hub", ["ftp://hub.example/", "https://u:p@hub.example/", "http://[x/", "https://h/" + "x" * 2000]
)
async def test_hubs_that_are_no_web_addresses(room: Room, hub: str) -> None:
    """What is no plain web address is no hub."""
    room.publish("Quiet day", hub=hub)
    await room.poll()
    assert room.store.subscriptions() == ()


async def test_json_feed(room: Room) -> None:
    """A JSON Feed names hubs and itself in its own way."""
    hubs = f'[{{"type": "rssCloud", "url": "x"}}, {{"type": "WebSub", "url": "{room.hub.url("/hub")}"}}]'
    room.hub.pages[FEED] = Page(
        f'{{"version": "https://jsonfeed.org/version/1.1", "feed_url": "/topic", "hubs": {hubs}, "items": []}}'.encode()
    )
    await room.poll()
    assert (room.subscription().hub, room.subscription().topic) == (room.hub.url("/hub"), room.hub.url("/topic"))


async def test_a_start_begins_with_the_feeds_own_rhythm(room: Room) -> None:
    """While the service was stopped hubs pushed in vain: polls that were put off are back; subscriptions stay."""
    form = await room.subscribe()
    await room.poll()
    assert room.next_poll() == HOUR
    room.websub = room.new_websub()
    await room.websub.configure(room.settings, room.feeds)
    assert in_own_rhythm(room)
    assert room.websub.find(form["hub.callback"].rpartition("/")[2]) == room.subscription()
