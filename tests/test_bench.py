"""The benchmark of scale runs, and what it prints is what was done."""

import re

import pytest

from bench import scale


def test_scale(capsys: pytest.CaptureFixture[str]) -> None:
    """Each contender polls every feed, and what is new is kept."""
    assert scale.main(["--feeds", "20", "--rounds", "2", "--many", "30", "--only", "ours,script"]) == 0

    shown = capsys.readouterr().out
    polls = dict(re.findall(r"^(\w+) +(\d+) +[\d.]+ +[\d,]+ +.*\d%   .*$", shown, re.MULTILINE))
    assert polls.keys() == {"ours", "script"}
    assert all(int(each) >= 40 for each in polls.values())
    kept, served = map(int, re.findall(r"(\d+) of (\d+)", shown)[0])
    assert 0 < kept <= served
    assert re.search(r"^ours with 30 feeds, \d+ of them polled once: .* MB$", shown, re.MULTILINE)
