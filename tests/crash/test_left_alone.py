"""What a killed program leaves behind ends by itself."""

import subprocess
import sys
from pathlib import Path


def test_no_child_process_outlives_its_time() -> None:
    """The program is killed while its child process is at something that has no end; the child ends all the same."""
    command = [sys.executable, "-m", "tests.crash.left_alone"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "begun\n"
        program.kill()
        # They share its output, which ends with the last of them.
        rest, _ = program.communicate(timeout=60)
        assert rest == ""
