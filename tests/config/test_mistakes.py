"""The mistakes that people make, each with the place and the remedy that they are shown."""

from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.config import load
from monitor.model.configuration import Problem

Bad = Callable[..., tuple[Problem, ...]]

FEEDS = "feeds: [https://a.example/rss]\n"
TELL = "notify: terminal://\n"
WATCH = "watchlists: [army]\n"
#: What a term is written after, so that it stands in line 5, column 7.
TERM = f"{FEEDS}{TELL}watchlists:\n  war:\n    - {{}}\n    - other\n"

TERMS = [
    ("foreign agent: X", (5, 7), 'the colon makes "foreign agent: X" a key', '"foreign agent: X"'),
    ("agent:", (5, 7), "the colon makes", 'quotes: "agent:"'),
    ("#tag", (5, 7), "# begins a comment", 'quotes: "#tag"'),
    ("p #w", (5, 9), 'takes "#w" for a comment', 'quotes: "p #w"'),
    ("@x", (5, 7), "can not begin with @", '"@x"'),
    ("`x", (5, 7), "can not begin with `", '"`x"'),
    ("%x y", (5, 7), "can not begin with %", '"%x y"'),
    ("*x", (5, 7), "* at the beginning", '"*x"'),
    ("*мобил", (5, 7), "can not begin with *", '"*мобил"'),
    ("&x", (5, 7), "& at the beginning", '"&x"'),
    ("!x y", (5, 7), "! at the beginning", '"!x y"'),
    ("|x", (5, 7), "can not begin with |", '"|x"'),
    (">x", (5, 7), "can not begin with >", '">x"'),
    (",x", (5, 7), "begin with a comma", "quotes"),
    ("]", (5, 7), "closes nothing", "quotes"),
    ("[draft", (5, 7), "[ is not closed", "close it with ]"),
    ("{draft", (5, 7), "{ is not closed", "close it with }"),
    ('"a" AND b', (5, 11), "after the closing quote", "'\"a\" AND b'"),
    ("'a' b", (5, 11), "after the closing quote", "\"'a' b\""),
    ('["a" AND b]', (5, 12), "after the closing quote", "'\"a\" AND b]'"),
    ('"never closed', (5, 7), "never closed", 'close it with "'),
    ('"put\\s+domoy"', (5, 12), "no escape", "'single quotes'"),
    ('"\\UFFFFFFFF"', (5, 5), "out of range", "delete"),
    ('"\\ud800"', (5, 7), "invisible character (U+D800", "delete"),
    ("a\tb", (5, 8), "a tab", "spaces"),
    ("a: b: c", (5, 11), "a colon", "in quotes"),
    ("- x", (5, 7), "a list stands here", "only the text"),
    ("{a: b, c: d}", (5, 7), "keys and values stand here", "only the text"),
    ("{}", (5, 7), "keys and values stand here", "only the text"),
    ("[]", (5, 7), "a list stands here", "only the text"),
    ("a\n      b", (5, 7), "goes on in the next line", '"- "'),
    ("|\n      a\n      b", (5, 7), "invisible character (U+000A", "delete"),
    ("foreign\u00a0agent", (5, 14), "U+00A0, no-break space", "space"),
    ('""', (5, 7), "nothing stands here", "write a value"),
    ("~", (5, 7), "no word", "letter"),
    ("putin OR", (5, 13), "OR has nothing after it", 'write "OR"'),
    ('"putin OR"', (5, 14), "OR has nothing after it", 'write "OR"'),
    ("war site:a.example", (5, 11), "site: is not known in a term", "`feeds`"),
    ("NOT football", (5, 7), "would match nearly everything", "moldova NOT football"),
    ("'/[war/'", (5, 13), "no regular expression", r"\("),
    ("${WORD}", (5, 7), "terms have no variables", "words themselves"),
    ("other", (6, 7), "stands twice", "line 5"),
]


