"""Whether a feed is broken for so long that the user is told, and when it no longer is. Pure: deciding only.

What fails now and then is no trouble: a feed is held against its own rhythm.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from monitor.model.feed import ArticleHealth, Empty, FeedState, Silence, Trouble
from monitor.model.poll import Failure, FetchFailed, ParseFailed
from monitor.schedule import LONGEST_WAIT, WARY

#: Polls failed in a row, and good polls of an empty feed, before it is said.
PROOF_POLLS = 3
#: Usual silences after which a failing feed is missed, within these bounds.
MISSED, LEAST_PATIENCE, MOST_PATIENCE = 3, timedelta(hours=1), timedelta(hours=24)
#: How long a feed may be empty that was not.
EMPTY_PATIENCE = timedelta(hours=24)
#: A feed is stale after so many of its longest silences, its usual ones, and at least so long.
LONGEST, USUAL, LEAST_SILENCE = 3, 10, timedelta(hours=24)
#: How late a poll may come.
LATE = timedelta(hours=1)
#: The part of a feed's articles above which most fail; below the rest of it, they do well again.
MOST_FAILING = 0.6
#: How long most articles fail before it is said, and how long that is said with none tried.
ARTICLE_PATIENCE, ARTICLE_MEMORY = timedelta(hours=24), timedelta(days=7)
#: Silences that must be known of a feed to speak of its rhythm.
LEAST_KNOWN = 8

#: What the last silence counts at least for the usual one.
_WEIGHT = 1 / 20
#: What the longest silence counts after so long: half.
_HALF_LIFE = timedelta(days=60)
#: What the last article counts.
_ARTICLE_WEIGHT = 1 / 5
_SECOND = timedelta(seconds=1)

_KINDS = {
    Failure.GONE: Trouble.GONE,
    Failure.CHALLENGE: Trouble.BLOCKED,
    Failure.NOT_A_FEED: Trouble.NOT_A_FEED,
    Failure.EMPTY: Trouble.NOT_A_FEED,
}
#: Statuses by which a server says that it will not answer us (RFC 9110 §15.5.2, §15.5.4; RFC 7725 §3).
_BLOCKING = frozenset({401, 403, 451})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a document that parsed says of its feed."""

    entries: int
    #: Times that its new entries give for themselves.
    new: Sequence[datetime | None] = ()
    #: Whether it reads as if in another encoding.
    suspect: bool = False


def after_failure(state: FeedState, failed: FetchFailed | ParseFailed, *, now: datetime) -> FeedState:
    """Return the state with the trouble that a failed poll shows, `state` being what it is in everything else.

    A feed that never worked is told of after three polls; one that did, when it is missed as well; one that is gone, or
    whose server wants to be left alone for a day or more, at once. The kind follows the last failure.
    """
    banned = is_ban(state.retry_after, now=now)
    kind = Trouble.BLOCKED if banned else _kind(failed)
    known = state.trouble is not None and state.trouble.fails
    missed = state.last_success is None or now - state.last_success > _patience(state.silence)
    if not (known or banned or kind is Trouble.GONE or (missed and state.failures >= PROOF_POLLS)):
        return state
    since = state.trouble_since if known else state.last_success or now
    return replace(state, trouble=kind, trouble_since=since, quiet=False)


def after_success(state: FeedState, document: Document | None, *, now: datetime, away: bool = False) -> FeedState:
    """Return the state with the trouble that a good poll shows, or without any.

    `document` is None if it is the one of last time; `away` says that we were (see `was_away`).
    """
    first, suspect = state.last_entry is None, state.trouble is Trouble.ENCODING_SUSPECT
    if document is not None:
        suspect = document.suspect
        state = learnt(state, document.new, now)
    empty = _empty(state, document, now)
    if empty != state.empty:
        state = replace(state, empty=empty)
    trouble, since = _found(state, suspect=suspect, away=away, now=now)
    quiet = trouble is Trouble.STALE and (first or state.quiet)
    if (trouble, quiet) == (state.trouble, state.quiet):
        return state
    since = state.trouble_since if trouble is state.trouble else since
    return replace(state, trouble=trouble, trouble_since=since, quiet=quiet)


def after_article(articles: ArticleHealth, reason: str, *, now: datetime) -> ArticleHealth:
    """Return how a feed's articles do after one more was tried; `reason` is why it failed, "" if it was read."""
    failing = articles.failing * (1 - _ARTICLE_WEIGHT) + bool(reason) * _ARTICLE_WEIGHT
    since = articles.since
    if since is None and failing > MOST_FAILING:
        since = now
    elif since is not None and failing < 1 - MOST_FAILING:
        since = None
    return ArticleHealth(failing=failing, since=since, reason=reason or articles.reason, tried=now)


