"""Any store: feeds."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from monitor.model.alert import Notice
from monitor.model.feed import Empty, FeedHealth, FeedState, Mirror, Redirect, Silence, Trouble, Validators
from monitor.model.record import FeedRecord, PollRecord
from monitor.model.rhythm import Hints, Rhythm
from monitor.store import Store
from tests.store.builders import HOUR, NOW, feed, new, poll
from tests.store.conftest import Opener

FULL = FeedState(
    feed="times",
    health=FeedHealth.FAILING,
    reason="HTTP error: 503",
    validators=Validators(etag='W/"5f-gzip"', last_modified="Sun, 01 Mar 2026 10:00:00 GMT"),
    digest=b"\x00\xff",
    moved_to="https://new.example/rss",
    redirect=Redirect(url="https://newer.example/rss", since=NOW - HOUR, parses=2),
    mirror=Mirror(address="https://${TOKEN}@mirror.example/rss", since=NOW - 3 * HOUR),
    last_entry=NOW - 4 * HOUR,
    silence=Silence(usual=HOUR, longest=HOUR * 12.5, count=9),
    empty=Empty(since=NOW - HOUR, polls=2),
    trouble=Trouble.EMPTIED,
    trouble_since=NOW - HOUR,
    quiet=True,
    failures=3,
    kills=1,
    baselined=True,
    last_polled=NOW,
    last_success=NOW - 2 * HOUR,
    next_poll=NOW + HOUR,
    retry_after=NOW + HOUR / 2,
    interval=HOUR / 2,
    interval_reason="ttl: about 2 entries a day",
    hints=Hints(fresh=timedelta(0), ttl=HOUR, skip_hours=(0, 23), skip_days=(6,)),
    rhythm=Rhythm(hours=(0.5,) * 24, days=7.25, recent=1.5, at=NOW),
    window=20,
    gap=NOW - HOUR,
    confirmed=NOW - 3 * HOUR,
    untrusted=NOW - 2 * HOUR,
)


def test_new_feed_is_due_at_once(store: Store) -> None:
    """A feed just added to the configuration is polled now."""
    assert store.states() == {"times": FeedState(feed="times", next_poll=NOW)}
    assert store.due(now=NOW, limit=9) == ("times",)
    assert store.next_poll() == NOW


def test_no_feeds(opener: Opener) -> None:
    """A configuration without feeds has nothing to poll."""
    store = opener()
    assert store.states() == {}
    assert store.due(now=NOW, limit=9) == ()
    assert store.next_poll() is None


def test_state_comes_back_as_it_was(store: Store, opener: Opener) -> None:
    """Whatever is remembered of a feed is there after a restart, to the byte."""
    store.record(poll(state=FULL))
    store.close()
    again = opener()
    again.sync([feed()], now=NOW + HOUR)
    assert again.states() == {"times": FULL}


def test_r6_restart_never_polls_early(store: Store, opener: Opener) -> None:
    """However often the service restarts, a feed polled a minute ago is not asked before its time."""
    store.record(poll())
    for minute in range(1, 20):
        again = opener()
        again.sync([feed()], now=NOW + timedelta(minutes=minute))
        assert again.due(now=NOW + timedelta(minutes=minute), limit=9) == ()
    assert again.due(now=NOW + HOUR, limit=9) == ("times",)


def test_states_of_some_feeds(opener: Opener) -> None:
    """Feeds can be looked up by name, in the order asked for; one that is configured no more is left out."""
    store = opener()
    store.sync([feed(name) for name in "abc"], now=NOW)
    store.sync([feed(name) for name in "ab"], now=NOW)
    assert list(store.states("cba").items()) == [(name, FeedState(feed=name, next_poll=NOW)) for name in "ba"]


def test_at_once_is_due_at_once(store: Store) -> None:
    """A feed without a next time is due from the moment that this was said."""
    store.record(poll(state=FeedState(feed="times")))
    assert store.due(now=NOW, limit=9) == ("times",)


def test_due_feeds_come_longest_due_first(opener: Opener) -> None:
    """The feed that has waited longest is polled first, and no more than asked for."""
    store = opener()
    store.sync([feed(name) for name in "abcd"], now=NOW)
    for name, hours in (("a", 3), ("b", 1), ("c", 9), ("d", 2)):
        store.record(poll(state=FeedState(feed=name, next_poll=NOW + hours * HOUR)))
    assert store.due(now=NOW + 3 * HOUR, limit=9) == ("b", "d", "a")
    assert store.due(now=NOW + 3 * HOUR, limit=2) == ("b", "d")
    assert store.next_poll() == NOW + HOUR


def test_renamed_feed_is_the_same(store: Store) -> None:
    """Renaming a feed in the configuration keeps all that is known of it."""
    store.record(poll(new("a"), state=FULL))
    store.sync([feed("The Times", "https://times.example/rss")], now=NOW + HOUR)
    assert store.states() == {"The Times": replace(FULL, feed="The Times")}
    assert store.known("The Times", [b"a"]) == {b"a"}
    assert [kept.entry.feed for kept in store.entries()] == ["The Times"]


def test_feeds_change_names(opener: Opener) -> None:
    """Two feeds whose names change places keep what is known of their addresses."""
    store = opener()
    store.sync([feed("a", "https://one.example"), feed("b", "https://two.example")], now=NOW)
    store.record(poll(new("first"), state=FeedState(feed="a")))
    store.sync([feed("b", "https://one.example"), feed("a", "https://two.example")], now=NOW)
    assert store.known("b", [b"first"]) == {b"first"}
    assert store.known("a", [b"first"]) == set()


def test_new_address_keeps_entries(store: Store) -> None:
    """A feed whose address changes is asked afresh at once, but its known entries stay known."""
    store.record(poll(new("a"), state=FULL))
    store.sync([feed("times", "https://times.example/atom")], now=NOW + HOUR)
    expected = FeedState(
        feed="times",
        baselined=True,
        last_polled=NOW,
        last_success=FULL.last_success,
        last_entry=FULL.last_entry,
        silence=FULL.silence,
        next_poll=NOW + HOUR,
        rhythm=FULL.rhythm,
    )
    assert store.states() == {"times": expected}
    assert store.known("times", [b"a"]) == {b"a"}


def test_feeds_of_one_address(opener: Opener) -> None:
    """Two feeds of one address stay apart, however often the configuration is read."""
    store = opener()
    pair = [feed("a", "https://one.example"), feed("b", "https://one.example")]
    store.sync(pair, now=NOW)
    store.record(poll(new("first"), state=FeedState(feed="a")))
    store.sync(pair, now=NOW)
    assert store.known("a", [b"first"]) == {b"first"}
    assert store.known("b", [b"first"]) == set()


def test_name_goes_to_another_feed(store: Store) -> None:
    """When a feed gets a new name and its old one goes to a new feed, nothing gets mixed up."""
    store.record(poll(new("a")))
    store.sync([feed("times", "https://other.example"), feed("old times", "https://times.example/rss")], now=NOW)
    assert store.known("old times", [b"a"]) == {b"a"}
    assert store.known("times", [b"a"]) == set()


def test_removed_feed_rests(store: Store) -> None:
    """A feed taken out of the configuration is never polled; its entries stay, and it can come back."""
    store.record(poll(new("a")))
    store.sync([], now=NOW)
    assert store.due(now=NOW + 9 * HOUR, limit=9) == ()
    assert store.feeds() == ()
    assert len(list(store.entries())) == 1
    store.sync([feed()], now=NOW)
    assert store.known("times", [b"a"]) == {b"a"}


def test_feed_with_name_of_a_removed_one(store: Store) -> None:
    """A feed may take the name of one that was removed."""
    store.sync([feed("b")], now=NOW)
    store.sync([feed("times", "https://b.example/rss")], now=NOW)
    assert set(store.states()) == {"times"}


def test_poll_of_a_feed_just_removed(store: Store) -> None:
    """A poll that ends after its feed was taken out of the configuration leaves no trace."""
    store.sync([], now=NOW)
    assert store.record(poll(new("a"))) == ()
    assert list(store.entries()) == []


def test_feeds_are_listed_by_name(opener: Opener) -> None:
    """The list of feeds is sorted, with addresses and how many entries each has."""
    store = opener()
    store.sync([feed("times"), feed("izvestia")], now=NOW)
    store.record(poll(new("a"), new("b")))
    izvestia, times = store.feeds()
    assert izvestia == FeedRecord(
        url="https://izvestia.example/rss", state=FeedState(feed="izvestia", next_poll=NOW), entries=0
    )
    assert (times.state.feed, times.entries) == ("times", 2)


def test_hosts_are_left_alone(store: Store) -> None:
    """A host that asked for peace has it until then; its last word counts."""
    at, until = NOW, NOW + HOUR
    for host, free in (("a.example", at + 5 * HOUR), ("b.example", until), ("a.example", until + HOUR)):
        store.record(replace(poll(), host_wait=(host, free)))
    assert store.host_waits(now=NOW) == {"a.example": until + HOUR, "b.example": until}
    assert store.host_waits(now=until) == {"a.example": until + HOUR}
    store.record(replace(poll(at=until), host_wait=("c.example", until + HOUR)))
    assert set(store.host_waits(now=NOW)) == {"a.example", "c.example"}


def test_times_of_other_zones(store: Store) -> None:
    """A time given in another zone is the same time when it comes back."""
    kyiv = timezone(timedelta(hours=2))
    state = FeedState(feed="times", next_poll=datetime(2026, 3, 1, 15, tzinfo=kyiv))
    store.record(poll(state=state))
    assert store.next_poll() == NOW + HOUR


def test_time_without_zone_is_refused(store: Store) -> None:
    """A time that says nothing of its zone is a mistake of ours, and nothing is written."""
    naive = NOW.replace(tzinfo=None)
    record = PollRecord(at=NOW, state=FeedState(feed="times", next_poll=naive), routes={})
    with pytest.raises(ValueError, match="a time without a zone"):
        store.record(record)
    assert store.next_poll() == NOW


def test_what_was_told_stays_when_polls_are_kept(store: Store) -> None:
    """A poll that began before the user was told does not make it untold."""
    store.sync([feed()], now=NOW)
    before = store.states()["times"]
    broken = replace(before, trouble=Trouble.DEAD, trouble_since=NOW)
    store.record(PollRecord(at=NOW, state=broken, routes={}))
    [untold] = store.untold()
    assert (untold.trouble, untold.told) == (Trouble.DEAD, None)
    store.tell([untold], [Notice(title="times: dead", body="")], ["desk"], now=NOW)
    store.record(PollRecord(at=NOW, state=broken, routes={}))
    assert store.untold() == ()
    assert (store.states()["times"].told, store.states()["times"].told_since) == (Trouble.DEAD, NOW)
    assert len(list(store.deliveries())) == 1