@pytest.mark.parametrize(("term", "place", "message", "hint"), TERMS, ids=[repr(row[0]) for row in TERMS])
def test_terms(bad: Bad, term: str, place: tuple[int, int], message: str, hint: str) -> None:
    """A term that YAML or the matcher would take otherwise is shown, with how to write it."""
    problem, *others = bad(TERM.replace("{}", term))
    assert place == (problem.line, problem.column)
    assert message in problem.message
    assert hint in problem.hint
    assert not others


FILES = [
    ("", (0, 0), "empty", "feeds, watchlists and notify"),
    ("# nothing yet\n", (0, 0), "empty", "feeds"),
    ("- a\n", (1, 1), "keys and values", "feeds: ..."),
    (WATCH + TELL, (0, 0), "feeds is missing", "feeds: [https"),
    (FEEDS + TELL, (0, 0), "watchlists is missing", "watchlists: ["),
    (FEEDS + WATCH, (0, 0), "notify is missing", "terminal://"),
    (FEEDS + TELL + "watchlists:\n", (3, 12), "nothing stands here", "write a value"),
    (FEEDS + TELL + "watchlists: []\n", (3, 13), "empty", "write something"),
    (FEEDS + TELL + "watchlists: {}\n", (3, 13), "nothing stands between", "a watchlist"),
    (FEEDS + TELL + "watchlists: a, b\n", (3, 13), "a comma", "[one, two]"),
    (FEEDS + TELL + "watchlists:\n  war:\n", (4, 7), "nothing stands here", "write a value"),
    (FEEDS + TELL + "watchlists: {war: {none: x}}\n", (3, 19), 'needs the key "any"', "any: "),
    (FEEDS + TELL + "watchlists: [{name: x, any: y}]\n", (3, 14), "under its name", "NAME: {any"),
    (FEEDS + TELL + "watchlists: {any: a, in: titel}\n", (3, 26), '"titel"', 'did you mean "title"?'),
    (FEEDS + TELL + "watchlists: {any: a, feeds: a.exmple}\n", (3, 29), '"a.exmple"', 'did you mean "a.example"?'),
    (FEEDS + TELL + "watchlists: {any: a, notify: defalt}\n", (3, 30), '"defalt"', 'did you mean "default"?'),
    (FEEDS + TELL + "watchlists: {any: a, stories: on}\n", (3, 31), "stories can not be", "group or off"),
    (FEEDS + TELL + "watchlists: {any: a, corroborated: 3}\n", (3, 36), "numbers of sources", "{3: high}"),
    (FEEDS + TELL + "watchlists: {any: a, corroborated: {1: high}}\n", (3, 37), "no number of sources", "from 2 on"),
    (FEEDS + TELL + "watchlists: {any: a, corroborated: {3: hihg}}\n", (3, 40), '"hihg"', 'did you mean "high"?'),
    (FEEDS + TELL + "watchlists: {any: a, corroborated: {3: high, 5: low}}\n", (3, 36), "no more urgent", "rise"),
    (FEEDS + TELL + "watchlists: {war: [x], war: [y]}\n", (3, 24), '"war" stands here a second time', "line 3"),
    (FEEDS + TELL + WATCH + WATCH, (4, 1), '"watchlists" stands here a second time', "line 3"),
    (FEEDS + TELL + "watchlits: [a]\n", (3, 1), '"watchlits"', 'did you mean "watchlists"?'),
    (FEEDS + TELL + WATCH + "every: 5m\n", (4, 1), '"every"', "under settings"),
    (FEEDS + TELL + WATCH + "settings: {health: defalt}\n", (4, 20), '"defalt"', 'did you mean "default"?'),
    (FEEDS + TELL + WATCH + "settings: {coverage: hourly}\n", (4, 22), '"hourly"', "daily, weekly or off"),
    (FEEDS + TELL + WATCH + "receivers: {desk: terminal://}\n", (2, 9), "notify and receivers", "name"),
    (FEEDS + WATCH + "notify: me@mail.example\n", (3, 9), "no address of a receiver", "mailto://"),
    (FEEDS + WATCH + "notify: [a://b, a://b]\n", (3, 17), "stands twice", "line 3"),
    (FEEDS + WATCH + "receivers: [{name: desk, url: a://b}]\n", (3, 14), '"name"', "NAME: ADDRESS"),
    (FEEDS + WATCH + "receivers: {a: {url: a://b, rate: 20}}\n", (3, 35), '"20" is no rate', "20/min"),
    (FEEDS + WATCH + "receivers: {a://b: c://d}\n", (3, 13), "where a name belongs", "NAME: ADDRESS"),
    (FEEDS + WATCH + "notify: ${NOPE}\n", (3, 9), "NOPE is not set", "export NOPE="),
    (FEEDS + WATCH + "notify: a://${a b}\n", (3, 13), "no name of a variable", "${NAME}"),
    (FEEDS + WATCH + "notify: a://${NOPE\n", (3, 13), "not closed", "${NAME}"),
    (FEEDS + WATCH + "notify: a://${EMPTY}\n", (3, 13), "${EMPTY} is empty", "value"),
    (FEEDS + WATCH + "notify: a://${LINES}\n", (3, 13), "line break", "one line"),
    (FEEDS + WATCH + "notify: ${file:nope}\n", (3, 9), "there is no file", "directory"),
    (FEEDS + WATCH + "notify: ${file:.}\n", (3, 9), "there is no file", "directory"),
    (WATCH + TELL + "feeds: [${FEED}]\n", (3, 9), "${NAME} needs quotes", '"${NAME}"'),
    (WATCH + TELL + "feeds: [https://u:${FEED}@a.example]\n", (3, 19), "${NAME} needs quotes", '"${NAME}"'),
    (WATCH + TELL + "feeds: {url: ${FEED}}\n", (3, 14), "${NAME} needs quotes", '"${NAME}"'),
    (WATCH + TELL + "feeds: a.example/rss\n", (3, 8), "does not begin with https://", "https://a.example/rss"),
    (WATCH + TELL + "feeds: not an address\n", (3, 8), "does not begin with https://", "browser"),
    (WATCH + TELL + "feeds: ftp://a.example/rss\n", (3, 8), "ftp://", "https://"),
    (WATCH + TELL + "feeds: https:///rss\n", (3, 8), "does not begin with", "browser"),
    (WATCH + TELL + "feeds: https://me@/rss\n", (3, 8), "no host", "browser"),
    (WATCH + TELL + "feeds: https://a.example/a b\n", (3, 8), "a space", "browser"),
    (WATCH + TELL + "feeds: https://a.example:99999/\n", (3, 8), "wrong host or port", "browser"),
    (WATCH + TELL + "feeds: https://[::1/\n", (3, 8), "wrong host or port", "browser"),
    (WATCH + TELL + "feeds: {url: http://a.x, encoding: window-1251}\n", (3, 36), "no char", 'mean "windows-1251"?'),
    (
        WATCH + TELL + "feeds: {url: http://a.x, encoding: hex}\n",
        (3, 36),
        "no character encoding",
        "utf-8, windows-1251",
    ),
    (WATCH + TELL + "feeds: {url: http://a.x, encoding: punycode}\n", (3, 36), "no character encoding", "utf-8"),
    (WATCH + TELL + "feeds: {name: A}\n", (3, 15), "does not begin with", "browser"),
    (WATCH + TELL + "feeds: [{name: A}]\n", (3, 9), 'needs the key "url"', "url: "),
    (WATCH + TELL + "feeds: {A: {url: https://a.example/, name: B}}\n", (3, 12), '"A" already', "name"),
    (
        WATCH + TELL + "feeds:\n  - https://a.example/x\n  - url: https://A.example/x#y\n",
        (5, 5),
        "second time",
        "line 4",
    ),
    (
        WATCH + TELL + "feeds:\n  - {url: http://a.x, name: A}\n  - {url: http://b.x, name: A}\n",
        (5, 5),
        'named "A"',
        "line 4",
    ),
    (WATCH + TELL + "feeds:\n  - https://a.example/x\n - https://b.example/x\n", (5, 2), "does not fit", "column"),
    (WATCH + TELL + "feeds:\n\t- https://a.example/x\n", (4, 1), "a tab", "spaces"),
    (WATCH + TELL + "feeds: - https://a.example/x\n", (3, 8), "a list can not begin here", '"- "'),
    (WATCH + TELL + "feeds: [https://a.example/x\n", (3, 8), "[ is not closed", "]"),
    (WATCH + TELL + "feeds: [https://a.example/x, ${\n", (3, 30), "needs quotes", '"${NAME}"'),
    (WATCH + TELL + "feeds: [https://a.example/x]]\n", (3, 29), "closes nothing", "delete"),
    (WATCH + TELL + "feeds: 'https://a.example/x'}\n", (3, 29), "closes nothing", "delete"),
    (WATCH + TELL + "feeds: {a: }}\n", (3, 13), "closes nothing", "delete"),
    (WATCH + TELL + "feeds\n", (3, 1), "no colon", "key: value"),
    (
        WATCH + 'notify: "terminal://\nfeeds: "https://a.example/x"\n',
        (2, 9),
        "closed only in line 3",
        'close it with "',
    ),
    (WATCH + TELL + FEEDS + "---\na: b\n", (4, 1), "a second document", "---"),
    ("%YAML 9.9\n---\n" + WATCH, (1, 1), "not YAML", "quotes"),
    ("%YAML 1." + "9" * 5000 + "\n---\na: b\n", (1, 1), "out of range", "delete"),
    ("a: " + "[" * 100_000, (1, 24), "too many levels", "docs/configuration.md"),
    ("{a: " * 100_000, (1, 82), "too many levels", "docs/configuration.md"),
    ("a: &a [x, x]\nb: &b [*a, *a]\n", (1, 4), "& at the beginning", "quotes"),
    (WATCH + TELL + FEEDS + "? [a]\n: b\n", (4, 3), "a list stands here", "only the text"),
    ("a: \x07b", (1, 4), "control character (U+0007)", "delete"),
    ("a: b\u2028c", (1, 5), "control character (U+2028)", "delete"),
    (b"feeds: \xff\xfe", (1, 8), "not text in UTF-8", "save"),
    (("# " + FEEDS).encode("utf-16"), (1, 1), "not text in UTF-8", "save"),
    (b"# " + b"x" * (8 * 1024 * 1024), (0, 0), "larger than 8 MB", "right file"),
]


