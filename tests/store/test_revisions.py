"""Any store: what becomes of entries that are kept."""

from dataclasses import replace
from datetime import timedelta

from monitor.model.alert import DeliveryState
from monitor.model.calm import Silence
from monitor.model.entry import Entry
from monitor.model.match import Decision, Reason
from monitor.model.record import Revision, Route
from monitor.store import Store
from tests.store.builders import HOUR, NOW, matched, new, nothing, poll

ROUTES = dict.fromkeys(("war", "army", "sport"), Route(receivers=("desk",)))


def kept(store: Store, *decisions: Decision) -> tuple[int, Entry]:
    """Keep an entry called "first"; return its number and what it says."""
    store.record(poll(new("first", *decisions), receivers=("desk",)))
    [record] = store.entries()
    return record.entry.number, record.entry.entry


def test_entry_says_what_it_says_now(store: Store) -> None:
    """A revision changes the entry's texts, and what the watchlists it names make of it; the rest stays."""
    number, entry = kept(store, nothing("sport"), matched("war", Reason.EXCLUDED))
    after = replace(entry, summary="О войне", article="Страница\nцеликом", updated=NOW)
    assert store.revise([Revision(number=number, entry=after, decisions=())], at=NOW + HOUR, routes=ROUTES) == ()
    [record] = store.entries()
    assert (record.entry.entry, record.entry.seen) == (after, NOW)
    assert record.decisions == (nothing("sport"), matched("war", Reason.EXCLUDED))


def test_watchlist_that_matches_now_alerts(store: Store) -> None:
    """Only a watchlist that made no alert of the entry makes one, under the entry's first; its receivers are told."""
    number, entry = kept(store, matched("war"), nothing("sport"))
    edited = (matched("war", Reason.EDITED), matched("sport", Reason.EDITED), matched("army", Reason.BOILERPLATE))
    revision = Revision(number=number, entry=replace(entry, title="Спортивная мобилизация"), decisions=edited)
    made = store.revise([revision], at=NOW + HOUR, routes=ROUTES)
    first, second = store.alerts()
    assert made == (second.alert.number,)
    assert (second.alert.watchlist, second.alert.reason, second.alert.created) == ("sport", Reason.EDITED, NOW + HOUR)
    assert (first.alert.follows, second.alert.follows) == (None, first.alert.number)
    assert [each.receiver for each in second.deliveries] == ["desk"]
    assert store.revise([revision], at=NOW + HOUR, routes=ROUTES) == ()
    [record] = store.entries()
    assert record.decisions == edited


def test_alert_stays_as_it_was_made(store: Store) -> None:
    """An alert tells what was found when it was made, however often its entry changes."""
    number, entry = kept(store, matched("war"))
    [before] = store.alerts()
    for hour, title in enumerate(("Другое", "Третье"), 1):
        after = replace(entry, title=title, published=NOW)
        revision = Revision(number=number, entry=after, decisions=(nothing("war"),))
        store.revise([revision], at=NOW + hour * HOUR, routes=ROUTES)
    [alert] = store.alerts()
    assert alert.alert == before.alert
    [record] = store.entries()
    assert (record.entry.entry.title, record.decisions) == ("Третье", (nothing("war"),))


def test_revision_with_a_poll(store: Store) -> None:
    """What a poll revises is kept with what it finds, its alerts after those of new entries."""
    number, entry = kept(store, nothing("war"))
    revision = Revision(number=number, entry=replace(entry, summary="new words"), decisions=(matched("war"),))
    numbers = store.record(replace(poll(new("second", matched("war")), at=NOW + HOUR), revised=(revision,)))
    assert [made.alert.entry.entry.title for made in store.alerts()] == ["second", "first"]
    assert numbers == tuple(sorted(numbers))


def test_silence_holds_for_revisions(store: Store) -> None:
    """An alert that comes of a revision is silenced as any other."""
    number, entry = kept(store, nothing("war"))
    store.silence(Silence(watchlist="war", begins=NOW, ends=NOW + timedelta(days=1)))
    revision = Revision(number=number, entry=entry, decisions=(matched("war"),))
    store.revise([revision], at=NOW + HOUR, routes=ROUTES)
    [alert] = store.alerts()
    assert [each.state for each in alert.deliveries] == [DeliveryState.SILENCED]


def test_revision_of_an_entry_that_is_gone(store: Store) -> None:
    """There is nothing to change, and nothing to tell."""
    revision = Revision(number=77, entry=Entry(title="gone"), decisions=(matched("war"),))
    assert store.revise([revision], at=NOW, routes=ROUTES) == ()
    assert list(store.entries()) == []
