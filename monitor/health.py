"""What the outcome of a poll makes of a feed's state. Pure: deciding only, the pipeline does."""

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.model.feed import FeedHealth, FeedState, Redirect, Validators
from monitor.model.poll import Failure
from monitor.schedule import GONE_WAIT, LONGEST_WAIT, Pace, after_outage, next_poll

#: A permanent redirect is believed after so many good parses ...
PROOF_PARSES = 3
#: ... over at least so long: a captive portal or a mistake of an hour is not stored.
PROOF_TIME = timedelta(hours=24)

#: Parses killed in a row that put a feed in quarantine, where it is asked once a day.
QUARANTINE_AFTER = 3

#: Failures in a row after which a stored redirect is given up for the configured address.
DISTRUST_MOVE_AFTER = 3


def well(
    state: FeedState, *, validators: Validators, moved_to: str | None, parsed: bool, now: datetime, interval: timedelta
) -> FeedState:
    """Return the state after a good poll: a feed that parsed (`parsed`), or a 304."""
    redirect = _proving(state.redirect, moved_to, parsed=parsed, now=now)
    proved = redirect is not None and redirect.parses >= PROOF_PARSES and now - redirect.since >= PROOF_TIME
    return replace(
        state,
        health=FeedHealth.WELL,
        reason="",
        validators=validators,
        moved_to=redirect.url if proved and redirect is not None else state.moved_to,
        redirect=None if proved else redirect,
        failures=0,
        kills=0,
        baselined=state.baselined or parsed,
        last_polled=now,
        last_success=now,
        next_poll=next_poll(now=now, interval=interval, failures=0),
        retry_after=None,
    )


def failed(
    state: FeedState,
    *,
    failure: Failure,
    reason: str,
    now: datetime,
    interval: timedelta,
    retry_after: datetime | None = None,
) -> FeedState:
    """Return the state after a poll that brought nothing; validators and what was seen stay as they are."""
    failures = state.failures + 1
    kills = state.kills + 1 if failure is Failure.PARSE_KILLED else 0
    health = FeedHealth.FAILING
    when = next_poll(now=now, interval=interval, failures=failures)
    if failure is Failure.GONE:
        health, when = FeedHealth.GONE, now + GONE_WAIT
    elif kills >= QUARANTINE_AFTER:
        health, when = FeedHealth.QUARANTINED, now + LONGEST_WAIT
    if retry_after is not None:
        when = max(when, retry_after)
    return replace(
        state,
        health=health,
        reason=reason,
        moved_to=None if failures >= DISTRUST_MOVE_AFTER else state.moved_to,
        redirect=None,
        failures=failures,
        kills=kills,
        last_polled=now,
        next_poll=when,
        retry_after=retry_after,
        interval=when - now,
        interval_reason=str(Pace.GONE) if health is FeedHealth.GONE else f"{Pace.FAILED}: {_times(failures)}",
    )


def excused(state: FeedState, *, now: datetime, chance: float) -> FeedState:
    """Return the state after a poll that our own network's outage failed: nothing is held against the feed (R10)."""
    when = after_outage(now=now, chance=chance)
    return replace(
        state,
        health=FeedHealth.FAILING,
        reason="our own network is out",
        last_polled=now,
        next_poll=when,
        interval=when - now,
        interval_reason=str(Pace.OUTAGE),
    )


def shut_out(state: FeedState, *, reason: str, until: datetime, now: datetime) -> FeedState:
    """Return the state of a feed whose host wants to be left alone, as it said when it was asked for another one."""
    return replace(
        state,
        health=FeedHealth.FAILING,
        reason=reason,
        next_poll=until,
        retry_after=until,
        interval=until - now,
        interval_reason=str(Pace.FAILED),
    )


def _times(failures: int) -> str:
    return "once" if failures == 1 else f"{failures} times in a row"


def _proving(redirect: Redirect | None, moved_to: str | None, *, parsed: bool, now: datetime) -> Redirect | None:
    if moved_to is None:
        return None
    if redirect is None or redirect.url != moved_to:
        return Redirect(url=moved_to, since=now, parses=1 if parsed else 0)
    return replace(redirect, parses=redirect.parses + 1) if parsed else redirect
