"""Any store: lists."""

from monitor.model.alert import DeliveryState
from monitor.store import Store
from tests.store.builders import HOUR, NOW, feed, matched, new, poll
from tests.store.conftest import Opener


def test_empty(store: Store) -> None:
    """A new store lists nothing."""
    assert [*store.alerts(), *store.entries(), *store.deliveries()] == []
    assert [*store.alerts(since=NOW), *store.entries(since=NOW)] == []


def test_long_lists_are_whole(store: Store) -> None:
    """A list longer than what is read at once has every row once, oldest first."""
    titles = [str(number) for number in range(250)]
    store.record(poll(*(new(title, matched()) for title in titles)))
    assert [kept.entry.entry.title for kept in store.entries()] == titles
    assert [made.alert.entry.entry.title for made in store.alerts()] == titles
    numbers = [delivery.number for delivery in store.deliveries()]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 500


def test_since(store: Store) -> None:
    """A list can begin at a time."""
    for hour in range(3):
        store.record(poll(new(str(hour), matched()), at=NOW + hour * HOUR))
    since = NOW + HOUR
    assert [kept.entry.entry.title for kept in store.entries(since=since)] == ["1", "2"]
    assert [made.alert.entry.entry.title for made in store.alerts(since=since)] == ["1", "2"]
    assert list(store.alerts(since=NOW + 9 * HOUR)) == []


def test_of_one_feed(opener: Opener) -> None:
    """Entries can be listed for one feed."""
    store = opener()
    store.sync([feed("times"), feed("post")], now=NOW)
    store.record(poll(new("a")))
    assert [kept.entry.feed for kept in store.entries(feed="times")] == ["times"]
    assert list(store.entries(feed="post")) == []


def test_of_one_entry(store: Store) -> None:
    """An entry is found by its number, and so are its alerts."""
    first, second = store.record(poll(new("a", matched()), new("b", matched())))
    a, b = (kept.entry.number for kept in store.entries())
    assert [kept.entry.entry.title for kept in store.entries(number=b)] == ["b"]
    assert [made.alert.number for made in store.alerts(entry=a)] == [first]
    assert [made.alert.number for made in store.alerts(entry=b)] == [second]
    assert [*store.entries(number=99), *store.alerts(entry=99)] == []


def test_alerts_with_their_deliveries(store: Store) -> None:
    """Every alert shows what became of it at each receiver."""
    first, second = store.record(poll(new("a", matched()), new("b", matched())))
    listed = {made.alert.number: [row.receiver for row in made.deliveries] for made in store.alerts()}
    assert listed == {first: ["desk", "phone"], second: ["desk", "phone"]}


def test_deliveries_by_state(store: Store) -> None:
    """Deliveries can be listed by state."""
    store.record(poll(new("a", matched())))
    assert len(list(store.deliveries(states=[DeliveryState.PENDING, DeliveryState.DEAD]))) == 2
    assert list(store.deliveries(states=[DeliveryState.SENT])) == []


def test_writing_while_a_list_is_read(store: Store) -> None:
    """A list that is being read does not keep anything from being written."""
    store.record(poll(*(new(str(number), matched()) for number in range(150))))
    listing = store.alerts()
    next(listing)
    store.record(poll(new("late", matched()), at=NOW + HOUR))
    assert [made.alert.entry.entry.title for made in listing][-1] == "late"
