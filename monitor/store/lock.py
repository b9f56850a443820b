"""One instance of the service for each data directory."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from monitor.errors import AlreadyRunning, StoreUnavailable


def make_directory(data: Path) -> None:
    """Make the data directory, for its owner alone. Raises StoreUnavailable."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise StoreUnavailable(f"can not make the data directory {data}: {fault.strerror}") from fault


class InstanceLock:
    """Held while the service runs; the system lets go of it however the process ends.

    Entering raises AlreadyRunning, which names the other process, or StoreUnavailable.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._path = data / "rss-monitor.lock"

    def __enter__(self) -> Self:
        make_directory(self._data)
        try:
            self._file = self._path.open("ab", buffering=0)
        except OSError as fault:
            raise StoreUnavailable(f"can not open {self._path}: {fault.strerror}") from fault
        try:
            self._take()
        except BaseException:  # whatever ends it, Ctrl-C too: the file is closed, and the error goes on
            self._file.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # The file stays: removing it would let two later processes lock two different files of this name.
        self._file.truncate(0)
        self._file.close()

    def _take(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._file.truncate(0)
            self._file.write(str(os.getpid()).encode())
        except BlockingIOError as fault:
            holder = self._path.read_text() or "unknown"
            raise AlreadyRunning(f"another rss-monitor (process {holder}) is using {self._data}") from fault
        except OSError as fault:
            raise StoreUnavailable(f"can not lock {self._path}: {fault.strerror}") from fault
