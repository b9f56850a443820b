"""`match`: lines of files and of standard input, against watchlists or terms."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Three lines, of which one matches."""
    path = tmp_path / "news.txt"
    path.write_text("Quiet day\nAll mobilized men\nFootball for the mobilized\n", encoding="utf-8")
    return path


def test_lines_come_back_with_their_terms(call: Call, news: Path) -> None:
    """Each line of a file comes back, and below it the terms that matched, or that none did."""
    done = call("match", str(news))
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "Quiet day",
        "  → no match",
        "All mobilized men",
        "  → draft: mobilized",
        "Football for the mobilized",
        "  → sport: football",
    ]


def test_several_files_are_named(call: Call, news: Path) -> None:
    """Lines of several files begin with file and line; `-` is standard input."""
    done = call("match", "--matching", str(news), "-", stdin="nothing\nmobilized")
    assert done.stdout.splitlines() == [
        f"{news}:2:All mobilized men",
        f"{news}:3:Football for the mobilized",
        "-:2:mobilized",
    ]


def test_matching_ends_as_grep_does(call: Call) -> None:
    """--matching prints matching lines alone and ends with 1 if there is none."""
    assert call("match", "--matching", stdin="one\nmobilized\n").stdout == "mobilized\n"
    nothing = call("match", "--matching", stdin="one\ntwo\n")
    assert (nothing.exit_code, nothing.stdout) == (1, "")


def test_matching_objects_come_back_as_they_came(call: Call) -> None:
    """With --json as well, --matching is a filter of objects."""
    lines = ['{"title":  "Mobilized"}', '{"title": "Quiet"}']
    assert call("match", "--matching", "--json", stdin="\n".join(lines)).stdout == lines[0] + "\n"


def test_terms_need_no_configuration(call: Call, config: Path) -> None:
    """--term tries a term where there is no configuration at all."""
    config.unlink()
    done = call("match", "--term", "мобилизованный", "--term", "war", "--json", stdin='{"text": "Жёны мобилизованных"}')
    assert json.loads(done.stdout) == {
        "matches": [
            {
                "watchlist": "",
                "term": "мобилизованный",
                "field": "text",
                "start": 5,
                "end": 19,
                "form": "мобилизованных",
            }
        ]
    }


def test_a_wrong_term_is_shown_with_its_fault(call: Call) -> None:
    """A --term that can not be read ends with 2 and points at the place."""
    done = call("match", "--term", "war | peace")
    assert done.exit_code == 2
    assert "war | peace\n    ^ | is not known\n    write OR" in done.stderr


def test_all_wrong_terms_are_shown_at_once(call: Call) -> None:
    """Who gives several terms with faults sees all of them in one run."""
    done = call("match", "--term", "war | peace", "--term", "war", "--term", "NOT war")
    assert done.exit_code == 2
    assert done.stderr.count("^") == 2


def test_a_term_that_looks_like_a_mistake(call: Call) -> None:
    """A --term that can never match is tried, and said to be so."""
    done = call("match", "--term", "war NOT war", stdin="war")
    assert (done.exit_code, done.stdout) == (0, "war\n  → no match\n")
    assert "can never match" in done.stderr


def test_one_watchlist(call: Call, news: Path) -> None:
    """--watchlist looks at some alone; feeds that it covers play no part."""
    assert call("match", "--watchlist", "sport", "--matching", str(news)).stdout == "Football for the mobilized\n"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--watchlist", "sprot"), "'sprot'"),
        (("--watchlist", "sport", "--term", "x"), "exclude each other"),
        (("--language", "english"), "write en"),
        (("--language", "xx,en"), "'xx'"),
    ],
)
def test_wrong_calls(call: Call, words: tuple[str, ...], fault: str) -> None:
    """What can not be meant ends with 2 and says what is wrong."""
    done = call("match", *words)
    assert done.exit_code == 2
    assert fault in done.stderr


def test_languages_of_the_call_count(call: Call) -> None:
    """--language says what the texts are in: "gift" is poison in German and a present in English."""
    words = ("match", "--matching", "--term", "Häuser")
    assert call(*words, "--language", "de", stdin="Haus").exit_code == 0
    assert call(*words, "--language", "en,fr", stdin="Haus").exit_code == 1


def test_what_can_not_be_read_does_not_stop_the_rest(call: Call, news: Path, tmp_path: Path) -> None:
    """A missing file and bytes that are no UTF-8 are told once, the rest is matched, and the command ends with 1."""
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xef\xbb\xbfmobilized\r\n\xec\xee\xe1 mobilized\n\xff\n")
    done = call("match", "--matching", str(tmp_path / "missing"), str(bad), str(news))
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        f"{bad}:1:mobilized",
        f"{bad}:2:��� mobilized",
        f"{news}:2:All mobilized men",
        f"{news}:3:Football for the mobilized",
    ]
    assert "missing: No such file" in done.stderr
    assert f"{bad}:2: not UTF-8: byte 0xec" in done.stderr
    assert f"{bad}: 2 lines could not be read" in done.stderr


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("nonsense", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"titel": "x"}', "unknown key 'titel'"),
        ('{"title": 5}', "title is not a text"),
        ('{"title": ["x"]}', "title is not a text"),
        (b'{"title": "\xff"}', "not UTF-8"),
    ],
)
def test_wrong_objects(call: Call, line: str | bytes, fault: str) -> None:
    """A line that is no entry gives an object with its fault, in its place."""
    stdin = line + b"\n{}" if isinstance(line, bytes) else line + "\n{}"
    done = call("match", "--json", stdin=stdin)
    wrong, good = map(json.loads, done.stdout.splitlines())
    assert (done.exit_code, wrong["matches"], good) == (1, [], {"matches": []})
    assert wrong["error"].startswith("line 1: ")
    assert fault in wrong["error"]


def test_fields_of_an_object(call: Call) -> None:
    """Authors and categories may be lists; half a surrogate pair, which only JSON can write, harms nothing."""
    line = '{"category": ["War", "Football \\ud800"], "title": null}'
    done = call("match", "--json", "--term", "category:/football ./", stdin=line)
    assert [each["form"] for each in json.loads(done.stdout)["matches"]] == ["Football \ufffd"]


def test_a_terminal_shows_the_words_marked(call: Call) -> None:
    """On a terminal matched words are marked, also where matches overlap, and nothing else steers it."""
    terminal = {"FORCE_COLOR": "1"}
    words = ("match", "--matching", "--term", "foreign agent", "--term", "agents")
    shown = call(*words, stdin="\x1b[2J foreign agents!\n", env=terminal).stdout
    assert shown == "[2J \x1b[1;4mforeign agents\x1b[0m!\n"
    assert call(*words, "--json", stdin='{"title": "agents"}', env=terminal).stdout == '{"title": "agents"}\n'
