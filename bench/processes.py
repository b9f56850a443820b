"""What a process and all that it started have spent and hold: from /proc, or from ps where there is none."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True)
class Usage:
    """Of some processes together."""

    #: Seconds, of processes that have ended as well.
    cpu: float
    #: Bytes; what several processes share counts in each.
    resident: int
    #: Bytes; what several processes share is split among them (PSS). None where the system does not tell.
    proportional: int | None


@dataclass(frozen=True)
class _Process:
    pid: int
    parent: int
    cpu: float
    resident: int


def usage(root: int) -> Usage:
    """Add up a process and all that descend from it."""
    every = list(_by_proc() if _PROC.exists() else _by_ps())
    tree, grows = {root}, True
    while grows:
        more = {each.pid for each in every if each.parent in tree} - tree
        tree, grows = tree | more, bool(more)
    some = [each for each in every if each.pid in tree]
    return Usage(
        cpu=sum(each.cpu for each in some),
        resident=sum(each.resident for each in some),
        proportional=sum(map(_proportional, tree)) if _PROC.exists() else None,
    )


def _by_proc() -> Iterator[_Process]:
    """See proc(5), /proc/pid/stat."""
    tick, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    for place in _PROC.glob("[0-9]*/stat"):
        try:
            text = place.read_text(errors="replace")
        except (FileNotFoundError, ProcessLookupError):  # ended meanwhile
            continue
        fields = text.rpartition(")")[2].split()  # from the third on; the second, a name, may hold anything
        cpu = sum(map(int, fields[11:15])) / tick
        yield _Process(int(place.parent.name), int(fields[1]), cpu, int(fields[21]) * page)


def _proportional(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _by_ps() -> Iterator[_Process]:
    columns = "pid=,ppid=,rss=,time="
    shown = subprocess.run(["ps", "-Ao", columns], capture_output=True, text=True, check=True).stdout
    for line in shown.splitlines():
        pid, parent, resident, spent = line.split()
        seconds = 0.0
        for part in spent.split(":"):
            seconds = seconds * 60 + float(part)
        yield _Process(int(pid), int(parent), seconds, int(resident) * 1024)
