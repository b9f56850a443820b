"""What the last version of a feed's document held is not parsed again, and nothing else is different for it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.identity import identities, unseen
from monitor.model.feed import Feed, Validators
from monitor.model.poll import Fetched, Parsed
from monitor.model.secret import Secret
from monitor.pipeline.memory import Memory, Reading, complete
from monitor.testing import LineParser
from tests.pipeline.conftest import Newsroom


@dataclass
class Reader:
    """Reads documents, remembers them, and tells what is new in them; as a poll does, without all the rest."""

    memory: Memory = field(default_factory=Memory)
    parser: LineParser = field(default_factory=LineParser)
    known: set[bytes] = field(default_factory=set)

    def read(self, lines: Sequence[str], feed: str = "paper") -> Reading:
        fetched = Fetched(body="\n".join(lines).encode(), content_type="", url="", validators=Validators())
        last = self.memory.last(feed, b"")
        parsed = asyncio.run(self.parser.parse(fetched, last.parsed if last else None))
        assert isinstance(parsed, Parsed)
        reading = complete(parsed, last)
        self.memory.keep(feed, reading, b"", ())
        return reading

    def new(self, lines: Sequence[str]) -> tuple[int, ...]:
        found = identities(self.read(lines).marks)
        new = unseen(found, self.known)
        self.known.update(alias for identity in found for alias in identity.aliases)
        return new


async def test_only_what_is_new_is_parsed(newsroom: Newsroom) -> None:
    """Of a document with one more entry, that one is parsed, alerts and is kept."""
    await newsroom.poll("1 | a", "2 | b")
    report = await newsroom.poll("3 | mobilized", "1 | a", "2 | b")

    assert newsroom.parser.parsed == ["1 | a", "2 | b", "3 | mobilized"]
    assert (report.new, len(report.alerts)) == (1, 1)


async def test_a_restart_makes_no_difference(newsroom: Newsroom, tmp_path: Path) -> None:
    """What is new does not depend on what was parsed: here an id tells entries apart that it did not before."""
    restarted = Newsroom(tmp_path / "restarted")
    for room in (newsroom, restarted):
        await room.poll("1 | a", "1 | b", "1 | c")
    restarted.restart()

    reports = [await room.poll("1 | a") for room in (newsroom, restarted)]
    restarted.close()

    assert [report.new for report in reports] == [1, 1]
    assert newsroom.parser.parsed == ["1 | a", "1 | b", "1 | c", "1 | a"]


async def test_feeds_that_swap_names(newsroom: Newsroom) -> None:
    """What one feed had is new in another one that takes over its name."""
    urls = newsroom.feed.shown_url, "https://other.example/feed"
    for order in (urls, urls[::-1]):
        feeds = zip(("paper", "other"), order, strict=True)
        newsroom.feeds = tuple(Feed(name=name, url=Secret(url), shown_url=url) for name, url in feeds)
        newsroom.store.sync(newsroom.feeds, now=newsroom.clock())
        newsroom.fetcher.pages[urls[1]] = b"2 | b" if order == urls else b"1 | a\n2 | b"
        newsroom.fetcher.pages[urls[0]] = b"1 | a"
        reports = [await newsroom.poll_as_is(feed) for feed in newsroom.feeds]

    assert [(report.feed, report.new) for report in reports] == [("paper", 1), ("other", 0)]


def test_memory_has_an_end() -> None:
    """What has no room in memory is parsed whole, as at first; what was there stays."""
    reader = Reader(Memory(most=3))

    for feed in ("paper", "other") * 2:
        reader.read(["1 | a", "2 | b"], feed)

    assert reader.parser.parsed == ["1 | a", "2 | b"] * 3


_LINES = st.tuples(st.sampled_from("123"), st.sampled_from(["", "a", "b"]), st.sampled_from(["", "c"])).map(" | ".join)


@settings(deadline=None)
@given(st.lists(st.lists(_LINES, max_size=5), max_size=4))
def test_known_by_the_same(versions: list[list[str]]) -> None:
    """What entries of each version are known by, and which are new, is the same with and without memory."""
    remembering, forgetful = Reader(), Reader(Memory(most=0))
    for version in versions:
        assert remembering.new(version) == forgetful.new(version)
    assert remembering.known == forgetful.known
