"""Lists of feeds in OPML that the configuration names."""

from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.model.configuration import Configuration, Problem

Good = Callable[..., Configuration]
Bad = Callable[..., tuple[Problem, ...]]

REST = "watchlists: [mobilized]\nnotify: terminal://\n"


def outline(name: str, url: str) -> str:
    return f'<outline text="{name}" type="rss" xmlUrl="{url}"/>\n'


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    """Save a list beside the configuration."""

    def saved(*outlines: str, name: str = "papers.opml") -> Path:
        path = tmp_path / name
        head = '<opml version="2.0">\n<head/>\n<body>\n'
        path.write_text(f"{head}{''.join(outlines)}</body></opml>\n", encoding="utf-8")
        return path

    return saved


def test_a_list_stands_for_its_feeds(good: Good, save: Callable[..., Path]) -> None:
    """All feeds of a list are feeds, with the options that stand beside it and their folders as tags."""
    save(
        '<outline text="Exile">',
        outline("Meduza", "https://meduza.io/rss"),
        "</outline>",
        outline("Zona & Co", "https://me:canary@b.example/"),
    )
    feeds = good(
        REST + "feeds: [{opml: papers.opml, tags: [press], every: 1h, language: ru}, https://c.example/]\n"
    ).feeds
    assert [(feed.name, feed.url.reveal(), set(feed.tags)) for feed in feeds] == [
        ("c.example", "https://c.example/", set()),
        ("Meduza", "https://meduza.io/rss", {"Exile", "press"}),
        ("Zona & Co", "https://me:canary@b.example/", {"press"}),
    ]
    assert [(feed.every.total_seconds(), feed.language) for feed in feeds[1:]] == [(3600, ("ru",))] * 2
    assert "canary" not in repr(feeds)


@pytest.mark.parametrize("feeds", ["{opml: papers.opml}", "[opml: papers.opml]", "{Press: {opml: papers.opml}}"])
def test_watchlists_choose_from_a_list(good: Good, save: Callable[..., Path], feeds: str) -> None:
    """A watchlist may name feeds of a list, their folders, and the name that the list stands under."""
    save(outline("Meduza", "https://meduza.io/rss"))
    called = "Press" if "Press" in feeds else "Meduza"
    found = good(f"feeds: {feeds}\nwatchlists: {{w: {{any: [x], feeds: [{called}]}}}}\nnotify: terminal://\n")
    assert found.watchlists[0].feeds == frozenset({"Meduza"})


def test_feeds_that_stand_twice_are_one(good: Good, save: Callable[..., Path]) -> None:
    """What the file says of a feed counts; a list adds its tags. Two lists may hold the same feed."""
    save(outline("M", "http://www.meduza.io/rss/"), outline("A", "https://a.example/"))
    save('<outline text="More">', outline("Other A", "https://a.example"), "</outline>", name="more.opml")
    feeds = good(
        REST + "feeds: [{opml: papers.opml, tags: [t], every: 1h}, {opml: more.opml},\n"
        "  {url: https://meduza.io/rss, every: 5m}]\n"
    ).feeds
    assert [(feed.name, feed.url.reveal(), set(feed.tags), feed.every.total_seconds()) for feed in feeds] == [
        ("meduza.io", "https://meduza.io/rss", {"t"}, 300),
        ("A", "https://a.example/", {"t", "More"}, 3600),
    ]


def test_names_stay_unique(good: Good, save: Callable[..., Path]) -> None:
    """A title that is taken gets its host, then a number; what the file itself calls its feeds never changes."""
    save(
        *(outline("News", f"https://www.b.example/{number}") for number in range(3)),
        outline("a.example", "https://c.example/"),
    )
    feeds = good(
        REST + "feeds: [{opml: papers.opml}, https://a.example/, {url: https://d.example/, name: News}]\n"
    ).feeds
    names = [
        "a.example",
        "News",
        "News (b.example)",
        "News (b.example) 2",
        "News (b.example) 3",
        "a.example (c.example)",
    ]
    assert [feed.name for feed in feeds] == names


