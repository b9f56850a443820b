"""`opml import` and `opml export`: what comes from other readers, and what goes to them."""

import json
import resource
import stat
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import Result

from monitor.config import Loaded, load
from monitor.config.append import append
from monitor.config.written import feed_in_braces, feed_lines
from monitor.model.configuration import Configuration
from monitor.opml import FeedList, ListedFeed, distinct, named, read
from tests.cli.conftest import Call

OPML = """\
<opml version="2.0"><head/><body>
<outline text="Asia & more">
<outline text="News: \\ " # 'x'" title="News" xmlUrl="http://www.a.example/rss/"/>
<outline text="News" xmlUrl="https://b.example/?a=1&b=${TOKEN}"/>
</outline>
<outline text="Слово" category="daily" xmlUrl="https://a.example/rss"/>
<outline text="Paper" xmlUrl="https://PAPER.example/rss/"/>
<outline text="gone" type="rss"/>
</body></opml>
"""
#: Addresses, names and tags that are in it.
FEEDS = [
    ("https://a.example/rss", "News", ["Asia & more", "daily"]),
    ("https://b.example/?a=1&b=%24%7BTOKEN}", "News (b.example)", ["Asia & more"]),
    ("https://PAPER.example/rss/", "Paper", []),
]


@pytest.fixture
def opml(tmp_path: Path) -> Path:
    path = tmp_path / "papers.opml"
    path.write_text(OPML, encoding="utf-8")
    return path


def loaded(path: Path) -> Configuration:
    found = load(path, environ={})
    assert isinstance(found, Loaded), "\n".join(map(str, found))
    return found.configuration


