"""The shapes that a configuration may have."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from monitor.config import Loaded, load
from monitor.model.configuration import Configuration, Coverage, FirstRun, Retry
from monitor.model.entry import DEFAULT_FIELDS, Field
from monitor.model.rate import Rate

Good = Callable[..., Configuration]

FEEDS = "feeds: [https://www.themoscowtimes.com/rss/news]\n"
WATCH = "watchlists: [mobilized, foreign agent]\n"
TELL = "notify: terminal://\n"


def test_three_lines_are_enough(good: Good, tmp_path: Path) -> None:
    """The three-line file of the README works, and everything else has a default."""
    found = good(FEEDS + WATCH + "notify: ${TELEGRAM_URL}\n", TELEGRAM_URL="tgram://1:a/2")
    (feed,), (watchlist,), (receiver,) = found.feeds, found.watchlists, found.receivers
    assert (feed.name, feed.url.reveal()) == ("themoscowtimes.com", "https://www.themoscowtimes.com/rss/news")
    assert (watchlist.name, watchlist.any) == ("default", ("mobilized", "foreign agent"))
    assert (watchlist.none, watchlist.fields, watchlist.feeds, watchlist.notify) == ((), DEFAULT_FIELDS, None, None)
    assert (receiver.name, receiver.url.reveal()) == ("default", "tgram://1:a/2")
    assert found.settings.data == tmp_path / "data"
    assert found.settings.every == feed.every == timedelta(minutes=10)


def test_everything_at_once(good: Good, tmp_path: Path) -> None:
    """A file that uses every key."""
    found = good("""
settings:
  data: ../elsewhere
  timezone: Europe/Kyiv
  every: 1h30m
  host_interval: 0s
  allow_private: [LOCALHOST, "127.0.0.1:8080", 10.1.2.3/8, "::1", "[::1]:80"]
  first_run: last 3
  health: mail
  coverage: daily
  retry: {first: 1s, most: 2m, unknown: 0s, give_up: 1d}
receivers:
  desk: terminal://
  mail: {url: "mailto://me:word@mail.example"}
feeds:
  - https://meduza.io/rss/all
  - url: https://www.themoscowtimes.com/rss/news
    name: The Moscow Times
    tags: [exile, english]
    every: 5m
    encoding: Windows-1251
watchlists:
  mobilization: мобилизованный
  foreign-agents:
    any: [foreign agent, иноагент]
    none: football
    in: [title, link]
    feeds: [exile, meduza.io]
    notify: [mail]
""")
    settings = found.settings
    assert settings.data == tmp_path / "../elsewhere"
    assert settings.timezone == ZoneInfo("Europe/Kyiv")
    assert settings.every == timedelta(minutes=90)
    assert settings.host_interval == timedelta(0)
    assert settings.allow_private == ("localhost", "127.0.0.1:8080", "10.0.0.0/8", "::1", "[::1]:80")
    assert settings.first_run == FirstRun(last=3)
    assert (settings.health, found.health_receivers, settings.coverage) == (("mail",), ("mail",), Coverage.DAILY)
    assert settings.retry == Retry(
        first=timedelta(seconds=1), most=timedelta(minutes=2), unknown=timedelta(0), give_up=timedelta(days=1)
    )
    assert [(feed.name, feed.every, feed.tags) for feed in found.feeds] == [
        ("meduza.io", timedelta(minutes=90), frozenset()),
        ("The Moscow Times", timedelta(minutes=5), {"exile", "english"}),
    ]
    assert [feed.encoding for feed in found.feeds] == ["", "cp1251"]
    first, second = found.watchlists
    assert (first.name, first.any) == ("mobilization", ("мобилизованный",))
    assert second.fields == {Field.TITLE, Field.LINK}
    assert (second.none, second.notify) == (("football",), ("mail",))
    assert second.feeds == frozenset({"The Moscow Times", "meduza.io"})


@pytest.mark.parametrize(
    "feeds",
    ["https://a.example/x", "[https://a.example/x]", "{url: https://a.example/x}", "\n  - url: https://a.example/x",
     "\n  a.example: https://a.example/x", "{a.example: {url: https://a.example/x}}"],
)  # fmt: skip
def test_feeds(good: Good, feeds: str) -> None:
    """A feed may stand alone, in a list, with keys, or under its name."""
    assert [(feed.name, feed.shown_url) for feed in good(f"feeds: {feeds}\n{WATCH}{TELL}").feeds] == [
        ("a.example", "https://a.example/x")
    ]


@pytest.mark.parametrize("watch", ["b", "[b]", "{any: b}", "{default: b}", "{default: [b]}", "{default: {any: [b]}}"])
def test_watchlists(good: Good, watch: str) -> None:
    """A watchlist may be a term, a list, or keys, with a name or without."""
    assert [(each.name, each.any) for each in good(f"{FEEDS}watchlists: {watch}\n{TELL}").watchlists] == [
        ("default", ("b",))
    ]


@pytest.mark.parametrize("tell", ["notify: [a://1, b://2]", "receivers: [a://1, {url: b://2}]",
                                  "receivers: {default: a://1, default-2: {url: b://2}}"])  # fmt: skip
def test_receivers(good: Good, tell: str) -> None:
    """Receivers without names are called default, default-2."""
    assert [(each.name, each.url.reveal()) for each in good(FEEDS + WATCH + tell).receivers] == [
        ("default", "a://1"),
        ("default-2", "b://2"),
    ]


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("20/min", Rate(burst=5, every=timedelta(seconds=3.75))),
        ("1/s", Rate(burst=1, every=timedelta(seconds=1))),
        ("2 / h", Rate(burst=1, every=timedelta(minutes=30))),
        ("1/d", Rate(burst=1, every=timedelta(days=1))),
    ],
)
def test_rate(good: Good, text: str, rate: Rate) -> None:
    """A receiver may be written to at another rate than its service allows; a quarter of it goes at once."""
    (receiver,) = good(f"{FEEDS}{WATCH}receivers: {{desk: {{url: a://1, rate: {text}}}}}").receivers
    assert receiver.rate == rate


@pytest.mark.parametrize("word", ["no", "on", "12:30", "0755", "18:00", "2024-01-01", "null", "1e3", "0x1f", "True"])
def test_words_stay_words(good: Good, word: str) -> None:
    """What looks like a switch, a time or a number is still the word that the user wrote."""
    assert good(f"{FEEDS}watchlists:\n  {word}:\n    - {word}\n{TELL}").watchlists[0].any == (word,)


def test_comments_and_quotes(good: Good) -> None:
    """A comment with a space after # is a comment; what YAML would spoil may be quoted."""
    text = 'watchlists:\n  - army  # and navy\n  - "#tag"\n  - "agent: X"\n  - \'"OR"\'\n  - می\u200cخواهم\n'
    assert good(FEEDS + text + TELL).watchlists[0].any == ("army", "#tag", "agent: X", '"OR"', "می\u200cخواهم")


