"""`check`: what it says of the terms."""

import json
from pathlib import Path

from tests.cli.conftest import Call


def configure(config: Path, *terms: str) -> None:
    """Write a configuration with one watchlist."""
    record = {"feeds": ["https://paper.example/rss"], "watchlists": {"all": [*terms]}, "notify": "terminal://"}
    config.write_text(json.dumps(record), encoding="utf-8")


def test_terms_are_listed(call: Call, config: Path) -> None:
    """Each term has its language, what it is taken for, and forms that it finds."""
    configure(
        config, "мобилизованный", "foreign agent", "=Путин", "elect*", "/x+/", "a long term AND another long term"
    )
    done = call("check")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert any(
        line.startswith("  мобилизованный  Russian, мобилизованный (participle): мобилизованный,") for line in lines
    )
    assert "  foreign agent   foreign: English, foreign: foreign" in lines[4]
    assert "  =Путин          this form alone" in lines
    assert "  elect*          every word that begins so" in lines
    assert "  /x+/            found by its regular expression" in lines
    assert "  a long term AND another long term" in lines


def test_excluding_terms_are_marked(call: Call) -> None:
    """Terms of `none` are listed as what they are."""
    assert "  football       rules out; English, football: football, footballs\n" in call("check").stdout


def test_warnings_do_not_fail(call: Call, config: Path) -> None:
    """A term that may not mean what the user wants is warned of; the configuration is in order all the same."""
    configure(config, "EU")
    done = call("check")
    assert done.exit_code == 0
    assert "warning: EU is short" in done.stdout


def test_long_lists_are_cut(call: Call, config: Path) -> None:
    """Of long lists the first twenty terms are shown, and those with warnings; with --all each."""
    configure(config, *(f"election x{number}y" for number in range(30)), "EU")
    said = call("check").stdout
    assert "10 further terms: --all lists them" in said
    assert "EU is short" in said
    assert "x29y" in call("check", "--all").stdout


def test_terms_for_programs(call: Call, config: Path) -> None:
    """--json has all of it, for all terms."""
    configure(config, "agents")
    (watchlist,) = json.loads(call("check", "--json").stdout)["watchlists"]
    (term,) = watchlist["terms"]
    (meaning,) = term["words"][0]["meanings"]
    assert (watchlist["watchlist"], term["term"], term["excludes"], term["warnings"]) == ("all", "agents", False, [])
    assert (meaning["language"], meaning["known"], meaning["forms"]) == ("en", True, ["agent", "agents"])
