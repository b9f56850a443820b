"""A fault of the file, at its place, with words that are safe to show."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import MonitorError
from monitor.model.configuration import Problem

_LONGEST = 60
_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Where something stands; both count from 1, or are 0 when it stands nowhere."""

    #: "" for the configuration itself.
    file: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong at a place, and the remedy."""

    place: Place
    message: str
    hint: str = ""

    def problem(self, path: Path) -> Problem:
        """Return it as it is told; `path` is the configuration."""
        where, at = self.place.file or str(path), self.place
        return Problem(file=where, line=at.line, column=at.column, message=self.message, hint=self.hint)


class Wrong(MonitorError):
    """The configuration can not be read as it stands."""

    def __init__(self, place: Place, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.fault = Fault(place=place, message=message, hint=hint)


def shown(text: str) -> str:
    """Quote what the user wrote; of an address only the scheme, since the rest may be secret."""
    scheme, address, _ = text.partition("://")
    if address:
        text = f"{(scheme.split() or [''])[-1]}://…"
    return f'"{text}"' if len(text) <= _LONGEST else f'"{text[:_LONGEST]}…"'


def quoted(text: str) -> str:
    """Show how to write this text in quotes so that YAML leaves it alone."""
    if "://" in text:
        return '"…"'
    if not set(text) & set('"\\'):
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def meant(word: str, known: Iterable[str]) -> str:
    """Hint at the known word that was probably meant, and at what is known."""
    folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), folded, n=1)
    guess = f"did you mean {shown(folded[close[0]])}? " if close else ""
    names = list(folded.values())
    if len(names) <= _MOST:
        return f"{guess}known here: {', '.join(names)}"
    return guess.rstrip() or f"{len(names)} are known, such as {', '.join(names[:3])}"
