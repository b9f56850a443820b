"""Lists of feeds as people publish them: every feed is got. Needs the collection of lists."""

import re
import tarfile
from pathlib import Path

import pytest

from monitor.config import Loaded, load
from monitor.config.written import feed_lines
from monitor.opml import FeedList, distinct, read, same
from tests.acceptance.test_replay import CORPUS

LISTS = CORPUS / "opml"

pytestmark = pytest.mark.skipif(
    not LISTS.is_dir(), reason="no lists of feeds here; RSS_MONITOR_CORPUS names the folder that has them in opml/"
)


def published() -> dict[str, bytes]:
    """Lists as they were published, most of them not well-formed."""
    with tarfile.open(LISTS / "awesome-rss-feeds.tar.xz") as archive:
        files = {each.name: archive.extractfile(each) for each in archive if each.name.endswith(".opml")}
        return {name: file.read() for name, file in files.items() if file}


def got(raw: bytes) -> FeedList:
    result = read(raw)
    assert isinstance(result, FeedList), result
    return result


def test_every_feed_of_the_published_lists() -> None:
    """Of 59 lists, 40 of them not well-formed, all 786 feeds come with the very address that stands there."""
    results = {name: got(raw) for name, raw in published().items()}
    assert len(results) == 59
    assert sum(len(each.feeds) + len(each.merged) for each in results.values()) == 786
    assert [name for name, each in results.items() if each.refused] == []
    assert sum(bool(each.repaired) for each in results.values()) == 40
    for name, raw in published().items():
        written = set(re.findall(r'xmlUrl="([^"]*)"', raw.decode()))
        urls = {each.url for each in results[name].feeds}
        assert urls <= written, name
        assert {same(each) for each in urls} == {same(each) for each in written}, name


@pytest.mark.parametrize(
    ("name", "feeds", "merged"), [("countries-awesome.opml", 259, 0), ("world-by-country.opml", 1175, 24)]
)
def test_large_lists(name: str, feeds: int, merged: int, tmp_path: Path) -> None:
    """All feeds of a large list, each once, make a configuration that loads, pasted or named in it."""
    result = got((LISTS / name).read_bytes())
    assert (len(result.feeds), len(result.merged), result.repaired, result.refused) == (feeds, merged, (), ())
    rest = "watchlists: [x]\nnotify: terminal://\n"
    lines = [
        line for feed in distinct(result.feeds) for line in feed_lines(url=feed.url, name=feed.name, tags=feed.tags)
    ]
    pasted, named = tmp_path / "pasted.yaml", tmp_path / "named.yaml"
    pasted.write_text("\n".join(["feeds:", *lines, rest]), encoding="utf-8")
    named.write_text(f"feeds: [{{opml: '{(LISTS / name).resolve()}'}}]\n{rest}", encoding="utf-8")
    first, second = load(pasted, environ={}), load(named, environ={})
    assert isinstance(first, Loaded)
    assert isinstance(second, Loaded)
    assert first.configuration.feeds == second.configuration.feeds
    assert len(first.configuration.feeds) == feeds