@pytest.mark.parametrize(("text", "place", "message", "hint"), FILES, ids=[repr(row[0][-50:]) for row in FILES])
def test_files(bad: Bad, text: str | bytes, place: tuple[int, int], message: str, hint: str) -> None:
    """A mistake in the file is shown at its place, with what was understood and what to do."""
    problem, *others = bad(text, EMPTY="", LINES="a\nb")
    assert place == (problem.line, problem.column)
    assert message in problem.message
    assert hint in problem.hint
    assert not others


SETTINGS = [
    ("evry: 5m", 4, '"evry"', 'did you mean "every"?'),
    ("every: 10", 11, "no duration", "10m for minutes"),
    ("every: often", 11, "no duration", "30s, 10m"),
    ("every: 0s", 11, "out of range", "at least 1s"),
    ("every: 400d", 11, "out of range", "at most 366d"),
    ("every: 99999999d", 11, "no duration", "30s, 10m"),
    ("every: ''", 11, "nothing stands here", "write a value"),
    ("host_interval: -1s", 19, "no duration", "30s, 10m"),
    ("timezone: Europe/Kiyv", 14, "no time zone", 'did you mean "Europe/Kyiv"?'),
    ("timezone: nowhere at all", 14, "no time zone", "such as Africa/Abidjan"),
    ("timezone: ../../etc/passwd", 14, "no time zone", "such as"),
    ("timezone: Europe", 14, "no time zone", ""),
    ("first_run: last", 15, "first_run", "last 3"),
    ("first_run: last 0", 15, "first_run", "last 3"),
    ("data: ~nobody-of-this-name/x", 10, "no home directory", "whole path"),
    ("allow_private: http://x", 19, '"http://…"', "localhost"),
    ("allow_private: a b", 19, '"a b"', "localhost"),
    ("allow_private: 'a:70000'", 19, "a:70000", "localhost"),
    ("allow_private: '[zz]:80'", 19, "zz", "localhost"),
    ("allow_private: '[1::2::3]:80'", 19, "1::2::3", "localhost"),
    ("allow_private: 10.0.0.0/99", 19, "10.0.0.0/99", "10.0.0.0/8"),
    ("proxy: http://0:10", 11, "a host and a port", "socks5://"),
    ("proxy: http://10.1:80", 11, "a host and a port", "socks5://"),
    ("proxy: http://0.0.0.0:80", 11, "a host and a port", "socks5://"),
    ("retry: 3", 11, "keys and values", "first"),
    ("retry: {first: 2h}", 11, "do not go together", "give_up"),
    ("retry: {fist: 2h}", 12, '"fist"', 'did you mean "first"?'),
    ("full_text: sometimes", 15, "full_text can not be", "auto, yes or no"),
    ("also_in: never", 13, "never", "h"),
]


