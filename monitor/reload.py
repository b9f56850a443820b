"""Notices that the configuration, or a file that it names, changed, and checks all before anything is swapped."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from monitor.config import Loaded, changes, files_of, load, receivers_of
from monitor.deliver import Sender
from monitor.model.configuration import Configuration, Problem
from monitor.pipeline import Desk

#: Of each file; None for one that is not there.
Signature = dict[Path, tuple[int, int, int] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reloaded:
    """A good new configuration, ready to be swapped in."""

    desk: Desk
    #: What is different, in words.
    changes: tuple[str, ...]
    #: Whether the file was broken before.
    mended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """The file has faults; what runs stays."""

    problems: tuple[Problem, ...]


async def checked(path: Path, environ: Mapping[str, str], sender: Sender) -> Configuration | tuple[Problem, ...]:
    """Load a configuration and have its receivers checked as well; all problems of both come in one run."""
    loaded = await asyncio.to_thread(load, path, environ=environ)
    if isinstance(loaded, Loaded):
        problems: list[Problem] = []
        places = {receiver: loaded.places[receiver.name] for receiver in loaded.configuration.receivers}
    else:
        problems = list(loaded)
        places = await asyncio.to_thread(receivers_of, path, environ=environ)
    faults = await sender.check(list(places))
    problems += [
        Problem(file=str(path), line=line, column=column, message=f"{receiver.name}: {faults[receiver.name]}")
        for receiver, (line, column) in places.items()
        if receiver.name in faults
    ]
    if isinstance(loaded, Loaded) and not problems:
        return loaded.configuration
    return tuple(sorted(problems, key=attrgetter("line", "column")))


class Watch:
    """Looks at the file, and the lists and templates that it names, when asked, and says what is new since then."""

    def __init__(self, path: Path, environ: Mapping[str, str], sender: Sender) -> None:
        self._path = path
        self._environ = environ
        self._sender = sender
        self._files = frozenset({path})
        self._loaded = self._before = self._signature()
        self._forced = True  # what was saved while the service began counts too
        self._told: tuple[Problem, ...] = ()

    def force(self) -> None:
        """Have the next look load the file, changed or not: what it refers to may have changed."""
        self._forced = True

    async def look(self, current: Configuration) -> Reloaded | Broken | None:
        """Return what a change of the file brought; None while there is none, or while it is still being written."""
        now = self._signature()
        settled, self._before = now == self._before, now
        if not self._forced and (now == self._loaded or not settled):
            return None
        self._forced, self._loaded = False, now
        found = await checked(self._path, self._environ, self._sender)
        await self._follow()
        if isinstance(found, tuple):
            return self._broken(found)
        mended, self._told = bool(self._told), ()
        if found.settings.data != current.settings.data:
            message = "settings.data can not change while the service runs"
            hint = "stop it, move the directory, and start it again"
            return self._broken((Problem(file=str(self._path), line=0, column=0, message=message, hint=hint),))
        different = changes(current, found)
        if not different and not mended:
            return None
        return Reloaded(desk=await asyncio.to_thread(Desk.of, found), changes=different, mended=mended)

    def _broken(self, problems: tuple[Problem, ...]) -> Broken | None:
        """Tell of the same faults once."""
        if problems == self._told:
            return None
        self._told = problems
        return Broken(problems=problems)

    async def _follow(self) -> None:
        """Look at the lists and templates that the file names from now on, too; at new ones first once more."""
        named = await asyncio.to_thread(files_of, self._path, environ=self._environ)
        files = self._files if named is None else named | {self._path}
        if not files <= self._files:
            self._forced = True
        self._files = files

    def _signature(self) -> Signature:
        return {path: _stat(path) for path in self._files}


def _stat(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
