"""What the documentation says is so: commands, options, words, JSON, links, and the picture of an alert."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from html import unescape
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from monitor import render
from monitor.cli.app import app
from monitor.cli.events import told
from monitor.config import Loaded, load
from monitor.match import Matcher
from monitor.match.diagnosis import Cause
from monitor.model.alert import Alert, DeliveryState
from monitor.model.article import ArticleState, ArticleStatus, Purpose, Wanted
from monitor.model.entry import Entry, StoredEntry
from monitor.model.evidence import Snapshot, SnapshotState
from monitor.model.feed import FeedHealth, FeedState, Trouble, Validators
from monitor.model.match import Reason
from monitor.model.poll import Failure, Fetched, Parsed
from monitor.model.subscription import Push
from monitor.model.watchlist import Watchlist
from monitor.once import Owed, Unread
from monitor.parse.document import parse_document
from monitor.pipeline import ArticleReport, PollReport
from monitor.render.forms import plain
from monitor.schedule import Pace
from monitor.store import Store
from tests.servers import Site
from tests.store.builders import NOW, feed, matched, new, poll
from tests.store.test_evidence import source

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
MANUAL = (ROOT / "docs/manual.md").read_text("utf-8")
CONFIGURATION = (ROOT / "docs/configuration.md").read_text("utf-8")
SEEN = datetime(2024, 6, 3, 14, 10, tzinfo=UTC)


def parts(text: str, mark: str) -> dict[str, str]:
    """What stands under each heading of one level, and under none before the first."""
    before, *found = re.split(rf"^{mark} (.+)\n", text, flags=re.MULTILINE)
    return {"": before, **dict(zip(found[::2], found[1::2], strict=True))}


COMMANDS = parts(parts(MANUAL, "##")["Commands"], "###")
WORDS = parts(parts(MANUAL, "##")["What the words mean"], "###")


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every command as it is called, with its long options; "" for those before any command."""
    waiting = [("", get_command(app))]
    while waiting:
        name, command = waiting.pop()
        yield name, [flag for each in command.params for flag in each.opts if flag.startswith("--")]
        waiting += [(f"{name} {each}".strip(), below) for each, below in getattr(command, "commands", {}).items()]


CALLED = dict(commands())


def code(page: Path) -> str:
    """What a page prints as code."""
    text = page.read_text("utf-8")
    return "\n".join(re.findall(r"^```.*?^```|`[^`\n]+`", text, re.DOTALL | re.MULTILINE))


def test_the_manual_has_a_section_for_each_command() -> None:
    """No command is undocumented, and none is documented that is not there."""
    assert set(CALLED) == set(COMMANDS)


@pytest.mark.parametrize("command", CALLED)
def test_every_option_is_in_the_manual(command: str) -> None:
    """Each option is named where its command is explained, or before all commands if many have it."""
    for option in CALLED[command]:
        assert option in COMMANDS[command] + COMMANDS[""]


