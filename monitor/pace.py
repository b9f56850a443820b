"""What the answer of a poll makes of a feed's rhythm: what is learnt, doubted, and when to ask again. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.model.feed import Feed, FeedState, Validators
from monitor.model.rhythm import Hints
from monitor.schedule import learn, plan

#: After so long of nothing but "not modified", a feed is asked once as if for the first time (R3).
DOUBT_AFTER = timedelta(days=8)
#: So long a server's validators are not used after it was caught.
DISTRUST = timedelta(days=30)
_LATELY = timedelta(days=1)
#: A document of one entry can not show whether it shares any with the last.
_LEAST_WINDOW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a document that the server sent comes to."""

    digest: bytes
    #: All of them; those of the document do not count when it is, byte for byte, the one that we have.
    hints: Hints
    #: How many it holds.
    entries: int
    #: Times that its new entries give for themselves.
    new: Sequence[datetime | None] = ()
    #: Whether it holds entries, and all of them are new.
    all_new: bool = False
    #: Whether the last document came from another address.
    elsewhere: bool = False


def validators(state: FeedState, *, now: datetime) -> Validators:
    """Return what to ask with: nothing, so that the document comes, where "not modified" is not to be believed."""
    distrusted = state.untrusted is not None and now - state.untrusted < DISTRUST
    return Validators() if distrusted or _doubted(state, now) else state.validators


def _doubted(state: FeedState, now: datetime) -> bool:
    """Whether the server said "not modified" for too long, up to now: an outage of ours in between would excuse it."""
    if state.confirmed is None or state.last_success is None:
        return False
    return state.last_success - state.confirmed >= DOUBT_AFTER and now - state.last_success <= _LATELY


def unchanged(
    before: FeedState, after: FeedState, feed: Feed, *, fresh: timedelta | None, now: datetime, chance: float
) -> FeedState:
    """Return the state after a 304, `after` being what it is in everything else; `fresh` is as in `NotModified`."""
    hints = before.hints if fresh is None else replace(before.hints, fresh=fresh)
    rhythm = learn(before.rhythm, (), now=now) if before.rhythm.at else before.rhythm
    made = plan(feed, rhythm, hints, now=now, gap=after.gap, chance=chance)
    return replace(
        after,
        hints=hints,
        rhythm=rhythm,
        confirmed=before.confirmed or now,
        next_poll=made.next_poll,
        interval=made.interval,
        interval_reason=made.reason,
    )


def changed(
    before: FeedState, after: FeedState, feed: Feed, brought: Brought, *, now: datetime, chance: float
) -> FeedState:
    """Return the state after a document, `after` being what it is in everything else."""
    same = brought.digest == before.digest
    comparable = not same and not brought.elsewhere
    caught = comparable and _doubted(before, now)
    missed = comparable and brought.all_new and min(before.window, brought.entries) >= _LEAST_WINDOW
    gap = now if missed else before.gap
    hints = replace(before.hints, fresh=brought.hints.fresh) if same else brought.hints
    rhythm = learn(before.rhythm, brought.new, now=now)
    made = plan(feed, rhythm, hints, now=now, gap=gap, chance=chance)
    return replace(
        after,
        digest=brought.digest,
        hints=hints,
        rhythm=rhythm,
        window=brought.entries or before.window,
        gap=gap,
        confirmed=now,
        untrusted=now if caught else before.untrusted,
        next_poll=made.next_poll,
        interval=made.interval,
        interval_reason=made.reason,
    )
