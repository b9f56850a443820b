"""Texts to try: lines of files or of standard input, plain or as objects."""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from monitor.cli.show import err
from monitor.model.entry import Entry, Field

STDIN = Path("-")
#: What some programs write before a text in UTF-8.
_MARK = b"\xef\xbb\xbf"
_KEYS = ("title", "summary", "text", "author", "category", "link", "language")
#: Half a character (a surrogate without its other half), which JSON can write and nothing else can.
_HALF = re.compile("[\ud800-\udfff]")


class LineWrong(ValueError):
    """A line of input that is no entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a file, and the entry that it is."""

    #: Path as it was given.
    file: Path
    #: Counts from 1.
    number: int
    #: Without its end; U+FFFD stands for bytes that are no text.
    text: str
    entry: Entry
    #: What is wrong with it; "" when nothing is.
    fault: str = ""


class Lines:
    """All lines of some files, or of standard input if there are none: plain texts, or an object each.

    What can not be read is said on standard error, once for each file, and does not keep the rest from being read.
    """

    def __init__(self, files: Sequence[Path], *, as_json: bool) -> None:
        self._files = files or (STDIN,)
        self._as_json = as_json
        #: Whether everything could be read so far.
        self.good = True

    def __iter__(self) -> Iterator[Line]:
        """Yield each line as soon as it is there."""
        for file in self._files:
            faults = 0
            for line in self._read(file):
                faults += bool(line.fault)
                if line.fault and faults == 1:
                    self._say(f"{file}:{line.number}: {line.fault}")
                yield line
            if faults > 1:
                self._say(f"{file}: {faults} lines could not be read as they are")

    def _read(self, file: Path) -> Iterator[Line]:
        try:
            if file == STDIN:
                yield from self._lines(file, sys.stdin.buffer)
            else:
                with file.open("rb") as opened:
                    yield from self._lines(file, opened)
        except OSError as fault:
            self._say(f"{file}: {fault.strerror or fault}")

    def _lines(self, file: Path, opened: BinaryIO) -> Iterator[Line]:
        for number, raw in enumerate(opened, 1):
            line = (raw.removeprefix(_MARK) if number == 1 else raw).rstrip(b"\r\n")
            text = line.decode(errors="replace")
            try:
                found, fault = _entry(line.decode()) if self._as_json else Entry(text=line.decode()), ""
            except UnicodeDecodeError as wrong:
                fault = f"not UTF-8: byte {line[wrong.start]:#x}; for old Russian texts: iconv -f WINDOWS-1251 -t UTF-8"
                found = Entry() if self._as_json else Entry(text=text)
            except LineWrong as wrong:
                found, fault = Entry(), str(wrong)
            yield Line(file=file, number=number, text=text, entry=found, fault=fault)

    def _say(self, what: str) -> None:
        self.good = False
        err.print(what, markup=False)


def _entry(line: str) -> Entry:
    """Return the entry that an object describes. Raises LineWrong."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise LineWrong(f"not JSON ({fault})") from fault
    if not isinstance(record, dict):
        raise LineWrong("not a JSON object")
    unknown = sorted(set(record) - set(_KEYS))
    if unknown:
        raise LineWrong(f"unknown key {unknown[0]!r}; known are {', '.join(_KEYS)}")
    texts: dict[str, Any] = {key: _text(key, record.get(key)) for key in _KEYS}
    return Entry(**texts)


def _text(key: str, value: object) -> str:
    if value is None:
        return ""
    if key in {Field.AUTHOR, Field.CATEGORY} and isinstance(value, list):
        value = ", ".join(value) if all(isinstance(each, str) for each in value) else value
    if not isinstance(value, str):
        raise LineWrong(f"{key} is not a text")
    return _HALF.sub("\ufffd", value)