def test_default_names(good: Good) -> None:
    """Feeds of one host get readable names of their own, and none that the user gave to another."""
    found = good(f"""
feeds:
  - https://www.bbc.co.uk/rss.xml
  - https://bbc.co.uk/news/world/rss.xml
  - https://bbc.co.uk/news/world/feed/
  - https://bbc.co.uk/news/world/?edition=uk
  - {{url: https://other.example/a, name: meduza.io}}
  - https://meduza.io/rss
  - https://meduza.io/rss/all
  - http://[::1]:8080/rss
{WATCH}{TELL}""")
    assert [feed.name for feed in found.feeds] == [
        "bbc.co.uk", "bbc.co.uk/news/world", "bbc.co.uk/news/world/feed/", "bbc.co.uk/news/world/?edition=uk",
        "meduza.io", "meduza.io/rss", "meduza.io/rss/all", "[::1]:8080",
    ]  # fmt: skip


def test_last_resort_names(good: Good) -> None:
    """Where even the whole address is taken, a number helps."""
    found = good(
        f"feeds: [http://a.example/x, https://a.example/x, https://u@a.example/x, http://u@a.example/x]\n{WATCH}{TELL}"
    )
    assert [feed.name for feed in found.feeds] == ["a.example", "a.example/x", "a.example/x-2", "a.example/x-3"]


def test_first_run_words(good: Good) -> None:
    """Besides a number there are baseline and all."""
    both = [
        good(f"{FEEDS}{WATCH}{TELL}settings: {{first_run: {word}}}").settings.first_run for word in ("baseline", "all")
    ]
    assert both == [FirstRun(last=0), FirstRun(last=None)]


def test_as_windows_saves_it(good: Good) -> None:
    """A byte order mark and Windows line ends do no harm."""
    assert len(good("\ufeff" + (FEEDS + WATCH + TELL).replace("\n", "\r\n")).feeds) == 1


def test_places_of_receivers(tmp_path: Path) -> None:
    """Where a receiver stands is told, for faults that are found when its address is tried."""
    path = tmp_path / "config.yaml"
    path.write_text(f"{FEEDS}{WATCH}receivers:\n  desk: terminal://\n  mail: {{url: 'mailto://x'}}\n")
    found = load(path, environ={})
    assert isinstance(found, Loaded)
    assert found.places == {"desk": (4, 9), "mail": (5, 9)}


def test_home_directory(good: Good) -> None:
    """A directory may begin with ~."""
    assert good(f"{FEEDS}{WATCH}{TELL}settings: {{data: ~/rss}}").settings.data == Path.home() / "rss"


def test_empty_where_empty_says_something(good: Good) -> None:
    """An empty list is fine where it is the same as no list."""
    text = (
        "feeds: {url: https://a.example/x, tags: []}\nwatchlists: {any: b, none: []}\nsettings: {allow_private: []}\n"
    )
    assert good(text + TELL).settings.allow_private == ()