@pytest.mark.parametrize(("text", "column", "message", "hint"), SETTINGS, ids=[row[0] for row in SETTINGS])
def test_settings(bad: Bad, text: str, column: int, message: str, hint: str) -> None:
    """A wrong setting is shown at its place, with what may stand there."""
    problem, *others = bad(f"{FEEDS}{TELL}{WATCH}settings:\n   {text}\n")
    assert (5, column) == (problem.line, problem.column)
    assert message in problem.message
    assert hint in problem.hint
    assert not others


@pytest.mark.parametrize(
    ("text", "hint"), [("every:5m", "a space belongs after the colon"), ("x", "write keys"), ("", "write a value")]
)
def test_settings_without_keys(bad: Bad, text: str, hint: str) -> None:
    """Settings that are one text are shown with the reason that is most likely."""
    (problem,) = bad(f"{FEEDS}{TELL}{WATCH}settings: {text}\n")
    assert hint in problem.hint


def test_many_mistakes_in_one_run(bad: Bad) -> None:
    """Everything that is wrong is told at once, in the order of the file."""
    problems = bad("""\
settings:
  evry: 5m
  timezone: Kyiv
feeds:
  - {url: https://a.example/x, colour: red}
  - https://b.example/x
watchlists:
  one: [a: b, "#c"]
  two:
    any: x
    in: [titel, body]
receivers:
  desk: nowhere
notfy: a
""")
    assert [problem.line for problem in problems] == [2, 3, 5, 8, 11, 11, 13, 14]


