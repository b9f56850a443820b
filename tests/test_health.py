"""What a feed's state becomes after a poll."""

from datetime import UTC, datetime, timedelta

from monitor import health
from monitor.model.feed import FeedHealth, FeedState, Validators
from monitor.model.poll import Failure

NOW = datetime(2024, 6, 3, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)
MOVED = "https://new.example/feed"


def well(state: FeedState, now: datetime, moved_to: str | None = MOVED) -> FeedState:
    return health.well(state, validators=Validators(), moved_to=moved_to, parsed=True, now=now, interval=TEN_MINUTES)


def failed(state: FeedState, failure: Failure) -> FeedState:
    return health.failed(state, failure=failure, reason=str(failure), now=NOW, interval=TEN_MINUTES)


def test_r12_a_permanent_redirect_is_believed_after_a_day_and_three_parses() -> None:
    """R12: three good parses over 24 hours, not fewer and not faster."""
    state = well(FeedState(feed="paper"), NOW)
    state = well(state, NOW + timedelta(hours=1))
    state = well(state, NOW + timedelta(hours=2))
    assert state.moved_to is None
    state = well(state, NOW + timedelta(hours=24))
    assert state.moved_to == MOVED
    assert state.redirect is None


def test_r12_a_redirect_that_ends_is_forgotten() -> None:
    """R12: a captive portal's redirect leaves nothing behind."""
    state = well(FeedState(feed="paper"), NOW)
    state = well(state, NOW + timedelta(hours=1), moved_to=None)
    assert state.redirect is None


def test_a_stored_address_that_fails_is_given_up() -> None:
    """After three failures at the new address the configured one is asked again."""
    state = FeedState(feed="paper", moved_to=MOVED)
    for _ in range(3):
        state = failed(state, Failure.UNREACHABLE)
    assert state.moved_to is None


def test_three_killed_parses_put_a_feed_in_quarantine() -> None:
    """R54: then it is asked once a day; a good poll ends it."""
    state = FeedState(feed="paper")
    for _ in range(3):
        state = failed(state, Failure.PARSE_KILLED)
    assert state.health is FeedHealth.QUARANTINED
    assert state.next_poll == NOW + timedelta(days=1)
    assert well(state, NOW).health is FeedHealth.WELL


def test_r9_a_feed_that_was_away_for_sixty_days_is_found_within_a_day() -> None:
    """R9: however long it fails, it is asked once a day at least, and one good poll makes all well again."""
    state, now = FeedState(feed="paper"), NOW
    while now < NOW + timedelta(days=60):
        state = health.failed(state, failure=Failure.UNREACHABLE, reason="", now=now, interval=TEN_MINUTES)
        assert state.next_poll is not None
        assert state.next_poll - now <= timedelta(days=1)
        now = state.next_poll
    assert state.interval_reason == "failed: 67 times in a row"
    state = well(state, now)
    assert (state.failures, state.next_poll) == (0, now + TEN_MINUTES)


def test_r11_a_feed_that_is_gone_is_still_asked() -> None:
    """R9, R11: 410 slows polling down to once a week, it never ends it."""
    state = failed(FeedState(feed="paper"), Failure.GONE)
    assert state.health is FeedHealth.GONE
    assert state.next_poll == NOW + timedelta(days=7)
    assert state.interval_reason == "gone"


def test_a_failure_keeps_what_was_known() -> None:
    """R2: validators and baseline survive an error."""
    known = FeedState(feed="paper", validators=Validators(etag='"1"'), baselined=True, last_success=NOW)
    state = failed(known, Failure.TIMED_OUT)
    assert (state.validators, state.baselined, state.last_success) == (known.validators, True, NOW)
    assert (state.failures, state.reason) == (1, "timed out")
