"""The conditions that websub.rocks puts to a subscriber, by their numbers (R21)."""

import pytest

from monitor.model.subscription import Push
from tests.websub.conftest import FEED, Room, rss
from tests.websub.hub import Page

NEWS = "Relatives of mobilized soldiers protest"


async def asked_topic(room: Room) -> str:
    """The topic that is asked of the hub after a poll."""
    await room.poll()
    await room.websub.tick()
    return (await room.hub.asked())["hub.topic"]


def link_header(room: Room, hub: str = "/hub", topic: str = "/topic") -> dict[str, str]:
    return {"Link": f'<{room.hub.url(hub)}>; rel="hub", <{room.hub.url(topic)}>; rel="self"'}


async def test_100_link_headers(room: Room) -> None:
    """Hub and self are found in Link headers when the document has neither."""
    room.hub.pages[FEED] = Page(rss("Quiet day"), headers=link_header(room))
    assert room.hub.url("/topic") == await asked_topic(room)


async def test_101_html_links(room: Room) -> None:
    """Hub and self are found in the link elements of an HTML page."""
    links = "<link rel='stylesheet' href=x><link href='/hub' rel=hub><LINK REL=\"self\" HREF=\"/topic?a&amp;b\">"
    room.hub.pages[FEED] = Page(f"<!doctype html><html><head>{links}</head></html>".encode())
    assert room.hub.url("/topic?a&b") == await asked_topic(room)


async def test_102_atom_links(room: Room) -> None:
    """Hub and self are found in the link elements of an Atom feed."""
    links = f"<link rel='hub' href='{room.hub.url('/hub')}'/><link rel='self' href='/topic'/>"
    room.hub.pages[FEED] = Page(
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title>{links}"
        "<entry><id>1</id><title>y</title></entry></feed>".encode()
    )
    assert room.hub.url("/topic") == await asked_topic(room)


async def test_103_rss_links(room: Room) -> None:
    """Hub and self are found in the atom:link elements of an RSS feed."""
    room.publish("Quiet day", topic=room.hub.url("/topic"))
    assert room.hub.url("/topic") == await asked_topic(room)


async def test_104_link_headers_win(room: Room) -> None:
    """Link headers win over links in the document."""
    room.publish("Quiet day", topic=room.hub.url("/other"), hub=room.hub.url("/nobody"))
    room.hub.pages[FEED].headers.update(link_header(room))
    assert room.hub.url("/topic") == await asked_topic(room)


async def test_200_self_is_the_topic(room: Room) -> None:
    """A self address unlike the fetched one becomes the topic."""
    room.publish("Quiet day", topic="https://paper.example/feed")
    assert await asked_topic(room) == "https://paper.example/feed"


@pytest.mark.parametrize("status", [pytest.param(302, id="201"), pytest.param(301, id="202")])
async def test_201_202_the_topic_redirects(room: Room, status: int) -> None:
    """The topic answers 302 or 301: what is asked for is what the new address says of itself."""
    room.publish("Quiet day", topic=room.hub.url("/new"))
    room.hub.pages["/new"] = room.hub.pages[FEED]
    room.hub.pages[FEED] = Page(status=status, headers={"Location": "/new"})
    assert room.hub.url("/new") == await asked_topic(room)


@pytest.mark.parametrize("status", [pytest.param(307, id="203"), pytest.param(308, id="204")])
async def test_203_204_the_hub_redirects(room: Room, status: int) -> None:
    """The hub answers 307 or 308: the request is repeated there with its body."""
    room.hub.answers |= {"/hub": Page(status=status, headers={"Location": "/moved"}), "/moved": Page(status=202)}
    form = await room.subscribe()
    assert room.hub.paths[-2:] == ["/hub", "/moved"]
    assert form["hub.mode"] == "subscribe"
    assert room.push() is Push.ON


async def test_205_a_topic_never_asked_for(room: Room) -> None:
    """A verification for a topic that was never asked for is refused."""
    await room.poll()
    await room.websub.tick()
    form = await room.hub.asked()
    answer = await room.hub.verify(form, topic="https://elsewhere.example/feed")
    assert (answer.status, answer.text) == (404, "")
    assert room.push() is Push.ASKED


async def test_300_a_push_is_answered_at_once(room: Room) -> None:
    """What is pushed is answered 2xx before anything is done with it, and becomes an alert."""
    form = await room.subscribe()
    assert await room.hub.push(form, rss(NEWS)) == 202
    assert room.titles() == ["Quiet day"]
    assert room.arrived == ["paper"]
    assert await room.read() == (1,)
    assert room.titles() == ["Quiet day", NEWS]


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param("sha256=" + "0" * 64, id="301"),
        pytest.param("", id="302"),
        pytest.param("md5=d41d8cd98f00b204e9800998ecf8427e", id="weak"),
        pytest.param("sha256=ä", id="not hexadecimal"),
    ],
)
async def test_301_302_wrong_or_missing_signature(room: Room, signature: str) -> None:
    """With a secret set, a wrong or missing signature is answered 2xx and not processed."""
    form = await room.subscribe()
    assert await room.hub.push(form, rss(NEWS), signature=signature) == 202
    assert room.arrived == []
    assert await room.read() == ()
