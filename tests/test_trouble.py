"""When a feed counts as broken."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor import trouble
from monitor.model.feed import Empty, FeedState, Silence, Trouble
from monitor.model.poll import Failure, FetchFailed, ParseFailed
from monitor.trouble import Document, after_failure, after_success, is_untold

NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TIMEOUT = FetchFailed(failure=Failure.TIMED_OUT)


def paper(*, usual: timedelta = HOUR, longest: timedelta = 10 * HOUR, silent: timedelta = HOUR) -> FeedState:
    """A feed that is well, by default with an entry an hour and a night."""
    silence = Silence(usual=usual, longest=longest, count=20)
    return FeedState(
        feed="paper", baselined=True, last_success=NOW, last_entry=NOW - silent, silence=silence, last_polled=NOW
    )


@pytest.mark.parametrize(
    ("usual", "failures", "after", "expected"),
    [
        (HOUR, 3, 2.9 * HOUR, None),
        (HOUR, 3, 3.1 * HOUR, Trouble.DEAD),
        (HOUR, 2, 30 * HOUR, None),  # three polls at least
        (MINUTE, 3, 0.9 * HOUR, None),  # an hour at least
        (MINUTE, 3, 1.1 * HOUR, Trouble.DEAD),
        (7 * DAY, 9, 23 * HOUR, None),
        (7 * DAY, 9, 25 * HOUR, Trouble.DEAD),  # a day at most
    ],
)
def test_a_failing_feed_is_dead_when_it_is_missed(
    usual: timedelta, failures: int, after: timedelta, expected: Trouble | None
) -> None:
    """R78: three times its usual silence, within an hour and a day, and three polls."""
    state = replace(paper(usual=usual), failures=failures)
    assert after_failure(state, TIMEOUT, now=NOW + after).trouble is expected


@pytest.mark.parametrize(("hours", "expected"), [(23, None), (24, Trouble.BLOCKED), (25, Trouble.BLOCKED)])
def test_a_feed_whose_server_wants_peace_for_a_day_is_blocked_at_once(hours: int, expected: Trouble | None) -> None:
    """R78: it is not asked for so long that three polls would take days."""
    state = replace(paper(), failures=1, retry_after=NOW + hours * HOUR)
    assert after_failure(state, FetchFailed(failure=Failure.HTTP, status=429), now=NOW).trouble is expected


@pytest.mark.parametrize(
    ("failed", "expected"),
    [
        (TIMEOUT, Trouble.DEAD),
        (FetchFailed(failure=Failure.HTTP, status=500), Trouble.DEAD),
        (FetchFailed(failure=Failure.HTTP, status=404), Trouble.DEAD),
        (FetchFailed(failure=Failure.HTTP, status=401), Trouble.BLOCKED),
        (FetchFailed(failure=Failure.HTTP, status=403), Trouble.BLOCKED),
        (FetchFailed(failure=Failure.HTTP, status=451), Trouble.BLOCKED),
        (FetchFailed(failure=Failure.GONE, status=410), Trouble.GONE),
        (ParseFailed(failure=Failure.CHALLENGE), Trouble.BLOCKED),
        (ParseFailed(failure=Failure.NOT_A_FEED), Trouble.NOT_A_FEED),
        (ParseFailed(failure=Failure.EMPTY), Trouble.NOT_A_FEED),
        (ParseFailed(failure=Failure.PARSE_KILLED), Trouble.DEAD),
    ],
)
def test_r16_the_kind_follows_the_cause(failed: FetchFailed | ParseFailed, expected: Trouble) -> None:
    """R16: what is no feed, and what keeps us out, is called so."""
    state = after_failure(replace(paper(), failures=3), failed, now=NOW + DAY)
    assert (state.trouble, state.trouble_since) == (expected, NOW)


def test_what_never_worked_is_told_after_three_polls() -> None:
    """A wrong address is not waited for."""
    state = FeedState(feed="paper", failures=3)
    assert after_failure(replace(state, failures=2), TIMEOUT, now=NOW).trouble is None
    assert after_failure(state, TIMEOUT, now=NOW).trouble is Trouble.DEAD


def test_gone_is_told_at_once() -> None:
    """R11: 410 leaves no doubt."""
    state = after_failure(replace(paper(), failures=1), FetchFailed(failure=Failure.GONE), now=NOW)
    assert state.trouble is Trouble.GONE


def told(state: FeedState, of: FeedState) -> FeedState:
    """The state once the user was told of the trouble of another."""
    return replace(state, told=of.trouble, told_since=of.trouble_since)


def test_another_cause_of_failing_is_no_news() -> None:
    """A dead feed that answers 403 now is called blocked, since the same time, and nobody is told again."""
    dead = after_failure(replace(paper(), failures=3), TIMEOUT, now=NOW + DAY)
    blocked = after_failure(dead, ParseFailed(failure=Failure.CHALLENGE), now=NOW + 2 * DAY)
    assert (blocked.trouble, blocked.trouble_since) == (Trouble.BLOCKED, NOW)
    assert not is_untold(told(blocked, dead))


def emptied(state: FeedState, hours: Sequence[int]) -> FeedState:
    for number, hour in enumerate(hours):
        document = Document(entries=0) if number == 0 else None  # the same empty document again
        state = after_success(state, document, now=NOW + hour * HOUR)
    return state


@pytest.mark.parametrize(
    ("hours", "expected"),
    [((0, 12, 23), None), ((0, 30), None), ((0, 12, 24), Trouble.EMPTIED), (range(25), Trouble.EMPTIED)],
)
def test_an_emptied_feed_is_told_after_a_day(hours: Sequence[int], expected: Trouble | None) -> None:
    """A day and three polls without entries, of a feed that had some."""
    assert emptied(paper(longest=90 * DAY), hours).trouble is expected


def test_a_feed_that_was_always_empty_is_well() -> None:
    """It is not emptied."""
    assert emptied(FeedState(feed="paper"), range(100)).trouble is None


def test_an_emptied_feed_that_fills_is_well() -> None:
    """What it brings back need not be new."""
    state = after_success(emptied(paper(), range(25)), Document(entries=3), now=NOW + DAY)
    assert (state.trouble, state.empty) == (None, None)


@pytest.mark.parametrize(
    ("usual", "longest", "silent", "expected"),
    [
        (10 * MINUTE, HOUR, 23 * HOUR, None),  # a day at least
        (10 * MINUTE, HOUR, 25 * HOUR, Trouble.STALE),
        (HOUR, 60 * HOUR, 7 * DAY, None),  # three of its weekends
        (HOUR, 60 * HOUR, 8 * DAY, Trouble.STALE),
        (7 * DAY, 10 * DAY, 69 * DAY, None),  # ten usual silences
        (7 * DAY, 10 * DAY, 71 * DAY, Trouble.STALE),
    ],
)
def test_a_feed_is_stale_by_its_own_rhythm(
    usual: timedelta, longest: timedelta, silent: timedelta, expected: Trouble | None
) -> None:
    """A feed is stale when it is silent for far longer than it ever was."""
    state = paper(usual=usual, longest=longest, silent=silent)
    after = after_success(state, None, now=NOW)
    assert after.trouble is expected
    assert after.trouble_since == (NOW - silent if expected else None)


def test_little_history_says_nothing() -> None:
    """A feed of which few silences are known is never stale."""
    state = paper(usual=MINUTE, longest=MINUTE, silent=300 * DAY)
    state = replace(state, silence=Silence(usual=MINUTE, longest=MINUTE, count=trouble.LEAST_KNOWN - 1))
    assert after_success(state, None, now=NOW).trouble is None


def test_weekends_are_remembered_for_weeks() -> None:
    """An entry every half hour of five working days, and silence from Friday evening: no weekend makes it stale."""
    state = after_success(FeedState(feed="paper"), Document(entries=1, new=(NOW,)), now=NOW)
    monday = datetime(2024, 6, 10, 8, tzinfo=UTC)
    for week in range(6):
        for hour in range(7 * 24 * 2):
            now = monday + timedelta(weeks=week) + hour * 30 * MINUTE
            published = now.weekday() < 5 and 8 <= now.hour < 18
            document = Document(entries=9, new=(now,)) if published else None
            state = after_success(state, document, now=now)
            assert state.trouble is None or week == 0, now
    assert state.silence is not None
    assert state.silence.usual < HOUR


def test_the_first_document_tells_of_the_rhythm() -> None:
    """The dates of a feed's first entries say how often it is silent, and one that has long been is stale, untold."""
    dates = [NOW - 400 * DAY - number * HOUR for number in range(20)]
    fresh = FeedState(feed="paper")
    read = after_success(fresh, Document(entries=20, new=dates), now=NOW)
    assert (read.last_entry, read.trouble) == (dates[0], Trouble.STALE)
    empty = after_success(replace(fresh, baselined=True), Document(entries=0), now=NOW)
    for stale in (read, after_success(empty, Document(entries=20, new=dates), now=NOW)):
        later = after_success(stale, None, now=NOW + DAY)
        again = after_success(later, Document(entries=20, new=(NOW + 2 * DAY,)), now=NOW + 2 * DAY)
        assert [state.trouble for state in (stale, later, again)] == [Trouble.STALE, Trouble.STALE, None]
        assert not any(map(is_untold, (stale, later, again)))
        assert is_untold(after_success(again, None, now=NOW + 99999 * DAY))
        gone = after_failure(later, FetchFailed(failure=Failure.GONE), now=NOW + DAY)
        assert is_untold(gone)
        assert is_untold(told(later, gone))


