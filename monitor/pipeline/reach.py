"""Gets at a feed: fetches and parses it by one way after another, until one leads there."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.model.feed import Feed, FeedState
from monitor.model.poll import Fetched, FetchFailed, NotModified, Parsed, ParseFailed
from monitor.pipeline.links import advertised
from monitor.pipeline.memory import Reading, Version, complete
from monitor.pipeline.needs import Fetcher, Parser
from monitor.pipeline.ways import Way, may_help, own_page, ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A feed's document."""

    fetched: Fetched
    digest: bytes
    #: Without entries when it is the very document that parsed last.
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Why an address could not be used."""

    way: Way
    why: FetchFailed | ParseFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """An answer that can be used."""

    came: Document | NotModified
    #: What is remembered of the feed, as it is to be taken on.
    state: FeedState
    #: Whether the answer before this one came from another address.
    elsewhere: bool = False
    #: Addresses that were tried before, in vain.
    failed: tuple[Failed, ...] = ()


async def reach(
    feed: Feed,
    state: FeedState,
    last: Version | None,
    *,
    fetcher: Fetcher,
    parser: Parser,
    clock: Callable[[], datetime],
) -> Reached | Failed:
    """Try the ways to a feed in turn; when none leads there, what its own address answered counts.

    What the `last` version held is not parsed again.
    """
    failed: list[Failed] = []
    for way in ways(feed, state, now=clock()):
        came = await _through(way, feed, last, fetcher, parser)
        if isinstance(came, Document | NotModified):
            elsewhere = _address(way.state) != _address(state)
            return Reached(came=came, state=way.state, elsewhere=elsewhere, failed=tuple(failed))
        failed.append(Failed(way=way, why=came))
        if not may_help(came):
            break
    own = next((each for each in failed if each.way.state.mirror is None), failed[-1])
    reasons = dict.fromkeys(each.why.reason for each in failed if each.why.reason != own.why.reason)
    if reasons:
        detail = f"{own.why.detail} (by mirrors: {'; '.join(reasons)})".lstrip()
        return replace(own, why=replace(own.why, detail=detail))
    return own


async def _through(
    way: Way, feed: Feed, last: Version | None, fetcher: Fetcher, parser: Parser
) -> Document | NotModified | FetchFailed | ParseFailed:
    came = await fetcher.fetch(way.request)
    if isinstance(came, FetchFailed):
        return came
    if way.state.mirror:  # where it has moved to is no news of the feed, and its relative links are the feed's own
        came = replace(came, moved_to=None)
    if isinstance(came, NotModified):
        return came
    if way.state.mirror:
        came = replace(came, url=own_page(feed))
    came = replace(came, encoding=feed.encoding)
    digest = hashlib.blake2b(came.body + feed.encoding.encode(), digest_size=16).digest()
    if digest == way.state.digest:
        return Document(fetched=came, digest=digest, reading=complete(Parsed(), None))
    with fetcher.holding():
        parsed = await parser.parse(came, last.parsed if last else None)
    if isinstance(parsed, ParseFailed):
        return replace(parsed, links=advertised(came, parsed.links) if parsed.links else None)
    return Document(fetched=came, digest=digest, reading=complete(parsed, last))


def _address(state: FeedState) -> str | None:
    return state.mirror.address if state.mirror else None
