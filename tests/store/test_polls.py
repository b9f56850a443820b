"""Any store: what polls bring."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from monitor.model.entry import Entry
from monitor.model.feed import FeedState
from monitor.model.match import Decision, Reason
from monitor.model.record import NewEntry
from monitor.store import Store
from monitor.store.tables import alias
from tests.store.builders import HOUR, NOW, feed, matched, new, nothing, poll
from tests.store.conftest import Opener


def test_entry_comes_back_as_it_was(store: Store) -> None:
    """Every field of an entry is kept, in any script."""
    entry = Entry(
        id="tag:1",
        link="https://times.example/1",
        title="О мобилизации 😀",
        summary="Підсумок",
        text="x" * 2_000_000,
        author="Анна, Bob",
        category="war, люди",
        published=NOW - HOUR,
        updated=NOW,
        language="ru",
    )
    store.record(poll(NewEntry(entry=entry, aliases=(), decisions=())))
    [kept] = store.entries()
    assert kept.entry.entry == entry
    assert (kept.entry.feed, kept.entry.seen) == ("times", NOW)


def test_decisions_come_back_as_they_were(store: Store) -> None:
    """What each watchlist made of an entry, and why, is kept in order: also that it found nothing."""
    made = {
        "some": (nothing("sport"), matched("war"), nothing("art")),
        "none": (nothing("sport"), nothing("war")),
        "first": (nothing("sport", Reason.BASELINE), matched("war", Reason.BASELINE)),
        "mixed": (nothing("sport", Reason.BASELINE), nothing("war")),
        "ruled out": (matched("war", Reason.EXCLUDED), nothing("sport")),
        "unwatched": (),
    }
    store.record(poll(*(new(title, *decisions) for title, decisions in made.items())))
    assert {kept.entry.entry.title: kept.decisions for kept in store.entries()} == made


def test_alerts_are_numbered_in_the_order_given(store: Store) -> None:
    """The oldest entry's alert comes first; whatever does not send makes none."""
    news = (
        new("old", matched("war"), nothing("sport")),
        new("ruled out", matched("war", Reason.EXCLUDED)),
        new("first", matched("war", Reason.BASELINE)),
        new("young", matched("army"), matched("war")),
    )
    numbers = store.record(poll(*news))
    assert numbers == tuple(sorted(numbers))
    told = [(made.alert.number, made.alert.entry.entry.title, made.alert.watchlist) for made in store.alerts()]
    assert told == list(zip(numbers, ("old", "young", "young"), ("war", "army", "war"), strict=True))


def test_many_entries_at_once(store: Store) -> None:
    """The largest document that is taken, 2,000 entries with 3 aliases each, is kept in its order."""
    titles = [f"{number:04}" for number in range(2000)]
    aliases = {title: [f"{kind}{title}".encode() for kind in "abc"] for title in titles}
    every = [alias for each in aliases.values() for alias in each]
    numbers = store.record(poll(*(new(title, matched(), aliases=aliases[title]) for title in titles), aliases=every))
    assert [made.alert.entry.entry.title for made in store.alerts()] == titles
    assert len(set(numbers)) == 2000
    assert store.known("times", [*every, b"never seen"]) == set(every)


def test_known_is_by_feed(opener: Opener) -> None:
    """An entry seen in one feed is new in another."""
    store = opener()
    store.sync([feed("times"), feed("post")], now=NOW)
    store.record(poll(new("a")))
    assert store.known("times", [b"a", b"b"]) == {b"a"}
    assert store.known("post", [b"a"]) == set()
    assert store.known("unheard of", [b"a"]) == set()
    assert store.known("times", []) == set()


def test_entries_may_share_an_alias(store: Store) -> None:
    """Entries that say the same of themselves, in one document or later, are all kept."""
    store.record(poll(new("a", aliases=[b"id", b"a"]), new("b", aliases=[b"id", b"b"])))
    store.record(poll(new("c", aliases=[b"id", b"c"]), at=NOW + HOUR))
    assert [kept.entry.entry.title for kept in store.entries()] == ["a", "b", "c"]
    assert store.known("times", [b"id", b"a", b"b", b"c"]) == {b"id", b"a", b"b", b"c"}


def test_served_aliases_that_nothing_was_kept_of_stay_unknown(store: Store) -> None:
    """Standing in a document does not make an entry known; only being kept does."""
    store.record(poll(aliases=[b"a"]))
    store.record(poll(aliases=[b"a"], at=NOW + timedelta(days=3)))
    assert store.known("times", [b"a"]) == set()


def test_what_is_served_is_remembered(store: Store) -> None:
    """What a feed still serves counts as seen, to the day; what it serves no more does not."""

    def last_seen() -> dict[bytes, datetime]:
        with store.reading() as db:
            return {row.alias: row.last_seen for row in db.execute(select(alias))}

    store.record(poll(new("a"), new("b")))
    store.record(poll(aliases=[b"a"], at=NOW + HOUR))
    assert last_seen() == {b"a": NOW, b"b": NOW}
    later = NOW + timedelta(days=1, hours=1)
    store.record(poll(aliases=[b"a"], at=later))
    assert last_seen() == {b"a": later, b"b": NOW}


@pytest.mark.parametrize("text", ["half \ud83d of a pair", "a \0 in it"])
def test_text_that_no_database_takes(store: Store, text: str) -> None:
    """A hostile text is kept with its length, so that marks in it stay in place."""
    store.record(poll(new(text, matched(), aliases=[b"a"])))
    [kept] = store.entries()
    assert len(kept.entry.entry.title) == len(text)
    assert kept.entry.entry.title[-4:] == text[-4:]


def test_failed_record_leaves_nothing(store: Store) -> None:
    """When a poll can not be written to its end, nothing of it is; the next one is taken."""
    lacking = replace(poll(new("a", matched()), state=FeedState(feed="times", failures=7)), routes={})
    with pytest.raises(KeyError):
        store.record(lacking)
    assert store.states()["times"].failures == 0
    assert list(store.entries()) == []
    assert store.known("times", [b"a"]) == set()
    assert len(store.record(poll(new("a", matched())))) == 1


def test_alert_that_nobody_wants(store: Store) -> None:
    """A watchlist without receivers still makes alerts, to be looked up."""
    store.record(poll(new("a", matched()), receivers=()))
    [made] = store.alerts()
    assert made.deliveries == ()
    assert made.alert.terms == ("мобилизация",)


def test_two_watchlists_two_receivers(store: Store) -> None:
    """Each alert has a delivery for each receiver, due at once."""
    store.record(poll(new("a", matched("war"), Decision(watchlist="army", reason=Reason.MATCHED))))
    assert store.owed() == {"desk": 2, "phone": 2}
    assert {len(made.deliveries) for made in store.alerts()} == {2}
    assert len(store.due_deliveries(now=NOW, receivers=["desk", "phone"], limit=9)) == 4