def test_a_list_fills_in_no_secrets(good: Good, save: Callable[..., Path]) -> None:
    """Whoever writes the list can not ask for what is in the environment."""
    save(outline("x ${TOKEN}", "https://evil.example/${TOKEN}"))
    (feed,) = good(REST + "feeds: [{opml: papers.opml}]\n", TOKEN="canary").feeds
    assert (feed.name, feed.url.reveal()) == ("x ${TOKEN}", "https://evil.example/%24%7BTOKEN}")


def test_faults_of_a_list_have_its_lines(bad: Bad, save: Callable[..., Path]) -> None:
    """A feed without a usable address is told with the list's own name and line; none is dropped in silence."""
    path = save(outline("Good", "https://a.example/"), outline("Bad", "ftp://b.example/"))
    (problem,) = bad(REST + "feeds: [{opml: papers.opml}]\n")
    assert (problem.file, problem.line) == (str(path), 5)
    assert '"Bad" can not be read: its address is no http://' in problem.message
    assert "opml import" in problem.hint


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('<opml><head/><body><outline text="a" xmlUrl="https://a.example/"/>', "cut off"),
        ("<opml><head/><body></body></opml>", "no feed in this list"),
        ("<html></html>", "a web page"),
        ("<rss></rss>", "this is a feed"),
    ],
)
def test_a_list_that_is_none(bad: Bad, tmp_path: Path, content: str, message: str) -> None:
    """Half a list, an empty one or something else is refused, and says so with its own name."""
    path = tmp_path / "papers.opml"
    path.write_text(content)
    (problem,) = bad(REST + "feeds:\n  - https://a.example/\n  - opml: papers.opml\n")
    assert problem.file == str(path)
    assert message in problem.message


@pytest.mark.parametrize("name", ["papers.opml", "."])
def test_a_list_that_is_not_there(bad: Bad, name: str) -> None:
    """The place is that of the name in the configuration."""
    (problem,) = bad(REST + f"feeds:\n  - opml: {name}\n")
    assert (Path(problem.file).name, problem.line, problem.column) == ("config.yaml", 4, 11)
    assert "there is no file" in problem.message


def test_a_list_that_can_not_be_read(bad: Bad, tmp_path: Path) -> None:
    """What the system says is told."""
    path = tmp_path / ("x" * 300)
    (problem,) = bad(REST + f"feeds:\n  - opml: {path.name}\n")
    assert "can not be read: File name too long" in problem.message


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{opml: papers.opml, url: https://a.example/}", 'a list of feeds has no key "url"'),
        ("{opml: papers.opml, name: Papers}", 'a list of feeds has no key "name"'),
        ("{opml: [papers.opml]}", "a list stands here, where one text belongs"),
        ("{opml: papers.opml, every: 5}", "is no duration"),
    ],
)
def test_mistakes_beside_a_list(bad: Bad, save: Callable[..., Path], entry: str, message: str) -> None:
    """Options that a list can not have, or wrong ones, are told like any other."""
    save(outline("A", "https://a.example/"))
    (problem,) = bad(REST + f"feeds: [{entry}]\n")
    assert message in problem.message


def test_a_proxy_counts_for_lists_too(good: Good, save: Callable[..., Path]) -> None:
    """No feed of a list goes around the proxy of the settings, or the one that stands beside the list."""
    save(outline("A", "https://a.example/"))
    save(outline("B", "https://b.example/"), name="more.opml")
    feeds = good(
        REST + "feeds: [{opml: papers.opml}, {opml: more.opml, proxy: 'socks5://127.0.0.1:9050'}]\n"
        "settings: {proxy: 'http://proxy.example:3128'}\n"
    ).feeds
    proxies = [feed.proxy.shown if feed.proxy else "" for feed in feeds]
    assert [each.partition("://")[2].rpartition(":")[2] for each in proxies] == ["3128", "9050"]
