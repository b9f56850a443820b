"""`match`: try the watchlists on texts, without feeds and without alerts."""

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer
from rich.text import Text

from monitor.cli.context import FAILED, Json, Place, configuration
from monitor.cli.show import json_line, out
from monitor.model.entry import Entry, Field
from monitor.model.match import Match

if TYPE_CHECKING:
    from monitor.match import Matcher

_FIELDS = ("title", "summary", "text", "author", "category", "link", "language")


class LineWrong(ValueError):
    """A line of input that is no entry."""


def match(context: typer.Context, as_json: Json = False) -> None:
    """Match lines from standard input against your watchlists and show where the words stand.

    Plain text, a line each; or with --json an object a line with any of title, summary, text, author, category, link
    and language. Try: echo "Мобилизация" | rss-monitor match
    """
    from monitor.match import Matcher

    place: Place = context.obj
    matcher = Matcher(configuration(place).watchlists)
    lines = (line.rstrip("\r\n") for line in sys.stdin)
    good = _match_json(matcher, lines) if as_json else _match_text(matcher, lines)
    if not good:
        raise typer.Exit(FAILED)


def _match_json(matcher: "Matcher", lines: Iterable[str]) -> bool:
    """Print an object for every line, in order; a line that can not be read gives one with `error`."""
    good = True
    for number, line in enumerate(lines, 1):
        try:
            found = _found(matcher, _entry(line))
        except LineWrong as fault:
            good = False
            json_line({"matches": [], "error": f"line {number}: {fault}"})
            continue
        keys = ("watchlist", "term", "field", "start", "end", "form")
        json_line({"matches": [{key: getattr(each, key) for key in keys} for each in found]})
    return good


def _match_text(matcher: "Matcher", lines: Iterable[str]) -> bool:
    for line in lines:
        shown = Text(line)
        found = _found(matcher, Entry(text=line))
        for each in found:
            shown.stylize("bold reverse", each.start, each.end)
        terms = dict.fromkeys(f"{each.watchlist}: {each.term}" for each in found)
        out.print(shown, Text("  → " + ("; ".join(terms) or "no match"), style="dim"), sep="\n")
    return True


def _found(matcher: "Matcher", entry: Entry) -> list[Match]:
    return [each for decision in matcher.decide(entry) if decision.reason.sends for each in decision.matches]


def _entry(line: str) -> Entry:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise LineWrong(f"not JSON ({fault})") from fault
    if not isinstance(record, dict):
        raise LineWrong("not a JSON object")
    unknown = sorted(set(record) - set(_FIELDS))
    if unknown:
        raise LineWrong(f"unknown key {unknown[0]!r}; known are {', '.join(_FIELDS)}")
    texts = {key: _text(key, record.get(key)) for key in _FIELDS}
    return Entry(
        title=texts["title"],
        summary=texts["summary"],
        text=texts["text"],
        author=texts["author"],
        category=texts["category"],
        link=texts["link"],
        language=texts["language"],
    )


def _text(key: str, value: object) -> str:
    if value is None:
        return ""
    if (
        isinstance(value, list)
        and all(isinstance(each, str) for each in value)
        and key in {Field.AUTHOR, Field.CATEGORY}
    ):
        return ", ".join(value)
    if not isinstance(value, str):
        raise LineWrong(f"{key} is not a text")
    return value
