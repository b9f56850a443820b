"""What becomes of a subscription when something happens to it. Pure: time, chance and secrets are arguments."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.model.poll import FetchFailed
from monitor.model.secret import Secret
from monitor.model.subscription import Mode, Push, Subscription

#: The lease that a hub is asked for; it may grant another (WebSub §5.1).
LEASE = timedelta(days=10)
#: A lease granted for longer is renewed as if it ended then.
LONGEST_LEASE = timedelta(days=30)
#: While a hub pushes, a feed is polled at least this often.
CEILING = timedelta(hours=1)
#: When a hub is asked again that failed or did not verify; it doubles each time ...
FIRST_WAIT = timedelta(minutes=10)
#: ... up to this, which is also when a hub is asked again that refused.
LONGEST_WAIT = timedelta(days=1)
#: A lease is renewed after this part of it, and up to `_SPREAD` more, so that not all are renewed at once.
_RENEWED_AFTER = 0.7
_SPREAD = 0.2
#: However short the lease, it is not renewed sooner.
_SOONEST = timedelta(minutes=1)
#: Hubs of a feed that leave a choice.
_CHOICE = 2
#: Requests to unsubscribe that are sent in vain before the subscription is forgotten.
_GOODBYES = 3


def wanted(feed: str, hub: str, topic: str, *, callback: str, secret: str, now: datetime) -> Subscription:
    """Return a subscription that is to be asked for."""
    return Subscription(callback=Secret(callback), feed=feed, hub=hub, topic=topic, secret=Secret(secret), next_try=now)


def another(kept: Subscription, hubs: Sequence[str], *, now: datetime) -> str:
    """Return the hub to ask in the place of one that refuses or fails, of all that the feed names; "" for none."""
    if len(hubs) < _CHOICE or kept.push(now) not in {Push.REFUSED, Push.FAILING}:
        return ""
    return hubs[(hubs.index(kept.hub) + 1) % len(hubs)]


def after(wanted: Subscription, other: Subscription, *, now: datetime) -> Subscription:
    """Return it as it is to be asked for after the `other`, in vain: all hubs of a feed together wait as one does."""
    return replace(wanted, failures=other.failures, next_try=now + _wait(max(other.failures - 1, 0)))


def asked(kept: Subscription, *, now: datetime) -> Subscription:
    """Ask for it: until the hub verifies, that counts as a failure, and it is asked again."""
    next_try = now + _wait(kept.failures)
    return replace(kept, pending=True, failures=kept.failures + 1, reason="", next_try=next_try)


def failed(kept: Subscription, failure: FetchFailed) -> Subscription:
    """Note that the hub could not be asked, or answered with an error."""
    next_try = max(kept.next_try, failure.retry_after or kept.next_try)
    return replace(kept, pending=False, reason=failure.reason, next_try=next_try)


def verified(kept: Subscription, *, seconds: int, now: datetime, chance: float) -> Subscription:
    """Note that the hub has verified and leases for so many seconds; `chance` in [0, 1) spreads renewals."""
    lease = min(timedelta(seconds=seconds), LONGEST_LEASE)
    renewed_after = max(lease * (_RENEWED_AFTER + _SPREAD * chance), _SOONEST)
    return replace(
        kept,
        pending=False,
        denied=False,
        failures=0,
        reason="",
        lease_until=now + lease,
        next_try=now + renewed_after,
    )


def denied(kept: Subscription, *, now: datetime) -> Subscription:
    """Note that the hub refuses it, at once or later on (WebSub §5.2)."""
    return replace(kept, pending=False, denied=True, reason="", lease_until=None, next_try=now + LONGEST_WAIT)


def _wait(failures: int) -> timedelta:
    return min(FIRST_WAIT * (1 << min(failures, 16)), LONGEST_WAIT)


def leaving(kept: Subscription, *, now: datetime) -> Subscription:
    """Want it no more."""
    return replace(kept, mode=Mode.UNSUBSCRIBE, pending=False, failures=0, next_try=now)


def ended(kept: Subscription, *, now: datetime) -> bool:
    """Whether a subscription that we want no more can be forgotten: the hub does not push, or does not hear us."""
    over = kept.lease_until is None or kept.lease_until <= now
    return kept.mode is Mode.UNSUBSCRIBE and (over or kept.failures >= _GOODBYES)


def form(kept: Subscription) -> dict[str, str]:
    """Return what to send to the hub (WebSub §5.1)."""
    fields = {"hub.callback": kept.callback.reveal(), "hub.mode": str(kept.mode), "hub.topic": kept.topic}
    if kept.mode is Mode.UNSUBSCRIBE:
        return fields
    return {**fields, "hub.secret": kept.secret.reveal(), "hub.lease_seconds": str(int(LEASE.total_seconds()))}


def poll_until(kept: Subscription, *, at_most: timedelta | None, now: datetime) -> datetime | None:
    """Return until when a poll may wait because the hub pushes, never past the lease; None if it may not.

    `at_most` is the longest wait that the user wants.
    """
    if kept.lease_until is None or not kept.alive(now) or kept.silent:
        return None
    return min(now + CEILING, now + (at_most or CEILING), kept.lease_until)