def test_the_manual_names_no_option_that_is_not_there() -> None:
    """An option that was taken away leaves the manual too."""
    known = {option for options in CALLED.values() for option in options} | {"--help"}
    assert set(re.findall(r"--[a-z][a-z-]+", "".join(COMMANDS.values()))) <= known


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("Reasons of decisions", Reason),
        ("States of feeds", FeedHealth),
        ("Troubles of feeds", Trouble),
        ("Reasons of intervals", Pace),
        ("Why a poll failed", Failure),
        ("States of deliveries", DeliveryState),
        ("Push", Push),
    ],
)
def test_every_word_is_explained(section: str, words: type[StrEnum]) -> None:
    """A word that lists, logs and JSON show is found in the manual, and no other is."""
    tables = WORDS[section] + (WORDS["Why an article was not read"] if words is Failure else "")
    assert sorted(words) == sorted(re.findall(r"^\| `([^`]+)` \|", tables, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Each link within the documentation leads to a file, and to a heading that it has."""
    for target in re.findall(r"\]\((?!https?://)([^)\s]+)\)", page.read_text("utf-8")):
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        assert there.is_file(), target
        headings = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.MULTILINE)
        assert not anchor or anchor in {re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_and_files_that_are_named_exist(page: Path) -> None:
    """What a page tells the reader to type, or to open, is there."""
    text = code(page)
    named = re.findall(r"rss-monitor (?:(?:-c|--config) \S+ )?([a-z][a-z-]*)", text)
    assert {*named} <= {*CALLED, "rss-monitor"}
    for path in re.findall(r"(?<![\w./-])(?:tests|docs|monitor|bench)/[\w./-]+", text):
        assert (ROOT / path).exists(), path


def shape(value: object) -> object:
    """The keys of an object, all the way down."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else None


def promised(command: str) -> list[object]:
    """The shapes of the objects that the manual shows for a command."""
    (block,) = re.findall(r"```json\n(.*?)```", COMMANDS[command], re.DOTALL)
    return [shape(json.loads(each)) for each in re.split(r"\n(?=\{)", block)]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration, with one alert in its store."""
    path = tmp_path / "config.yaml"
    path.write_text("feeds: {times: https://times.example/rss}\nwatchlists: [mobilized]\nnotify: terminal://\n")
    store = Store.open(tmp_path / "data", now=NOW)
    store.sync([feed()], now=NOW)
    store.record(replace(poll(new("О Мобилизация", matched())), source=source()))
    store.keep_snapshot(1, Snapshot(state=SnapshotState.TAKEN, url="https://a.example", at=NOW, attempts=1))
    store.close()
    return path


@pytest.mark.parametrize("command", ["feeds", "entries", "alerts", "deliveries", "match"])
def test_json_is_as_the_manual_shows(command: str, config: Path) -> None:
    """Programs may rely on the keys in the manual: they are exactly those that are printed."""
    done = CliRunner().invoke(app, ["--config", str(config), command, "--json"], input='{"title": "All Mobilized"}')
    assert [shape(json.loads(done.stdout.splitlines()[0]))] == promised(command)


def test_the_json_of_an_export_is_as_the_manual_shows(config: Path, tmp_path: Path) -> None:
    """So it is with what was exported."""
    words = ["--config", str(config), "alerts", "export", "--evidence", str(tmp_path / "new"), "--json"]
    assert [shape(json.loads(CliRunner().invoke(app, words).stdout))] == promised("alerts export")


def test_the_json_of_discover_is_as_the_manual_shows(tmp_path: Path) -> None:
    """So it is with the feeds that `discover` finds."""
    path = tmp_path / "config.yaml"
    path.write_text("settings: {allow_private: [127.0.0.1], host_interval: 0s}\n")
    with Site() as site:
        site.publish("/rss", ("1", "One"))
        done = CliRunner().invoke(app, ["--config", str(path), "discover", site.url("/rss"), "--json"])
    assert [shape(json.loads(done.stdout))] == promised("discover")


def test_the_json_of_check_is_as_the_manual_shows(config: Path) -> None:
    """So it is with what `check` finds wrong, and with what it says of the terms."""
    said = []
    for lists in ("watchlist: [x]", "watchlists: {draft: [EU]}"):
        feed = "{url: https://times.example/rss, mirrors: https://mirror.example/, headers: {X-Key: x}}"
        phone = "{url: 'terminal://', min_priority: high, quiet: 23:00-07:00, burst: on}"
        config.write_text(f"feeds: {feed}\n{lists}\nreceivers: {{phone: {phone}, desk: 'terminal://'}}\n")
        done = CliRunner().invoke(app, ["--config", str(config), "check", "--json"])
        said.append(shape(json.loads(done.stdout)))
    assert said == promised("check")


def test_the_json_of_silence_is_as_the_manual_shows(config: Path) -> None:
    """So it is with a silence."""
    call = ["--config", str(config), "silence", "add", "--term", "mobilized", "--for", "2h", "--json"]
    assert [shape(json.loads(CliRunner().invoke(app, call).stdout))] == promised("silence add")


def test_the_json_of_explain_is_as_the_manual_shows(config: Path) -> None:
    """So it is with what `explain` says of an entry that was seen."""
    config.write_text(
        "feeds: {times: https://times.example/rss}\nwatchlists: {war: [мобилизация]}\nnotify: terminal://\n"
    )
    done = CliRunner().invoke(app, ["--config", str(config), "explain", "1", "--json"])
    assert [shape(json.loads(done.stdout))] == promised("explain")


def test_the_json_of_opml_import_is_as_the_manual_shows() -> None:
    """So it is with what `opml import` takes from a list, and with what it says of the list."""
    outline = '<opml><body><outline text="news"><outline text="a" xmlUrl="https://a.example/"/></outline></body></opml>'
    done = CliRunner().invoke(app, ["opml", "import", "-", "--json"], input=outline)
    assert [shape(json.loads(line)) for line in done.stdout.splitlines()] == promised("opml import")


def test_every_cause_is_in_the_manual() -> None:
    """What keeps a term from being found is said in the manual, in the same words."""
    said = re.findall(r"^\| `([^`]+)` \|", COMMANDS["explain"], re.MULTILINE)
    assert [*Cause] == [Cause.FOUND, *said]


def test_the_json_of_poll_is_as_the_manual_shows() -> None:
    """So it is with what `poll` tells of a feed, of an article, of what is left to be read, and of what is owed."""
    wanted = Wanted(entry=1, feed="times", url="", host="", purpose=Purpose.MATCH, title="", seen=NOW)
    events = (
        PollReport(feed="times", state=FeedState(feed="times"), alerts=(1,)),
        ArticleReport(wanted=wanted, status=ArticleStatus(url="", state=ArticleState.WAITING)),
        Unread(1),
        Owed("desk", 1),
    )
    shown = [shape(told(event)[0]) for event in events]
    assert shown == [each for at, each in enumerate(promised("poll")) if at != 1]


@pytest.mark.parametrize(
    ("term", "found", "others"),
    re.findall(r"^\| `(.+)` \| (.*) \|(.*)\|$", parts(CONFIGURATION, "##")["Terms"], re.MULTILINE),
)
def test_terms_find_what_the_table_says(term: str, found: str, others: str) -> None:
    """Each example in the table of terms is found, or not found, as it says there."""
    matcher = Matcher([Watchlist(name="docs", any=(term,))])

    def examples(cell: str) -> list[str]:
        return re.findall(r"\*([^*]+)\*", cell)

    reasons = [str(matcher.decide(Entry(id="", title=text))[0].reason) for text in examples(found) + examples(others)]
    assert reasons == ["matched"] * len(examples(found)) + ["no match"] * len(examples(others))


def demo_alert(feed: str, document: str, watchlist: str, number: int) -> Alert:
    """What the demonstration makes of the first entry of one of its feeds."""
    demo = files("monitor.demo")
    loaded = load(Path(str(demo.joinpath("config.yaml"))), environ={"DEMO": "http://127.0.0.1"})
    body = demo.joinpath(document).read_bytes()
    parsed = parse_document(Fetched(body=body, content_type="", url="", validators=Validators()))
    assert isinstance(loaded, Loaded)
    assert isinstance(parsed, Parsed)
    entry = parsed.entries[0]
    decisions = {each.watchlist: each for each in Matcher(loaded.configuration.watchlists).decide(entry, feed=feed)}
    return Alert(
        number=number,
        created=SEEN,
        watchlist=watchlist,
        reason=decisions[watchlist].reason,
        entry=StoredEntry(number=number, feed=feed, seen=SEEN, entry=entry),
        matches=decisions[watchlist].matches,
    )


def test_the_picture_shows_what_the_program_says() -> None:
    """The alerts in the README's picture are, word for word, two of the demonstration."""
    shown = [
        demo_alert("The Daily Example", "english.xml", "foreign-agents", 1),
        demo_alert("Пример", "russian.xml", "mobilization", 2),
    ]
    messages = [render.alert(each, timezone=ZoneInfo("Europe/Kyiv")) for each in shown]
    said = "".join(f"{each.title}{plain(each.body)}" for each in messages).replace("*", "")
    drawn = re.findall(r"<text[^>]*>([^<]*)</text>", (ROOT / "docs/img/alerts.svg").read_text("utf-8"))
    assert "".join(said.split()) == "".join(unescape("".join(drawn)).split())