def test_one_mistake_makes_no_others(bad: Bad) -> None:
    """A receiver or feed that is wrong does not make every watchlist that names it wrong too."""
    (receiver,) = bad(FEEDS + "watchlists: {a: {any: b, notify: desk}}\nreceivers: {desk: nowhere}\n")
    (feed,) = bad(TELL + "watchlists: {a: {any: b, feeds: daily}}\nfeeds: {url: nowhere, tags: daily}\n")
    assert (receiver.line, feed.line) == (3, 3)


def test_the_words_of_a_problem(bad: Bad, tmp_path: Path) -> None:
    """A problem reads as editors and compilers write it: file, line, column, message; the remedy below."""
    (problem,) = bad(FEEDS + TELL + "watchlists: []\n")
    assert str(problem) == (
        f"{tmp_path}/config.yaml:3:13: this list is empty\n    write something into it, or remove the key"
    )


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there, or is no file, is told like any other mistake."""
    found = {name: load(tmp_path / name, environ={}) for name in ("nope.yaml", "", "\0")}
    messages = [problem.message for problems in found.values() if isinstance(problems, tuple) for problem in problems]
    expected = ["there is no such file", "can not be read: Is a directory", "this can not be the name of a file"]
    assert expected == messages


def test_no_time_zone(bad: Bad, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the machine's own time zone is a name that means nothing, the file must say one."""
    monkeypatch.setenv("TZ", "Nowhere/Atall")
    monkeypatch.setattr("tzlocal.unix._cache_tz", None)
    (problem,) = bad(FEEDS + TELL + WATCH)
    assert "time zone" in problem.message
    assert "timezone: Europe/Kyiv" in problem.hint