def is_ban(until: datetime | None, *, now: datetime) -> bool:
    """Whether a server that wants to be left alone until then does so for a day or more."""
    return until is not None and until - now >= LONGEST_WAIT


def shut_out(state: FeedState, *, now: datetime) -> FeedState:
    """Return the state with the trouble of a feed whose host wants to be left alone for a day or more."""
    known = state.trouble is not None and state.trouble.fails
    since = state.trouble_since if known else state.last_success or now
    return replace(state, trouble=Trouble.BLOCKED, trouble_since=since, quiet=False)


def was_away(before: FeedState, *, now: datetime) -> bool:
    """Whether a feed that did well was not asked for longer than planned: we did not run, or our network was out."""
    if before.last_success is None or before.failures:
        return False
    return now - before.last_success > (before.interval or timedelta(0)) + LATE


def is_untold(state: FeedState) -> bool:
    """Whether the user is to be told: a feed broke, recovered, or is broken in quite another way than was told."""
    return _sort(state.told) != _sort(None if state.quiet else state.trouble)


def _sort(trouble: Trouble | None) -> str:
    return "fails" if trouble and trouble.fails else str(trouble)


def _kind(failed: FetchFailed | ParseFailed) -> Trouble:
    if isinstance(failed, FetchFailed) and failed.status in _BLOCKING:
        return Trouble.BLOCKED
    return _KINDS.get(failed.failure, Trouble.DEAD)


def _patience(silence: Silence | None) -> timedelta:
    if silence is None:
        return MOST_PATIENCE
    return min(max(MISSED * silence.usual, LEAST_PATIENCE), MOST_PATIENCE)


def learnt(state: FeedState, new: Sequence[datetime | None], now: datetime) -> FeedState:
    """Return the state with the silence that new entries ended; the first document tells of those between them."""
    if not new:
        return state
    if state.last_entry is not None:
        return replace(state, last_entry=now, silence=_with(state.silence, now - state.last_entry))
    times = sorted(time for time in new if time is not None and time <= now) or [now]
    silence = None
    for before, after in pairwise(times):
        silence = _with(silence, after - before)
    return replace(state, last_entry=times[-1], silence=silence)


def _with(silence: Silence | None, last: timedelta) -> Silence:
    last = max(last, _SECOND)
    if silence is None:
        return Silence(usual=last, longest=last)
    weight = max(1 / (silence.count + 1), _WEIGHT)
    usual = math.log(silence.usual / _SECOND) * (1 - weight) + math.log(last / _SECOND) * weight
    longest = silence.longest * 2 ** -(last / _HALF_LIFE)
    return Silence(usual=math.exp(usual) * _SECOND, longest=max(last, longest), count=silence.count + 1)


def _empty(state: FeedState, document: Document | None, now: datetime) -> Empty | None:
    if state.last_entry is None or (document is not None and document.entries):
        return None
    if state.empty is not None:
        return replace(state.empty, polls=state.empty.polls + 1)
    return Empty(since=now) if document is not None else None


def _found(state: FeedState, *, suspect: bool, away: bool, now: datetime) -> tuple[Trouble | None, datetime | None]:
    empty, last = state.empty, state.last_entry
    if empty is not None and empty.polls >= PROOF_POLLS and now - empty.since >= EMPTY_PATIENCE:
        return Trouble.EMPTIED, empty.since
    if suspect:
        return Trouble.ENCODING_SUSPECT, now
    if state.gap is not None and _gap_counts(state, state.gap, away=away, now=now):
        return Trouble.POSSIBLE_GAP, state.gap
    if last is not None and now - last > _bearable(state.silence):
        return Trouble.STALE, last
    since, tried = state.articles.since, state.articles.tried
    if since is not None and tried is not None and now - since > ARTICLE_PATIENCE and now - tried < ARTICLE_MEMORY:
        return Trouble.NO_ARTICLES, since
    return None, None


def _gap_counts(state: FeedState, gap: datetime, *, away: bool, now: datetime) -> bool:
    """Whether entries may have been missed of late, and not because we were away: that is no feed's trouble."""
    new = gap == now and not away
    return new or (state.trouble is Trouble.POSSIBLE_GAP and now - gap < WARY)


def _bearable(silence: Silence | None) -> timedelta:
    if silence is None or silence.count < LEAST_KNOWN:
        return timedelta.max
    return max(LONGEST * silence.longest, USUAL * silence.usual, LEAST_SILENCE)
