"""What the files around the program promise: locked wheels, two commands, a container."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = {
    "requirements.txt": [
        *PYPROJECT["project"]["dependencies"],
        *PYPROJECT["project"]["optional-dependencies"]["ukrainian"],
    ],
    "requirements-dev.txt": PYPROJECT["dependency-groups"]["dev"],
    "requirements-bench.txt": PYPROJECT["dependency-groups"]["bench"],
    "requirements-build.txt": PYPROJECT["build-system"]["requires"],
}
#: The beginnings of names of tests that are called after requirements: "r2_r16".
NAMED = re.compile(r"def test_((?:r\d+_)+)")


def locked(name: str) -> dict[str, Requirement]:
    """Read a lock file; a line of a requirement ends in a backslash, and its hashes follow."""
    found = re.findall(r"^(\S.*) \\\n(?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", read(name), re.MULTILINE)
    return {each.name: each for each in map(Requirement, found)}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [*range(1, 21), *range(22, 32)])
def test_every_promise_has_a_test_of_its_name(number: int) -> None:
    """R1 to R31: what is required of fetching and of identity is proved, each by a test that is called after it."""
    names = (name for path in (ROOT / "tests").rglob("test_*.py") for name in NAMED.findall(path.read_text("utf-8")))
    assert any(f"r{number}" in name.split("_") for name in names)


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_is_one_version_with_hashes(name: str) -> None:
    """What is installed is what was locked, wherever it is fetched from."""
    lines = [line for line in read(name).splitlines() if line and line[0] not in " #"]
    assert len(lines) == len(locked(name))
    assert all(re.fullmatch(r"==[\w.]+", str(each.specifier)) for each in locked(name).values())
    assert "//" not in read(name)


@pytest.mark.parametrize(("name", "wanted"), LOCKS.items())
def test_the_lock_files_hold_what_the_project_asks_for(name: str, wanted: list[str]) -> None:
    """A dependency that was added or raised in pyproject.toml is locked anew (`run.py lock`)."""
    for each in map(Requirement, wanted):
        version = str(locked(name)[each.name].specifier).removeprefix("==")
        assert each.specifier.contains(version), each


def test_the_lock_files_agree() -> None:
    """The tests run with the very versions that users run."""
    seen: dict[str, str] = {}
    for name in LOCKS:
        for each in locked(name).values():
            assert seen.setdefault(each.name, str(each.specifier)) == str(each.specifier), each.name


def test_an_old_python_can_start_run_py() -> None:
    """Python 3.8 gets as far as a sentence about what it needs."""
    ast.parse(read("run.py"), feature_version=(3, 8))


def test_an_unknown_command_gets_the_list_of_commands() -> None:
    """`run.py tset` changes nothing, says what there is and fails as a wrong call."""
    done = subprocess.run([sys.executable, ROOT / "run.py", "tset"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no command 'tset'" in done.stderr
    assert "run.py test" in done.stderr


def test_every_target_of_the_makefile_is_a_command() -> None:
    """`make X` is `run.py X`, for each X that either lists."""
    targets = re.search(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)
    commands = re.findall(r"^python3 run\.py \[?([a-z]+)", read("run.py"), re.MULTILINE)
    assert targets is not None
    assert {*commands} - {"rss"} == {*targets[1].split()}


def test_the_container_installs_only_what_was_locked() -> None:
    """Each pip command of the image checks hashes and takes wheels, or installs nothing but ourselves."""
    commands = re.findall(r"pip\b[^&\n\\]* (?:install|wheel) [^&\n\\]*", read("Dockerfile"))
    fetching = [each for each in commands if "--no-deps" not in each]
    assert {"requirements.txt", "requirements-build.txt"} == {each.split()[-1] for each in fetching}
    assert all("--require-hashes --only-binary :all:" in each for each in fetching)
