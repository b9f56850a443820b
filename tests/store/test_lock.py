"""One instance for each data directory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.errors import AlreadyRunning, StoreUnavailable
from monitor.store import InstanceLock
from tests.store.conftest import writes_fail

HOLD = """
import sys
from pathlib import Path
from monitor.store.lock import InstanceLock
with InstanceLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_second_start_is_refused(data: Path) -> None:
    """Starting twice on one data directory is refused, and the first one is named."""
    with InstanceLock(data), pytest.raises(AlreadyRunning, match=f"process {os.getpid()}.* is using .*data"):
        InstanceLock(data).__enter__()
    with InstanceLock(data):
        pass


def test_directories_do_not_mind_each_other(tmp_path: Path) -> None:
    """Two data directories can be used at once."""
    with InstanceLock(tmp_path / "a"), InstanceLock(tmp_path / "b"):
        pass


def test_killed_instance_leaves_no_lock(data: Path) -> None:
    """After the service was killed it starts again at once."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning, match=f"process {holder.pid}"):
            InstanceLock(data).__enter__()
        holder.kill()
    with InstanceLock(data):
        pass


def test_lock_that_can_not_be_written(data: Path) -> None:
    """A lock file that can not be opened is named, with why."""
    (data / "rss-monitor.lock").mkdir(parents=True)
    with pytest.raises(StoreUnavailable, match=r"can not open .*rss-monitor\.lock: Is a directory"):
        InstanceLock(data).__enter__()


def test_lock_on_a_failing_disk(data: Path) -> None:
    """A disk that takes nothing is named as the cause, and leaves no lock."""
    with writes_fail(after=0), pytest.raises(StoreUnavailable, match=r"can not lock .*rss-monitor\.lock"):
        InstanceLock(data).__enter__()
    with InstanceLock(data):
        pass
