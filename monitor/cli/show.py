"""How the commands print: JSON lines for programs, tables and short lines for people."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TypeVar

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.model.article import ArticleStatus

T = TypeVar("T")

#: Results, on standard output.
out = Console(highlight=False, soft_wrap=True)
#: What is said beside the results, on standard error.
err = Console(stderr=True, highlight=False, soft_wrap=True)


#: Columns that are never broken over lines: times and numbers.
KEPT_WHOLE = {
    *("seen", "created", "since", "until", "next poll", "next attempt", "interval"),
    *("entries", "entry", "alert", "delivery", "silence"),
}

#: Characters in one cell of a table, at most.
WIDEST = 200


def json_text(record: Mapping[str, object]) -> str:
    """Return one object as one line."""
    return json.dumps(record, ensure_ascii=False, default=_plain) + "\n"


def article(status: ArticleStatus | None) -> dict[str, object] | None:
    """Return what became of an article as an object."""
    return None if status is None else asdict(status)


def json_line(record: Mapping[str, object]) -> None:
    """Print one object as one line, at once."""
    sys.stdout.write(json_text(record))
    sys.stdout.flush()


def answer(record: Mapping[str, object], words: str, *, as_json: bool) -> None:
    """Print one result: the object for programs, the words for people."""
    if as_json:
        json_line(record)
    else:
        out.print(words, markup=False)


def listing(
    listed: Iterable[T],
    record: Callable[[T], Mapping[str, object]],
    columns: str,
    row: Callable[[T], Sequence[object]],
    *,
    as_json: bool,
    empty: str,
) -> None:
    """Print an object for each thing that is listed, or a table; `columns` are its headings, parted by commas."""
    if as_json:
        for each in listed:
            json_line(record(each))
    else:
        table(columns.split(", "), map(row, listed), empty=empty)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> None:
    """Print rows under their headings, or say why there are none."""
    sheet = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        sheet.add_column(name, no_wrap=name in KEPT_WHOLE)
    for row in rows:
        sheet.add_row(*(Text(one_line(str(cell))) for cell in row))
    out.print(sheet if sheet.row_count else Text(empty))


def moment(time: datetime | None) -> str:
    """Return a time for people, in their own zone; "" for none."""
    return time.astimezone().strftime("%Y-%m-%d %H:%M:%S") if time is not None else ""


def one_line(text: str) -> str:
    """Leave out what hides or turns text around on a terminal, and what is too long for a line."""
    return "".join(letter for letter in text[:WIDEST] if letter.isprintable()) + "…" * (len(text) > WIDEST)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"not for JSON: {type(value)}")
