"""Which articles are read, as `check` and `feeds` show it."""

import json
from contextlib import closing
from pathlib import Path

from monitor import clock
from monitor.config import Loaded, load
from monitor.model.article import ArticleState, ArticleStatus, Purpose
from monitor.model.entry import Entry
from monitor.model.feed import ArticleHealth, FeedState
from monitor.model.record import ArticleRecord, NewEntry, PollRecord
from monitor.store import Store
from tests.cli.conftest import Call

CONFIG = """
feeds:
  Teasers: https://teasers.example/rss
  Every: {url: https://every.example/rss, full_text: yes}
  None: {url: https://none.example/rss, full_text: no}
  Titles: {url: https://titles.example/rss}
watchlists:
  army: {any: [army], feeds: [Teasers, Every, None]}
  headlines: {any: [war], in: title}
notify: terminal://
"""


def test_check_says_what_is_read(call: Call, config: Path) -> None:
    """`check` says of each feed whether its articles are read, and which watchlists look into them."""
    config.write_text(CONFIG)
    assert call("check").stdout.endswith(
        "\narticles\n"
        "  Teasers: those of teasers are read, for army (full_text: auto)\n"
        "  Every: all are read, for army (full_text: yes)\n"
        "  None: none is read (full_text: no)\n"
        "  Titles: none is read, and no watchlist looks in them (full_text: auto)\n"
    )
    feeds = json.loads(call("check", "--json").stdout)["feeds"]
    assert [(each["full_text"], each["articles_for"]) for each in feeds] == [
        ("auto", ["army"]),
        ("yes", ["army"]),
        ("no", []),
        ("auto", []),
    ]


def test_check_says_it_once_for_all(call: Call) -> None:
    """Where the same holds for all feeds, it is said once."""
    said = call("check").stdout
    assert "\narticles\n  paper: those of teasers are read, for draft (full_text: auto)\n" in said


def test_feeds_says_what_was_not_read(call: Call, config: Path) -> None:
    """A feed whose site's robots.txt forbids its articles says so from the first one on."""
    _fail(config, "paper", "forbidden by robots.txt")
    said = " ".join(call("feeds", env={"COLUMNS": "300"}).stdout.split())
    assert "1 of 1 articles not read: forbidden by robots.txt" in said


def _fail(config: Path, name: str, reason: str) -> None:
    """Store an entry of a feed whose article was given up."""
    now = clock.now()
    loaded = load(config, environ={})
    assert isinstance(loaded, Loaded)
    new = NewEntry(
        entry=Entry(id="1", title="Quiet", link="https://paper.example/1"),
        aliases=(b"1",),
        decisions=(),
        article=Purpose.MATCH,
    )
    with closing(Store.open(config.parent / "data", now=now)) as store:
        store.sync(loaded.configuration.feeds, now=now)
        store.record(PollRecord(at=now, state=FeedState(feed=name), new=(new,), routes={}))
        wanted = store.next_article(now=now, besides=())
        assert wanted is not None
        status = ArticleStatus(url=wanted.url, state=ArticleState.FAILED, reason=reason, attempts=1)
        health = ArticleHealth(reason=reason, tried=now)
        store.keep_article(ArticleRecord(wanted=wanted, at=now, status=status, health=health, routes={}))
