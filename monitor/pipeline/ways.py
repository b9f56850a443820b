"""The ways to a feed: its own address and its mirrors, in the order in which they are tried. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.model.feed import Address, Feed, FeedState, Mirror, Validators
from monitor.model.poll import Failure, FetchFailed, ParseFailed, Request
from monitor.model.secret import Secret

#: While a mirror stands in, the feed's own address is tried again after so long.
PROBE = timedelta(days=1)
#: What another address would not mend.
_OURS = frozenset({Failure.PARSE_KILLED, Failure.INTERNAL})
_TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One address to ask."""

    request: Request
    #: What is remembered of the feed, as it is to be taken on if this address answers.
    state: FeedState


def ways(feed: Feed, state: FeedState, *, now: datetime) -> tuple[Way, ...]:
    """Return the addresses to try, best first: the one in use, the feed's own, the other mirrors.

    The feed's own is first again a `PROBE` after it was last asked in vain. Validators are for the one that they came
    from; the user's headers and password for the feed's own (R13).
    """
    in_use = next((each for each in feed.mirrors if state.mirror and each.shown == state.mirror.address), None)
    own = _own(feed, state)
    if state.mirror is None or in_use is None:
        return (own, *_others(feed, state, feed.mirrors, now))
    others = tuple(_others(feed, state, [each for each in feed.mirrors if each is not in_use], now))
    if now - state.mirror.since >= PROBE:
        again = _mirror(feed, replace(state, mirror=replace(state.mirror, since=now)), in_use)
        return (own, again, *others)
    return (_mirror(feed, state, in_use), own, *others)


def may_help(failed: FetchFailed | ParseFailed) -> bool:
    """Whether another address may do better; a server that is asked too much is left alone (429)."""
    too_many = isinstance(failed, FetchFailed) and failed.status == _TOO_MANY_REQUESTS
    return failed.failure not in _OURS and not too_many


def own_page(feed: Feed) -> str:
    """Return the feed's own address without user and password: what its relative links are relative to."""
    parts = urlsplit(feed.url.reveal())
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _own(feed: Feed, state: FeedState) -> Way:
    personal = feed.auth is not None or bool(feed.headers)
    url = feed.url.reveal() if personal or not state.moved_to else state.moved_to
    if state.mirror:
        state = replace(state, mirror=None, validators=Validators())
    request = Request(url=url, validators=state.validators, proxy=_proxy(feed), headers=feed.headers, auth=feed.auth)
    return Way(request=request, state=state)


def _others(feed: Feed, state: FeedState, mirrors: Sequence[Address], now: datetime) -> Iterator[Way]:
    for each in mirrors:
        instead = Mirror(address=each.shown, since=now)
        yield _mirror(feed, replace(state, mirror=instead, validators=Validators(), moved_to=None, redirect=None), each)


def _mirror(feed: Feed, state: FeedState, mirror: Address) -> Way:
    request = Request(url=mirror.url.reveal(), validators=state.validators, proxy=_proxy(feed))
    return Way(request=request, state=state)


def _proxy(feed: Feed) -> Secret | None:
    return feed.proxy.url if feed.proxy else None