def test_dates_that_can_not_be_say_nothing() -> None:
    """Entries without dates, or of the future, make no history."""
    read = after_success(FeedState(feed="paper"), Document(entries=3, new=(None, NOW + DAY, None)), now=NOW)
    assert (read.last_entry, read.silence) == (NOW, None)


def test_a_new_entry_ends_it() -> None:
    """A stale feed that brings something is well, and the user is told."""
    stale = after_success(paper(silent=40 * DAY), None, now=NOW)
    again = after_success(stale, Document(entries=9, new=(NOW,)), now=NOW)
    assert again.trouble is None
    assert is_untold(told(again, stale))


def test_suspect_text_is_remembered_until_another_document() -> None:
    """R15: "not modified" says nothing of the text; a document that reads well ends it."""
    state = after_success(paper(), Document(entries=9, suspect=True), now=NOW)
    later = after_success(state, None, now=NOW + HOUR)
    assert (later.trouble, later.trouble_since) == (Trouble.ENCODING_SUSPECT, NOW)
    assert after_success(later, Document(entries=9), now=NOW + HOUR).trouble is None


def test_a_possible_gap_is_over_after_a_day_without_one() -> None:
    """R20: each further gap prolongs it; it is told of once."""
    state = paper()
    for hour in range(60):
        now = NOW + hour * HOUR
        state = replace(state, gap=now if hour in {3, 20} else state.gap)
        state = after_success(state, Document(entries=9, new=(now,)), now=now)
        assert (state.trouble is Trouble.POSSIBLE_GAP) == (3 <= hour < 44)
        assert is_untold(state) == (hour in {3, 44})
        state = told(state, state)


def test_a_gap_that_is_ours_is_not_the_feeds() -> None:
    """What a feed published while we did not run, or our network was out, is no trouble of it."""
    now = NOW + 9 * HOUR
    assert trouble.was_away(replace(paper(), interval=HOUR), now=now)
    assert not trouble.was_away(replace(paper(), interval=HOUR, failures=4), now=now)
    assert not trouble.was_away(replace(paper(), interval=9 * HOUR), now=now)
    state = after_success(replace(paper(), gap=now), Document(entries=9, new=(now,)), now=now, away=True)
    assert state.trouble is None


def test_a_dead_feed_that_answers_may_be_stale() -> None:
    """What follows another kind of trouble is told of."""
    dead = after_failure(replace(paper(silent=40 * DAY), failures=3), TIMEOUT, now=NOW + DAY)
    stale = after_success(dead, None, now=NOW + DAY)
    assert stale.trouble is Trouble.STALE
    assert is_untold(told(stale, dead))


def test_an_empty_document_counts_from_the_first() -> None:
    """Polls of an empty feed are counted from the first that found it so."""
    state = after_success(paper(), Document(entries=0), now=NOW)
    assert state.empty == Empty(since=NOW)
