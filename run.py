#!/usr/bin/env python3
"""Sets rss-monitor up in .venv and runs it; any Python from 3.8 on can start this file.

python3 run.py [demo ARGS]        what rss-monitor does, shown on news of our own: no account, no network
python3 run.py test [ARGS]        the tests; ARGS go to pytest
python3 run.py check              format, lint, types, import contracts and tests, as CI does
python3 run.py fmt                put the code into its format and mend what can be mended
python3 run.py bench [ARGS]       what a poll and a match cost
python3 run.py docs               check that the documentation says what the program does
python3 run.py lock [--upgrade]   write the lock files anew from pyproject.toml (needs uv)
python3 run.py rss-monitor ARGS   the command itself, from where you stand
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
PYTHON = ENV / "bin" / "python"
#: What a complete environment was made from. One without it was made by hand, one with another was not finished.
STAMP = ENV / ".complete"
UNFINISHED = "unfinished\n"

OLDEST, NEWEST = 11, 14  # of Python 3; for later ones not every locked package has a wheel yet
#: Asks a Python for its version and place; fails after that where Debian left out what makes environments.
ASK = """
import os, sys
print(sys.version_info[1], os.path.realpath(sys.executable))
import venv
from ensurepip import bootstrap
"""
RUN_LOCKS = ("requirements-build.txt", "requirements.txt")
ALL_LOCKS = (*RUN_LOCKS, "requirements-dev.txt")
BENCH_LOCKS = (*ALL_LOCKS, "requirements-bench.txt")
CHECKS = (("ruff", "format", "--check"), ("ruff", "check"), ("mypy",), ("lint-imports",), ("pytest",))
PROJECT = {
    "test": (("pytest",),),
    "check": CHECKS,
    "fmt": (("ruff", "check", "--fix-only"), ("ruff", "format")),
    "bench": (("python", "-m", "bench"),),
    "docs": (("pytest", "-k", "docs"),),
}


def main(args: list[str]) -> int:
    """Run one command; return its exit code, or 2 when it can not be run at all."""
    name, rest = (args[0], args[1:]) if args else ("demo", [])
    if name in ("-h", "--help", "help"):
        print(__doc__)
    elif name == "lock":
        lock(rest)
    elif name in PROJECT:
        set_up(BENCH_LOCKS if name == "bench" else ALL_LOCKS)
        os.chdir(ROOT)
        *first, last = PROJECT[name]
        for command in first:
            print("+", *command, flush=True)
            code = subprocess.call([ENV / "bin" / command[0], *command[1:]])
            if code:
                return code
        become([*last, *rest])
    elif name in ("demo", "rss-monitor"):
        set_up(RUN_LOCKS)
        become(["rss-monitor", *(["demo"] if name == "demo" else []), *rest])
    else:
        stop(f"no command {name!r}\n\n{__doc__}")
    return 0


def become(command: list[str]) -> NoReturn:
    """Give this process to a program of the environment: signals and exit code are its own."""
    sys.stdout.flush()
    program = str(ENV / "bin" / command[0])
    os.execv(program, [program, *command[1:]])


def set_up(locks: tuple[str, ...]) -> None:
    """Make `.venv` hold what `locks` name, and the project itself; quick and offline when it does already."""
    marks = STAMP.read_text(encoding="utf-8").splitlines() if STAMP.exists() else None
    if marks and PYTHON.exists() and set(fingerprint(locks)) <= set(marks):
        return
    print("Setting up .venv; the first time takes a minute.", file=sys.stderr, flush=True)
    uv = shutil.which("uv")
    moved_or_unfinished = marks is not None and str(ROOT) not in marks
    if moved_or_unfinished or not usable(with_pip=uv is None):
        create(uv)
    STAMP.write_text(UNFINISHED, encoding="utf-8")
    by_pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    here = [uv, "pip", "install", "--python", str(PYTHON)] if uv else by_pip
    files = [word for name in locks for word in ("-r", str(ROOT / name))]
    step([*here, "--quiet", "--require-hashes", "--only-binary", ":all:", *files])
    step([*here, "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    STAMP.write_text("\n".join(fingerprint(locks)), encoding="utf-8")


def fingerprint(locks: tuple[str, ...]) -> list[str]:
    """Say what an environment is made from: this place, its Python and the files that name its contents."""
    names = (*locks, "pyproject.toml")
    sums = [f"{hashlib.sha256((ROOT / name).read_bytes()).hexdigest()} {name}" for name in names]
    return [str(ROOT), os.path.realpath(PYTHON), *sums]


def usable(*, with_pip: bool) -> bool:
    """Whether `.venv` holds a Python that we can go on with."""
    code = f"import sys{', pip' * with_pip}; sys.exit(not (3, {OLDEST}) <= sys.version_info[:2] <= (3, {NEWEST}))"
    return PYTHON.exists() and subprocess.call([PYTHON, "-c", code], stderr=subprocess.DEVNULL) == 0


def create(uv: str | None) -> None:
    """Make `.venv` anew, empty."""
    python = find_python(with_venv=uv is None)
    if ENV.exists():
        shutil.rmtree(ENV)
    ENV.mkdir()
    STAMP.write_text(UNFINISHED, encoding="utf-8")
    if uv:
        step(
            [uv, "venv", "--quiet", "--allow-existing", "--python", python or f">=3.{OLDEST},<3.{NEWEST + 1}", str(ENV)]
        )
    else:
        step([python, "-m", "venv", str(ENV)])


def find_python(*, with_venv: bool) -> str:
    """Find a Python of the right age, this one first; an empty name if only uv can get one."""
    lacking = None
    for name in (sys.executable, *(f"python3.{minor}" for minor in range(NEWEST, OLDEST - 1, -1)), "python3"):
        try:
            tried = subprocess.run([name, "-c", ASK], capture_output=True, text=True, check=False)
        except OSError:
            continue
        minor, _, path = tried.stdout.strip().partition(" ")
        if not (minor.isdecimal() and OLDEST <= int(minor) <= NEWEST):
            continue
        if tried.returncode == 0 or not with_venv:
            return path
        lacking = lacking or f"python3.{minor}"
    if with_venv and lacking:
        stop(f"{lacking} comes without its venv module; install it first: apt install {lacking}-venv")
    if with_venv:
        get = "brew install python@3.13" if sys.platform == "darwin" else "apt install python3 python3-venv, or uv"
        stop(f"this needs Python 3.{OLDEST} to 3.{NEWEST}, and there is none; install one first: {get}")
    return ""


def lock(args: list[str]) -> None:
    """Write the lock files anew: exact versions and hashes, for every system and Python that we support."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(ENV / "bin"))
    if uv is None:
        stop("writing the lock files needs uv: pip install uv")
    os.chdir(ROOT)
    here = [uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header"]
    here += ["--python-version", f"3.{OLDEST}", *args]
    runtime, dev, build = "requirements.txt", "requirements-dev.txt", "requirements-build.txt"
    step([*here, "pyproject.toml", "--all-extras", "-o", runtime])
    step([*here, "--group", "dev", "-c", runtime, "-o", dev])
    step([*here, "--group", "bench", "-c", runtime, "-c", dev, "-o", "requirements-bench.txt"])
    step([*here, "-", "-c", runtime, "-c", dev, "-o", build], given="hatchling\neditables")


def step(command: list[str], given: str = "") -> None:
    """Run one step of a set-up in silence; stop with what it said, and a sentence, when it fails."""
    done = subprocess.run(
        command, input=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        stop("the set-up failed, as said above; if that was the network, run this again when it is back")


def stop(why: str) -> NoReturn:
    """End with one sentence and the exit code for what can not be run."""
    print(f"run.py: {why}", file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as fault:
        stop(str(fault))
