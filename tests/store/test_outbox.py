"""Any store: deliveries."""

import sqlite3
from dataclasses import replace

import pytest

from monitor.model.alert import Alert, Delivery, DeliveryState, Notice
from monitor.store import Store
from tests.store.builders import HOUR, NOW, matched, new, poll


def due(store: Store, *receivers: str, limit: int = 99) -> tuple[Delivery, ...]:
    return store.due_deliveries(now=NOW, receivers=receivers or ("desk", "phone"), limit=limit)


def sent(delivery: Delivery) -> Delivery:
    return replace(delivery, state=DeliveryState.SENT, attempts=1, next_attempt=None)


def dead(delivery: Delivery) -> Delivery:
    return replace(delivery, state=DeliveryState.DEAD, attempts=9, next_attempt=None, error="refused")


def test_delivery_begins(store: Store) -> None:
    """An alert's delivery begins untried, and due."""
    [number] = store.record(poll(new("a", matched())))
    [delivery] = due(store, "desk")
    assert delivery == Delivery(
        number=delivery.number,
        alert=number,
        receiver="desk",
        state=DeliveryState.PENDING,
        attempts=0,
        created=NOW,
        queued=NOW,
        next_attempt=NOW,
        error="",
    )


def test_each_receiver_oldest_first(store: Store) -> None:
    """Every receiver gets its alerts in their order, and a long queue of one leaves room for another's."""
    numbers = store.record(poll(*(new(title, matched()) for title in "abc")))
    assert [(row.receiver, row.alert) for row in due(store, "phone", "desk", limit=2)] == [
        ("phone", numbers[0]),
        ("phone", numbers[1]),
        ("desk", numbers[0]),
        ("desk", numbers[1]),
    ]
    assert due(store, "nobody") == ()


def test_poison_row_lets_others_pass(store: Store) -> None:
    """A delivery that has to be tried again later does not hold up those behind it."""
    _, second = store.record(poll(new("a", matched()), new("b", matched())))
    poison = due(store, "desk")[0]
    store.settle([replace(poison, attempts=1, next_attempt=NOW + HOUR, error="refused")])
    assert [row.alert for row in due(store, "desk")] == [second]
    later = store.due_deliveries(now=NOW + HOUR, receivers=["desk"], limit=1)
    assert later == (replace(poison, attempts=1, next_attempt=NOW + HOUR, error="refused"),)


def test_what_a_new_start_has_to_know(store: Store) -> None:
    """The oldest delivery that failed and is still owed is known, and when its receiver last took something."""
    store.record(poll(*(new(title, matched()) for title in "abcd")))
    first, second, third, _ = due(store, "desk")
    assert (store.oldest_failed("desk"), store.last_sent("desk")) == (None, None)
    failed = [replace(each, attempts=1, attempted=NOW, error="refused") for each in (second, third)]
    store.settle(failed)
    store.settle([replace(sent(first), attempted=NOW - HOUR)])
    assert (store.oldest_failed("desk"), store.last_sent("desk")) == (failed[0], NOW - HOUR)
    assert (store.oldest_failed("phone"), store.last_sent("phone")) == (None, None)


def test_what_waits_for_too_long_is_given_up(store: Store) -> None:
    """What is owed to one receiver since before a time is made dead with the reason; what was sent is left alone."""
    store.record(poll(*(new(title, matched()) for title in "ab")))
    store.settle([sent(due(store, "desk")[0])])
    assert store.expire("desk", queued_before=NOW, error="gone") == 0
    assert store.expire("desk", queued_before=NOW + HOUR, error="gone") == 1
    assert store.owed() == {"phone": 2}
    (given_up,) = store.deliveries(states=[DeliveryState.DEAD])
    assert (given_up.receiver, given_up.error) == ("desk", "gone")


@pytest.mark.parametrize(
    ("state", "owed"),
    [
        (DeliveryState.PENDING, {"desk": 1}),
        (DeliveryState.UNKNOWN, {"desk": 1}),
        (DeliveryState.SENT, {}),
        (DeliveryState.DEAD, {}),
    ],
)
def test_what_is_owed(store: Store, state: DeliveryState, owed: dict[str, int]) -> None:
    """What may not have arrived is still owed and tried again; what was sent or given up is not."""
    store.record(poll(new("a", matched()), receivers=("desk",)))
    [delivery] = due(store)
    store.settle([replace(delivery, state=state, attempts=1, next_attempt=NOW if owed else None)])
    assert store.owed() == owed
    assert len(due(store)) == len(owed)


def test_message_of_an_alert(store: Store) -> None:
    """The message is the alert as it was decided: entry, matches, reason."""
    decision = matched()
    store.record(poll(new("О мобилизации", decision)))
    [(_, message)] = store.take(due(store)[:1])
    assert isinstance(message, Alert)
    assert message == next(store.alerts()).alert
    assert (message.entry.entry.title, message.matches, message.created) == ("О мобилизации", decision.matches, NOW)