def records(done: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def listed(configuration: Configuration) -> list[tuple[str, str, list[str]]]:
    return [(feed.url.reveal(), feed.name, sorted(feed.tags)) for feed in configuration.feeds]


def test_what_is_printed_can_be_pasted(call: Call, opml: Path, tmp_path: Path) -> None:
    """The YAML loads under feeds:, whatever the feeds are called; what was done is said on standard error."""
    done = call("opml", "import", str(opml))
    pasted = tmp_path / "pasted.yaml"
    pasted.write_text(f"feeds:\n{done.stdout}watchlists: [x]\nnotify: terminal://\n", encoding="utf-8")
    assert (done.exit_code, listed(loaded(pasted))) == (0, FEEDS)
    assert "mended: & that is not written &amp; (2 times, first in line 2)" in done.stderr
    assert "papers.opml:6: merged: Слово: the feed of line 3" in done.stderr
    assert "papers.opml:8: refused: gone: no address (xmlUrl)" in done.stderr


def test_json(call: Call) -> None:
    """An object a feed, then the numbers; `-` reads standard input."""
    *feeds, last = records(call("opml", "import", "-", "--json", stdin=OPML))
    assert feeds == [{"url": url, "name": name, "tags": tags} for url, name, tags in FEEDS]
    assert last == {"imported": 3, "merged": 1, "repaired": 4, "refused": 1}


CONFIGURATIONS = {
    "list": "# mine\nfeeds:\n  - https://paper.example/rss   # first\n\n  # end\nwatchlists: [x]\n",
    "list at the margin": "feeds:\n- url: https://paper.example/rss\n  tags: [a,\n    b]\nwatchlists: [x]",
    "list at the end": "watchlists: [x]\nfeeds:\n    - https://paper.example/rss",
    "brackets": "feeds: [https://paper.example/rss, # one\n  ]\nwatchlists: [x] # two\n",
    "names": "feeds:\n  paper: https://paper.example/rss\n# three\nwatchlists: [x]\n",
    "names in braces": "feeds: {paper: https://paper.example/rss}\nwatchlists: [x]\n",
    "address": "feeds: https://paper.example/rss # four\nwatchlists: [x]\n",
    "one in braces": "watchlists: [x]\nfeeds: [{url: 'https://paper.example/rss'}]\n",
    "block text": "feeds:\n- url: >-\n    https://paper.example/rss\n\nwatchlists: [x]\n",
    "all in braces": '{"feeds": ["https://paper.example/rss"], "watchlists": ["x"], "notify": "terminal://"}\n',
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("text", CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_into_a_configuration(call: Call, opml: Path, config: Path, text: str, newline: str) -> None:
    """The feeds come behind those that are there, which are not added again; every other line stays as it is."""
    text = text if "notify" in text else "notify: terminal://\n" + text
    config.write_bytes(text.replace("\n", newline).encode("utf-8-sig"))
    config.chmod(0o640)
    before = loaded(config)
    done = call("opml", "import", str(opml), "--into", str(config), "--json")
    assert done.exit_code == 0, done.stderr
    assert records(done)[-1] == {"imported": 2, "merged": 2, "repaired": 4, "refused": 1}
    after = loaded(config)
    assert listed(after) == [*listed(before), *FEEDS[:2]]
    assert after.watchlists == before.watchlists
    assert stat.S_IMODE(config.stat().st_mode) == 0o640
    raw = config.read_bytes()
    left = [line for line in text.splitlines() if not line.startswith(("feeds", "{", "    -", "  paper", "    b]"))]
    assert all(line.encode() in raw for line in left)
    assert (newline.encode() * 2 in raw, raw.count(b"\n")) == (
        f"{newline}" * 2 in text.replace("\n", newline),
        raw.count(newline.encode()),
    )
    assert sorted(config.parent.iterdir()) == [config, opml]
    again = call("opml", "import", str(opml), "--into", str(config))
    assert "0 feeds added, 3 were there already" in again.stdout
    assert config.read_bytes() == raw


@pytest.mark.parametrize("feeds", ["", "feeds:\n", "feeds: # to come\n"])
def test_into_a_configuration_without_feeds(call: Call, opml: Path, config: Path, feeds: str) -> None:
    """A file that has everything else gets its feeds; its watchlists may name their tags already."""
    config.write_text(f"{feeds}watchlists: {{w: {{any: [x], feeds: [daily]}}}}\nnotify: terminal://\n")
    assert call("opml", "import", str(opml), "--into", str(config)).exit_code == 0
    assert listed(loaded(config)) == FEEDS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("feeds:\n  url: https://x.example/\nwatchlists: [x]\nnotify: terminal://\n", "2:3: feeds is one feed here"),
        ("feeds: 'https://x.example/\nwatchlists: [x]\n", "never closed"),
        ("feeds: [https://x.example/]\nwatchlist: [x]\nnotify: terminal://\n", "watchlists"),
        ("watchlists: [x]\n", "notify is missing"),
        ("{watchlists: [x], notify: terminal://}", "has no feeds"),
        ("feeds: https://x.example/a,b[c]\nwatchlists: [x]\nnotify: terminal://\n", "can not be added"),
        ("feeds: https://x.example/a, b\nwatchlists: [x]\nnotify: terminal://\n", "comma"),
        ("feeds: https://x.example/a,b\nwatchlists: [x]\nnotify: terminal://\n", "can not be added"),
        ("just a text", "keys and values"),
        ("", "empty"),
        ("\xff", "UTF-8"),
    ],
)
def test_nothing_is_written_unless_all_is_right(call: Call, opml: Path, config: Path, text: str, said: str) -> None:
    """A file with a fault, or that would have one, stays as it is, and the fault is told."""
    config.write_bytes(text.encode("latin-1"))
    done = call("opml", "import", str(opml), "--into", str(config))
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert str(config) in done.stderr
    assert config.read_bytes() == text.encode("latin-1")
    assert sorted(config.parent.iterdir()) == [config, opml]


def test_into_a_file_that_is_not_there(call: Call, opml: Path, tmp_path: Path) -> None:
    """No file is made of nothing."""
    done = call("opml", "import", str(opml), "--into", str(tmp_path / "new.yaml"))
    assert (done.exit_code, (tmp_path / "new.yaml").exists()) == (2, False)
    assert "there is no such file" in done.stderr


def test_into_a_disk_that_is_full(call: Call, opml: Path, config: Path) -> None:
    """A file that can not be written whole is not written at all, and what the system says is told."""
    before = config.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
    done = call("opml", "import", str(opml), "--into", str(config))
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert done.exit_code == 1
    assert f"{config} can not be written: File too large" in done.stderr
    assert (config.read_bytes(), sorted(config.parent.iterdir())) == (before, [config, opml])


class Editor(dict[str, str]):
    """An environment in which somebody saves the configuration whenever a variable is looked up."""

    def __init__(self, config: Path) -> None:
        super().__init__(HOST="x.example")
        self.config = config

    def __getitem__(self, name: str) -> str:
        with self.config.open("a") as file:
            file.write("# and one more thing\n")
        return super().__getitem__(name)


def test_into_a_file_that_is_being_edited(config: Path) -> None:
    """What somebody saves in the meantime is not overwritten."""
    config.write_text("feeds: ['https://${HOST}/']\nwatchlists: [x]\nnotify: terminal://\n")
    feed = ListedFeed(url="https://a.example/", name="A")
    result = append(config, [feed], environ=Editor(config))
    assert isinstance(result, tuple)
    assert [each.message for each in result] == ["somebody else changed this file just now"]
    assert "a.example" not in config.read_text()


@given(st.lists(st.tuples(st.text(), st.lists(st.text(), max_size=3)), min_size=1, max_size=4))
def test_any_name_can_be_pasted(texts: list[tuple[str, list[str]]]) -> None:
    """Whatever a list calls its feeds and folders, the YAML says just that."""
    feeds = distinct(
        ListedFeed(
            url=f"https://{number}.example/", name=named(name) or "x", tags=tuple({named(tag) or "x" for tag in tags})
        )
        for number, (name, tags) in enumerate(texts)
    )
    items = [line for feed in feeds for line in feed_lines(url=feed.url, name=feed.name, tags=feed.tags)]
    braces = "[" + ", ".join(feed_in_braces(url=feed.url, name=feed.name, tags=feed.tags) for feed in feeds) + "]"
    for text in ("\n".join(["", *items]), braces):
        with NamedTemporaryFile() as file:
            path = Path(file.name)
            path.write_text(f"feeds: {text}\nwatchlists: [x]\nnotify: terminal://\n", encoding="utf-8")
            assert listed(loaded(path)) == [(feed.url, feed.name, sorted(feed.tags)) for feed in feeds]


def test_into_a_link(call: Call, opml: Path, config: Path, tmp_path: Path) -> None:
    """A link stays a link; the file behind it is changed."""
    link = tmp_path / "link.yaml"
    link.symlink_to(config)
    assert call("opml", "import", str(opml), "--into", str(link)).exit_code == 0
    assert link.is_symlink()
    assert len(loaded(config).feeds) == 4


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        ("<rss/>", 2, "this is a feed, not a list of feeds"),
        ("", 2, "the file is empty"),
        ("<opml><head/><body/></opml>", 1, "no feed in this list"),
    ],
)
def test_what_is_no_list(call: Call, opml: Path, content: str, code: int, said: str) -> None:
    """A file that is no list, or an empty one, is said to be so."""
    opml.write_text(content)
    done = call("opml", "import", str(opml))
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr


def test_no_such_file(call: Call) -> None:
    """A wrong name ends with 2."""
    done = call("opml", "import", "nowhere.opml")
    assert (done.exit_code, done.stderr) == (2, "nowhere.opml: No such file or directory\n")


def test_export(call: Call, config: Path) -> None:
    """Another reader gets names, folders and addresses; feeds whose address holds a secret are left out, and named."""
    config.write_text(
        "feeds:\n"
        "  A & B: {url: 'https://a.example/?x=1&y=2', tags: [exile, daily]}\n"
        "  Secret: https://s.example/${TOKEN}\n"
        "  Login: https://me:canary@l.example/\n"
        "watchlists: [x]\nnotify: terminal://\n"
    )
    done = call("opml", "export", env={"TOKEN": "canary"})
    result = read(done.stdout.encode())
    assert isinstance(result, FeedList)
    (feed,) = result.feeds
    assert (feed.url, feed.name, feed.tags) == ("https://a.example/?x=1&y=2", "A & B", ("daily", "exile"))
    assert result.repaired == ()
    assert [line.rpartition(": ")[2] for line in done.stderr.splitlines()] == ["Secret", "Login"]
    assert "canary" not in done.stdout + done.stderr
