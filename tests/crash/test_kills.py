"""The process is killed on the way from feed to webhook, at every commit and send and at random moments (R33)."""

import random
from pathlib import Path

from bench import crash

#: A pass over two feeds with a story each has these points: before and after two records, two sends, two settlements.
POINTS = 12
#: After each of these sends are two points at which a kill repeats it: nobody can know that it arrived.
SENDS = 2
#: More kills, at random.
RANDOM = 4


def test_no_kill_loses_an_alert(tmp_path: Path) -> None:
    """Killed before or after any commit or send, or at any moment: each alert arrives, one a kill may arrive twice."""
    figures = crash.of_papers(tmp_path, kills=POINTS + RANDOM, chance=random.Random(20260301))
    assert figures.lost + figures.doubled == []
    assert figures.owed == 0
    assert figures.kills == POINTS + RANDOM
    assert SENDS * 2 <= figures.repeated <= figures.kills