def test_message_of_a_notice(store: Store) -> None:
    """What the service says of itself goes the same way as alerts, to each receiver."""
    notice = Notice(title="The configuration is broken", body="строка 3")
    store.notify(Notice(title="before", body=""), ["desk"], now=NOW)
    store.notify(notice, ["desk", "phone"], now=NOW)
    store.notify(Notice(title="to nobody", body=""), [], now=NOW)
    _, desk, phone = due(store)
    assert desk.alert is None
    assert store.take([desk, phone]) == ((desk, notice), (phone, notice))


def test_a_dead_letter_is_told_of_once(store: Store) -> None:
    """A delivery that is given up and the notice of it are kept together, however often that is asked for."""
    store.record(poll(new("a", matched()), receivers=("desk",)))
    (first,) = due(store)
    notice = Notice(title="Alerts to desk are not delivered", body="")
    for _ in range(2):
        store.give_up(dead(first), notice, ["phone"], now=NOW)
    (told,) = due(store)
    assert (told.receiver, store.take([told])) == ("phone", ((told, notice),))
    assert [each.state for each in store.deliveries()] == [DeliveryState.DEAD, DeliveryState.PENDING]


def test_what_waits_is_moved(store: Store) -> None:
    """What waits for a receiver, and its dead letters, go to another one, but for what that one has or had."""
    store.record(poll(*(new(title, matched()) for title in "abc"), receivers=("old",)))
    first, second, _ = due(store, "old")
    store.settle([dead(first)])
    store.settle([sent(second)])
    store.record(poll(new("d", matched()), receivers=("old", "desk")))
    store.notify(Notice(title="t", body="b"), ["old"], now=NOW)
    assert store.move("old", "desk", now=NOW) == 3
    assert [(each.alert, each.attempts) for each in due(store)] == [(1, 0), (3, 0), (4, 0), (None, 0)]
    assert store.owed() == {"desk": 4, "old": 1}


def test_dead_letters_are_queued_again(store: Store) -> None:
    """All dead letters, and only they, start again: due now, no attempts, the time to give up counted anew."""
    store.record(poll(*(new(title, matched()) for title in "abc"), receivers=("desk",)))
    first, second, third = due(store)
    store.settle([dead(first)])
    store.settle([sent(second)])
    assert store.requeue(None, now=NOW + HOUR) == 1
    assert store.due_deliveries(now=NOW + HOUR, receivers=["desk"], limit=9) == (
        replace(first, queued=NOW + HOUR, next_attempt=NOW + HOUR),
        third,
    )


def test_chosen_ones_are_queued_again(store: Store) -> None:
    """Deliveries can be queued again by number; one that was sent is left alone."""
    store.record(poll(*(new(title, matched()) for title in "abcd"), receivers=("desk",)))
    first, second, third, fourth = due(store)
    store.settle([dead(first)])
    store.settle([sent(second)])
    store.settle([replace(third, state=DeliveryState.UNKNOWN, attempts=1, next_attempt=NOW + HOUR)])
    store.settle([dead(fourth)])
    assert store.requeue([first.number, second.number, third.number, 12345], now=NOW) == 2
    assert due(store) == (first, third)


def test_dropped_ones_are_never_sent(store: Store) -> None:
    """What the user drops is owed no more and stays listed; what was sent stays sent, a dropped one can come back."""
    store.record(poll(*(new(title, matched()) for title in "abc"), receivers=("desk",)))
    first, second, third = due(store)
    store.settle([sent(first)])
    store.settle([dead(second)])
    assert store.drop([first.number, second.number, third.number, 12345]) == 2
    assert store.drop([second.number]) == 0
    assert store.owed() == {}
    assert [each.state for each in store.deliveries()] == [DeliveryState.SENT, *[DeliveryState.DROPPED] * 2]
    assert store.requeue(None, now=NOW) == 0
    assert store.requeue([second.number], now=NOW) == 1
    assert [each.number for each in due(store)] == [second.number]


def test_what_is_dropped_while_it_is_sent_stays_dropped_unless_it_arrives(store: Store) -> None:
    """A failure that comes after the user dropped a delivery does not bring it back; its arrival is kept."""
    store.record(poll(new("a", matched()), new("b", matched()), receivers=("desk",)))
    first, second = due(store)
    store.drop([first.number, second.number])
    store.settle([replace(first, attempts=1, next_attempt=NOW, error="refused"), sent(second)])
    assert [each.state for each in store.deliveries()] == [DeliveryState.DROPPED, DeliveryState.SENT]


def test_owed_row_always_has_its_time(store: Store) -> None:
    """A delivery still owed but never to be tried again would be lost: the store refuses it."""
    store.record(poll(new("a", matched())))
    delivery = due(store)[0]
    with pytest.raises(sqlite3.IntegrityError, match="owed"):
        store.settle([replace(delivery, next_attempt=None)])
    assert delivery in due(store)
