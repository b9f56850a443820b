"""When the database can not be used, or a document breaks the parser: nothing is lost, and nothing hangs."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from monitor.errors import StoreUnavailable
from monitor.model.poll import Fetched, Parsed, ParseOutcome
from monitor.model.subscription import Push
from monitor.store import Store
from tests.websub.conftest import Room, rss


@contextmanager
def full_disk(store: Store) -> Iterator[None]:
    """While this lasts, the database can not be written to."""
    with store.reading() as db:
        db.exec_driver_sql("PRAGMA query_only = ON")
    yield
    with store.reading() as db:
        db.exec_driver_sql("PRAGMA query_only = OFF")


class Broken:
    """A parser with a fault."""

    async def parse(self, fetched: Fetched, before: Parsed | None = None) -> ParseOutcome:
        raise ZeroDivisionError


async def test_a_verification_that_can_not_be_kept(room: Room) -> None:
    """A hub that verifies while the database can not be written is asked to come again, and then it counts."""
    await room.poll()
    await room.websub.tick()
    form = await room.hub.asked()
    await room.websub.settled()
    with full_disk(room.store):
        assert (await room.hub.verify(form)).status == 503
    assert room.push() is Push.ASKED
    assert (await room.hub.verify(form)).status == 200
    assert room.push() is Push.ON


async def test_a_push_that_can_not_be_kept_waits(room: Room) -> None:
    """What was pushed while the database could not be written is read when it can be again."""
    form = await room.subscribe()
    assert await room.hub.push(form, rss("Mobilized")) == 202
    with full_disk(room.store), pytest.raises(StoreUnavailable):
        await room.read()
    assert room.websub.inbox.feeds() == ("paper",)
    assert await room.read() == (1,)
    assert room.websub.inbox.feeds() == ()


async def test_a_hub_is_not_asked_before_that_is_kept(room: Room) -> None:
    """While the database can not be written no hub is asked; afterwards it is."""
    await room.poll()
    with full_disk(room.store):
        await room.websub.tick()
        await room.websub.settled()
    assert room.hub.paths == ["/feed"]
    await room.websub.tick()
    assert (await room.hub.asked())["hub.mode"] == "subscribe"


async def test_a_document_that_breaks_the_parser(room: Room) -> None:
    """A document that can not be taken is put aside; polls must do until the next."""
    form = await room.subscribe()
    room.websub = room.new_websub(Broken())
    await room.websub.configure(room.settings, room.feeds)
    fetched = Fetched(
        body=rss("x"), content_type="", url=form["hub.topic"], validators=room.store.states()["paper"].validators
    )
    room.websub.inbox.put("paper", fetched)
    assert await room.read() == ()
    assert room.websub.inbox.feeds() == ()
    assert room.push() is Push.SILENT


async def test_what_waits_goes_with_its_feed(room: Room) -> None:
    """What was pushed of a feed that is configured no more is not read."""
    form = await room.subscribe()
    assert await room.hub.push(form, rss("Mobilized")) == 202
    await room.configure("other")
    assert room.websub.inbox.feeds() == ()


async def test_a_hub_may_end_a_goodbye(room: Room) -> None:
    """A hub that answers unsubscribing with a denial is forgotten as well."""
    await room.subscribe()
    await room.configure()
    await room.websub.tick()
    goodbye = await room.hub.asked()
    assert (await room.hub.verify(goodbye, mode="denied")).status == 200
    assert room.store.subscriptions() == ()
