"""Adds feeds to the user's file: all of them, checked before the file is replaced in one step, or none."""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from monitor.config.fault import Fault, Place, Wrong
from monitor.config.insert import inserted
from monitor.config.load import Loaded, lacks_feeds, load
from monitor.model.configuration import Configuration, Problem
from monitor.opml import ListedFeed, distinct, same


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """What became of the feeds that were to be added."""

    added: tuple[ListedFeed, ...]
    #: How many the configuration has already.
    known: int


def append(path: Path, feeds: Sequence[ListedFeed], *, environ: Mapping[str, str]) -> Appended | tuple[Problem, ...]:
    """Add those feeds to a configuration that it has not, under names that it has not; nothing else in it changes.

    Returns problems, and leaves the file alone, if it has any now or would have any then. Raises OSError if it can not
    be written.
    """
    path = path.resolve()
    found = load(path, environ=environ)
    if isinstance(found, tuple) and not lacks_feeds(path):
        return found
    there = _feeds(found.configuration) if isinstance(found, Loaded) else frozenset()
    urls = {same(url) for _, url in there}
    new = [feed for feed in feeds if same(feed.url) not in urls]
    appended = Appended(added=distinct(new, {name for name, _ in there}), known=len(feeds) - len(new))
    if not appended.added:
        return appended
    before = path.read_bytes()
    try:
        after = inserted(before.decode(), appended.added)
    except Wrong as wrong:
        return (wrong.fault.problem(path),)
    expected = there | {(each.name, each.url) for each in appended.added}
    return _replaced(path, (before, after.encode()), environ, expected) or appended


def _feeds(configuration: Configuration) -> frozenset[tuple[str, str]]:
    return frozenset((feed.name, feed.url.reveal()) for feed in configuration.feeds)


def _replaced(
    path: Path, texts: tuple[bytes, bytes], environ: Mapping[str, str], expected: frozenset[tuple[str, str]]
) -> tuple[Problem, ...]:
    """Put a new text in the place of the old one, if it says what it should; return what is wrong if not."""
    before, after = texts
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        found = load(new, environ=environ)
        if isinstance(found, tuple) and lacks_feeds(path):
            return tuple(replace(each, file=str(path)) if each.file == name else each for each in found)
        if isinstance(found, tuple) or _feeds(found.configuration) != expected:
            hint = "paste what is printed without --into"
            return (_problem(path, "feeds can not be added to what stands under feeds here", hint),)
        shutil.copymode(path, new)
        with suppress(PermissionError):
            os.chown(new, path.stat().st_uid, path.stat().st_gid)
        if path.read_bytes() != before:
            return (_problem(path, "somebody else changed this file just now", "try again"),)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    return ()


def _problem(path: Path, message: str, hint: str) -> Problem:
    return Fault(place=Place(), message=message, hint=hint).problem(path)
