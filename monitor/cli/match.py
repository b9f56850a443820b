"""`match`: try watchlists or terms on texts, without feeds and without alerts."""

import sys
from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.context import FAILED, Json
from monitor.cli.lines import STDIN, Line, Lines
from monitor.cli.show import json_text, out
from monitor.cli.trial import NO_FEED, Languages, Names, Terms, codes, trial
from monitor.model.match import Match
from monitor.text.excerpt import Excerpt, as_terminal, without_tricks

_KEYS = ("watchlist", "term", "field", "start", "end", "form")


def match(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="Texts, one a line; standard input if none, or -.")
    ] = None,
    watchlist: Names = None,
    term: Terms = None,
    language: Languages = None,
    matching: Annotated[
        bool, typer.Option("--matching", help="Print the matching lines alone; end with 1 if there is none, as grep.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Match lines of text against your watchlists, or against terms, and show where the words stand.

    Plain text, a line each; or with --json an object a line with any of title, summary, text, author, category, link
    and language. Try: echo "Их мобилизовали" | rss-monitor match --term мобилизовать
    """
    from monitor.match import Matcher

    tried = trial(context.obj, term, watchlist).said_to_be(codes(language), NO_FEED)
    matcher = Matcher(tried.watchlists, tried.languages)
    lines = Lines(files or (), as_json=as_json)
    show = _filtered if matching else _answered if as_json else _explained
    some = False
    for line in lines:
        decisions = matcher.decide(line.entry, feed=NO_FEED)
        found = [each for decision in decisions if decision.reason.sends for each in decision.matches]
        some = some or bool(found)
        where = f"{line.file}:{line.number}:" if len(files or ()) > 1 else ""
        sys.stdout.write(show(line, found, where))
        if line.file == STDIN:  # someone may be waiting at the other end
            sys.stdout.flush()
    sys.stdout.flush()
    if not lines.good or (matching and not some):
        raise typer.Exit(FAILED)


def _answered(line: Line, found: Sequence[Match], _where: str) -> str:
    """Return an object for the line."""
    record: dict[str, object] = {"matches": [{key: getattr(each, key) for key in _KEYS} for each in found]}
    return json_text(record | {"error": f"line {line.number}: {line.fault}"} if line.fault else record)


def _explained(line: Line, found: Sequence[Match], where: str) -> str:
    """Return the line and, below it, the terms."""
    labels = (f"{each.watchlist}: {each.term}" if each.watchlist else each.term for each in found)
    return f"{where}{_marked(line, found)}\n  → {'; '.join(dict.fromkeys(labels)) or 'no match'}\n"


def _filtered(line: Line, found: Sequence[Match], where: str) -> str:
    """Return the line if something is found in it."""
    return f"{where}{_marked(line, found)}\n" if found else ""


def _marked(line: Line, found: Sequence[Match]) -> str:
    """Return the line as it is or, for a terminal, without tricks and with what was found marked."""
    if not out.is_terminal:
        return line.text
    if line.entry.text != line.text:  # an object: places count in its fields
        return without_tricks(line.text)
    text, done = "", 0
    marks: list[tuple[int, int]] = []
    for each in sorted(found, key=attrgetter("start")):
        start, end = max(each.start, done), max(each.end, done)
        text += without_tricks(line.text[done:start])
        begin = len(text)
        text += without_tricks(line.text[start:end])
        marks.append((begin, len(text)))
        done = end
    return as_terminal(Excerpt(text=text + without_tricks(line.text[done:]), marks=tuple(marks)))
