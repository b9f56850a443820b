"""`explain`: texts and stored entries, term by term."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.model.match import Reason
from monitor.model.record import Route
from monitor.store import Store
from tests.cli.conftest import Call
from tests.store.builders import NOW, feed, matched, new, nothing, poll


def test_a_text_is_explained(call: Call) -> None:
    """Each watchlist says what it makes of a text; each term what stands there, or what keeps it from being found."""
    done = call("explain", "--text", "The mobilized asked agents of foreign powers")
    assert done.exit_code == 0
    assert done.stdout == (
        "The mobilized asked agents of foreign powers\n"
        "read as English (guessed)\n"
        "\n"
        "draft: matched\n"
        "  found         mobilized\n"
        "                  mobilized (text): form of mobilize, verb, English\n"
        "  not found     foreign agent: its words are there, but do not follow each other; "
        "in another order: agents … foreign, 1 word between\n"
        "                  foreign (text): English\n"
        "                  agents (text): form of agent, English\n"
        "  1 further term: no word of them is in this entry\n"
        "\n"
        "sport: no match\n"
        "  1 further term: no word of them is in this entry\n"
    )


def test_an_excluded_word(call: Call) -> None:
    """The word that rules a text out is shown as that."""
    said = call("explain", stdin="The mobilized men of the town\nplay football\n").stdout
    assert "draft: excluded\n" in said
    assert "  rules it out  football\n                  football (text): English\n" in said


def test_the_feed_of_a_text(call: Call) -> None:
    """--feed makes its language count, and which watchlists cover it."""
    assert "read as French (as set)" in call("explain", "--feed", "times", "--text", "football").stdout
    said = call("explain", "--feed", "paper", "--text", "football").stdout
    assert "sport: does not cover the feed paper; of its other feeds this would be: matched" in said


def test_parts_of_an_expression(call: Call) -> None:
    """Of an expression that does not hold, each part is told."""
    term = "(war OR peace) AND treaty NOT (sport OR match)"
    said = call("explain", "--term", term, "--text", "The war is over, but there is no peace").stdout
    assert said.splitlines()[3:] == [
        "terms: no match",
        f"  not found     {term}: not all of its parts are there",
        "                  war OR peace: found",
        "                    war: found",
        "                      war (text): English",
        "                    peace: found",
        "                      peace (text): English",
        "                  treaty: nothing of it is there",
        "                  NOT (sport OR match): it is not there, as it should be",
    ]


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("Haus", "only if the entry is read in another language, German"),
        ("Häuser brennen", "not all of its words are there; missing: brennen"),
        ("Häuser wurden", "its words are there, but do not follow each other; 4 words between"),
        ("sind Häuser", "its words are there, but do not follow each other; in another order: Häuser sind"),
        ("Häuser sind wurden", "its words are there, but do not follow each other; 3 words between"),
        ("Häuser NEAR/2 wurden", "its parts are there, but too far from each other; 4 words between"),
    ],
)
def test_what_is_nearly_found(call: Call, term: str, said: str) -> None:
    """What is missing, and what would be found otherwise, is named."""
    text = "Die Häuser sind zerstört und Männer wurden nicht gefunden"
    assert f"{term}: {said}\n" in call("explain", "--term", term, "--language", "fr", "--text", text).stdout


def test_another_word(call: Call) -> None:
    """Where the neighbours decide, the word that it is read as is named."""
    said = call("explain", "--term", "attacked", "--text", "This was the attack of the year").stdout
    assert "read as another word, because of the words around it; attack\n" in said


def test_what_is_no_form_says_how_it_is_found(call: Call) -> None:
    """A beginning, a form as typed and a regular expression are named for what they are."""
    said = call("explain", "--term", "mob*", "--term", "/m.n/", "--text", "The mobilized men").stdout
    assert "mobilized (text): begins so\n" in said
    assert "men (text): found by the regular expression\n" in said


def test_a_word_in_several_places(call: Call) -> None:
    """A form that stands several times is shown once; hidden characters are not shown at all."""
    line = json.dumps({"title": "The war of wars", "text": "No war, no w\u200bar\x1b."})
    assert call("explain", "--json", "--term", "war", stdin=line).exit_code == 0
    said = call("explain", "--term", "war", "--text", "No war, no war\x1b of wars").stdout
    assert "war (text, 2 times): English" in said
    assert "\x1b" not in said


def test_long_lists_are_cut(call: Call) -> None:
    """Of terms that are nearly found the nearest twenty are shown, or with --all each."""
    terms = [word for number in range(30) for word in ("--term", f"war x{number}y")]
    said = call("explain", *terms, "--text", "a war").stdout
    assert said.count("not found") == 20
    assert "10 further terms are nearly found: --all shows them" in said
    assert call("explain", *terms, "--text", "a war", "--all").stdout.count("not found") == 30


@pytest.fixture
def stored(config: Path) -> Iterator[Store]:
    """Two entries that were seen, the first with an alert."""
    store = Store.open(config.parent / "data", now=NOW)
    store.sync([feed()], now=NOW)
    first = new("The mobilized", matched("draft"), nothing("gone"))
    old = new("Football", nothing("draft", Reason.BASELINE), nothing("sport", Reason.BASELINE))
    store.record(replace(poll(first, old), routes={"draft": Route(receivers=("default",))}))
    yield store
    store.close()


def test_a_stored_entry(call: Call, stored: Store) -> None:
    """Beside what today's watchlists make of an entry stands what was decided when it was seen."""
    said = call("explain", "1").stdout
    assert "entry 1 of times, seen" in said
    assert "draft: matched; then: matched (мобилизация), alert 1" in said
    assert "sport: no match; then it was not looked at" in said
    assert "gone: not looked at now; then: no match" in said
    assert "sport: matched; then: baseline" in call("explain", "2").stdout


def test_a_stored_entry_for_programs(call: Call, stored: Store) -> None:
    """The same as an object; a term of the call can be tried on it."""
    told = json.loads(call("explain", "1", "--json", "--term", "mobilize").stdout)
    assert (told["entry"], told["languages"], told["guessed"]) == (1, ["fr"], False)
    assert [(each["watchlist"], each["reason"], each["alert"]) for each in told["then"]] == [
        ("draft", "matched", 1),
        ("gone", "no match", None),
    ]


def test_numbers_are_those_of_the_list(call: Call, stored: Store) -> None:
    """`entries` lists the numbers that `explain` takes."""
    assert [json.loads(line)["number"] for line in call("entries", "--json").stdout.splitlines()] == [1, 2]


def test_no_such_entry_or_feed(call: Call, stored: Store) -> None:
    """A number or a feed that is not there ends with 2."""
    assert call("explain", "77").exit_code == 2
    assert call("explain", "--feed", "tiems", "--text", "x").exit_code == 2


def test_nothing_is_stored_yet(call: Call) -> None:
    """Before the first poll there is no entry to explain."""
    assert call("explain", "1").exit_code == 2


def test_wrong_objects(call: Call) -> None:
    """A line that is no entry gives an object with its fault, and the command ends with 1."""
    done = call("explain", "--json", stdin='nonsense\n{"title": "Mobilized"}\n')
    wrong, good = map(json.loads, done.stdout.splitlines())
    assert done.exit_code == 1
    assert list(wrong) == ["error"]
    assert [each["reason"] for each in good["watchlists"]] == ["matched", "no match"]
